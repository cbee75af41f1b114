package trimaran.line.simulated;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.LineLimits;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.simulated.SimulatedNetwork.Member;

/** One end of a simulated channel, with the pipe that leads away from it: in order, delayed, stopped while blocked. */
final class SimulatedEnd implements Channel {

    private final SimulatedNetwork network;
    private final SimulatedLine line;
    private final Member owner;
    private final PeerId peer;
    private final ArrayDeque<Parcel> pipe = new ArrayDeque<>();
    private @Nullable ChannelHandler handler;
    private @Nullable SimulatedEnd other;
    private long lastDueNanos;
    private int waitingBytes;
    private boolean opened;
    private boolean ended;
    private boolean silent;
    private boolean broken;

    /** What travels: a frame; or none for a greeting or an end. */
    private record Parcel(long dueNanos, Kind kind, Bytes frame) {}

    private enum Kind {
        GREETING,
        FRAME,
        END
    }

    SimulatedEnd(
            SimulatedNetwork network, SimulatedLine line, Member owner, PeerId peer, @Nullable ChannelHandler handler) {
        this.network = network;
        this.line = line;
        this.owner = owner;
        this.peer = peer;
        this.handler = handler;
    }

    Member owner() {
        return owner;
    }

    void faces(SimulatedEnd otherEnd) {
        other = otherEnd;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public int waitingBytes() {
        return waitingBytes;
    }

    @Override
    public boolean send(Bytes frame) {
        if (frame.isEmpty() || frame.size() > LineLimits.FRAME_MAX_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.size() + " bytes");
        }
        if (ended) {
            return false;
        }
        if (waitingBytes + frame.size() > LineLimits.OUTBOUND_MAX_BYTES) {
            close(CloseReason.OUTBOUND_FULL);
            return false;
        }
        if (broken) {
            return true;
        }
        waitingBytes += frame.size();
        put(Kind.FRAME, frame);
        if (opened && network.breaks()) {
            line.sever();
        }
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        silent = true;
        if (!ended) {
            if (reason != CloseReason.HERE) {
                dropTail();
            }
            put(Kind.END, Bytes.EMPTY);
            end(reason);
        }
    }

    /** This end is over; its owner hears why. */
    void end(CloseReason reason) {
        if (!ended) {
            ended = true;
            line.forgetIfOver();
            owner.loop.run(() -> tell(reason));
        }
    }

    void open(Network.Acceptor acceptor) {
        opened = true;
        owner.loop.run(() -> {
            if (!silent) {
                ChannelHandler present = acceptor.accept(this);
                handler = present;
                present.opened(this);
            }
        });
    }

    void greet() {
        put(Kind.GREETING, Bytes.EMPTY);
    }

    /** What is under way from here ends somewhere in the middle. */
    void breakOff() {
        if (!broken) {
            broken = true;
            dropTail();
            put(Kind.END, Bytes.EMPTY);
        }
    }

    /** Nothing leaves this end any more and nobody listens. */
    void die() {
        ended = true;
        silent = true;
        line.forgetIfOver();
    }

    void idleSoon() {
        network.loops().after(LineLimits.IDLE_MILLIS * 1_000_000, () -> end(CloseReason.IDLE));
    }

    void resume() {
        if (!pipe.isEmpty()) {
            network.loops().after(network.delayNanos(), this::deliver);
        }
    }

    private void tell(CloseReason reason) {
        silent = true;
        if (handler != null) {
            handler.closed(this, reason);
        }
    }

    private void dropTail() {
        int keep = network.loops().random().nextInt(pipe.size() + 1);
        while (pipe.size() > keep) {
            waitingBytes -= pipe.removeLast().frame.size();
        }
    }

    private void put(Kind kind, Bytes frame) {
        long nowNanos = network.loops().nowNanos();
        lastDueNanos = Math.max(lastDueNanos, nowNanos + network.delayNanos());
        pipe.add(new Parcel(lastDueNanos, kind, frame));
        network.loops().after(lastDueNanos - nowNanos, this::deliver);
    }

    /** Hands over what is due, unless the way is blocked or the other end is not there yet. */
    private void deliver() {
        SimulatedEnd far = other;
        if (far == null || network.isBlocked(owner.self, peer)) {
            return;
        }
        while (!pipe.isEmpty() && pipe.element().dueNanos <= network.loops().nowNanos()) {
            Parcel parcel = pipe.remove();
            switch (parcel.kind) {
                case GREETING -> far.greeted();
                case FRAME -> {
                    waitingBytes -= parcel.frame.size();
                    far.arrived(parcel.frame);
                }
                case END -> far.end(CloseReason.PEER);
            }
        }
    }

    /** The dialling end hears that it was let in; what it queued meanwhile leaves. */
    private void greeted() {
        opened = true;
        owner.loop.run(() -> {
            if (!silent && handler != null) {
                handler.opened(this);
            }
        });
        deliver();
    }

    private void arrived(Bytes frame) {
        network.loops().note(owner.loop.name());
        network.loops().note(frame);
        owner.loop.run(() -> {
            if (!silent && handler != null) {
                handler.received(this, frame);
            }
        });
    }
}
