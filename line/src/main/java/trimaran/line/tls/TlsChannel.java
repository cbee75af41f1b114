package trimaran.line.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Loop;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.LineLimits;
import trimaran.line.PeerId;
import trimaran.line.tls.FrameIntake.FrameSizeException;

/**
 * One channel over one TLS socket: a thread that reads and hands frames to the loop, a thread that writes what the loop
 * queued. The handler, {@link #silent} and {@link #corked} belong to the loop; all else may be touched by any thread.
 */
final class TlsChannel implements Channel {

    /** Plaintext of one TLS record (RFC 8446, 5.1). */
    private static final int RECORD_BYTES = 1 << 14;

    /** What a frame takes in memory besides its bytes, so that many tiny ones are not held for free. */
    private static final int FRAME_OBJECT_BYTES = 64;

    private final Loop loop;
    private final TlsLimits limits;
    private final PeerId peer;
    private final boolean accepted;
    private final FrameQueue outbound = new FrameQueue();
    private final Semaphore inbound = new Semaphore(LineLimits.INBOUND_MAX_BYTES);
    private final AtomicReference<@Nullable CloseReason> ended = new AtomicReference<>();
    private final long startedNanos = System.nanoTime();

    private @Nullable ChannelHandler handler;
    private boolean silent;
    private boolean corked;

    private volatile @Nullable Socket socket;
    private volatile @Nullable Thread reader;
    private volatile boolean open;
    private volatile boolean ownerIsSlow;
    private volatile boolean joined;
    private volatile long endedNanos;
    private volatile long readNanos;
    private volatile long wroteNanos;

    /** @param handler null for an accepted channel, which gets its handler on the loop */
    TlsChannel(Loop loop, TlsLimits limits, PeerId peer, @Nullable ChannelHandler handler) {
        this.loop = loop;
        this.limits = limits;
        this.peer = peer;
        this.handler = handler;
        this.accepted = handler == null;
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public boolean send(Bytes frame) {
        if (frame.isEmpty() || frame.size() > LineLimits.FRAME_MAX_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.size() + " bytes");
        }
        if (ended.get() != null) {
            return false;
        }
        if (!outbound.put(frame, !corked)) {
            close(CloseReason.OUTBOUND_FULL);
            return false;
        }
        return true;
    }

    @Override
    public int waitingBytes() {
        return outbound.waitingBytes();
    }

    @Override
    public void close(CloseReason reason) {
        silent = true;
        if (reason != CloseReason.HERE || !open) {
            end(reason);
        } else if (ended.compareAndSet(null, reason)) {
            endedNanos = System.nanoTime();
            outbound.end();
            loop.run(() -> tell(reason));
        }
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isEnded() {
        return ended.get() != null;
    }

    /** Ends the channel at once, whatever it is doing; only the first reason counts. */
    void end(CloseReason reason) {
        if (ended.compareAndSet(null, reason)) {
            endedNanos = System.nanoTime();
            loop.run(() -> tell(reason));
        }
        outbound.end();
        hangUp();
    }

    /** What was connected, so that whoever ends the channel can close it. */
    void uses(Socket connected) {
        socket = connected;
        if (isEnded()) {
            hangUp();
        }
    }

    /** The connection stands, through the relay if there is one: from now on it is the handshake that takes time. */
    void joined() {
        joined = true;
    }

    /** Carries frames until the channel ends; returns then. Both keys are proven. */
    void carry(SSLSocket tls, Network acceptingSide) {
        reader = Thread.currentThread();
        readNanos = System.nanoTime();
        wroteNanos = readNanos;
        try {
            FrameIntake intake = new FrameIntake(tls.getInputStream());
            if (accepted) {
                // The greeting: only now does the dialling side know that it was let in.
                outbound.put(Bytes.EMPTY, true);
                open(acceptingSide);
                Thread.ofPlatform().daemon().name("line-writer").start(() -> write(tls));
                read(intake);
            } else {
                List<Bytes> first = greeted(intake);
                open(acceptingSide);
                Thread.ofPlatform().daemon().name("line-writer").start(() -> write(tls));
                hand(first);
                read(intake);
            }
        } catch (FrameSizeException tooLarge) {
            end(CloseReason.FRAME_SIZE);
        } catch (RefusedException refused) {
            end(CloseReason.REFUSED);
        } catch (SSLException broken) {
            end(CloseReason.BROKEN);
        } catch (IOException gone) {
            end(CloseReason.PEER);
        } catch (InterruptedException stopped) {
            end(CloseReason.HERE);
        } catch (RuntimeException broken) {
            end(CloseReason.BROKEN);
        }
    }

    /** Gives an accepted channel its handler, on the loop; a dialled one has it. */
    @FunctionalInterface
    interface Network {
        ChannelHandler handler(TlsChannel channel);
    }

    private List<Bytes> greeted(FrameIntake intake) throws IOException {
        try {
            return intake.next();
        } catch (FrameSizeException tooLarge) {
            throw tooLarge;
        } catch (IOException unheard) {
            throw new RefusedException();
        }
    }

    private void open(Network acceptingSide) {
        open = true;
        loop.run(() -> {
            if (!silent) {
                ChannelHandler present = handler != null ? handler : acceptingSide.handler(this);
                handler = present;
                present.opened(this);
            }
        });
    }

    private void read(FrameIntake intake) throws IOException, InterruptedException {
        while (true) {
            List<Bytes> frames = intake.next();
            readNanos = System.nanoTime();
            hand(frames);
        }
    }

    private void hand(List<Bytes> frames) throws InterruptedException {
        if (frames.isEmpty()) {
            return;
        }
        long sum = 0;
        for (Bytes frame : frames) {
            sum += frame.size() + FRAME_OBJECT_BYTES;
        }
        int bytes = (int) Math.min(sum, LineLimits.INBOUND_MAX_BYTES);
        if (!inbound.tryAcquire(bytes)) {
            ownerIsSlow = true;
            inbound.acquire(bytes);
            readNanos = System.nanoTime();
            ownerIsSlow = false;
        }
        loop.run(() -> {
            receive(frames);
            inbound.release(bytes);
        });
    }

    /** What the owner sends while it handles a batch leaves together at its end. */
    private void receive(List<Bytes> frames) {
        corked = true;
        for (Bytes frame : frames) {
            if (!silent && handler != null) {
                handler.received(this, frame);
            }
        }
        corked = false;
        outbound.flush();
    }

    private void tell(CloseReason reason) {
        silent = true;
        if (handler != null) {
            handler.closed(this, reason);
        }
    }

    private void write(SSLSocket tls) {
        byte[] record = new byte[RECORD_BYTES];
        try {
            for (int size = outbound.take(record); size > 0; size = outbound.take(record)) {
                tls.getOutputStream().write(record, 0, size);
                wroteNanos = System.nanoTime();
            }
            tls.close();
        } catch (SSLException broken) {
            end(CloseReason.BROKEN);
        } catch (IOException gone) {
            end(CloseReason.PEER);
        } catch (InterruptedException stopped) {
            end(CloseReason.HERE);
        }
        hangUp();
    }

    /** The watch goes by now and then: ends what takes too long, gives a sign of life. */
    void watch(long nowNanos) {
        if (isEnded()) {
            if (nowNanos - endedNanos > limits.lingerMillis() * 1_000_000) {
                hangUp();
            }
        } else if (!open) {
            long waitedMillis = (nowNanos - startedNanos) / 1_000_000;
            if (!joined && waitedMillis > limits.connectMillis()) {
                end(CloseReason.UNREACHABLE);
            } else if (waitedMillis > limits.connectMillis() + limits.handshakeMillis()) {
                end(CloseReason.HANDSHAKE);
            }
        } else if (!ownerIsSlow && nowNanos - readNanos > limits.idleMillis() * 1_000_000) {
            end(CloseReason.IDLE);
        } else if (nowNanos - wroteNanos > limits.keepaliveMillis() * 1_000_000 && outbound.waitingBytes() == 0) {
            wroteNanos = nowNanos;
            outbound.put(Bytes.EMPTY, true);
        }
    }

    private void hangUp() {
        Socket connected = socket;
        if (connected != null) {
            Sockets.close(connected);
        }
        Thread waiting = reader;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** The peer hung up between our handshake and its greeting. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
