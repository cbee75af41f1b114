package trimaran.line.simulated;

import org.jspecify.annotations.Nullable;
import trimaran.line.Address;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.simulated.SimulatedNetwork.Member;
import trimaran.line.simulated.SimulatedNetwork.Path;

/** The two ends of one channel and the pipes between them. */
final class SimulatedLine {

    private final SimulatedNetwork network;
    private final @Nullable Address relay;
    private final SimulatedEnd dialling;
    private @Nullable SimulatedEnd accepting;

    SimulatedLine(
            SimulatedNetwork network, Member dialler, PeerId peer, @Nullable Address relay, ChannelHandler handler) {
        this.network = network;
        this.relay = relay;
        this.dialling = new SimulatedEnd(network, this, dialler, peer, handler);
    }

    SimulatedEnd dialling() {
        return dialling;
    }

    @Nullable
    Address relay() {
        return relay;
    }

    void fail(CloseReason reason, long afterNanos) {
        network.loops().after(afterNanos, () -> dialling.end(reason));
    }

    /** Both sides agreed: the accepting end opens now, the dialling one when it hears of it. */
    void open(Member member, Network.Acceptor acceptor) {
        SimulatedEnd far = new SimulatedEnd(network, this, member, dialling.owner().self, null);
        accepting = far;
        far.faces(dialling);
        dialling.faces(far);
        far.open(acceptor);
        far.greet();
    }

    /** The cable between is cut: of what is under way, a part still arrives, then both ends hear of it. */
    void sever() {
        SimulatedEnd far = accepting;
        if (far != null) {
            dialling.breakOff();
            far.breakOff();
        }
    }

    void forgetIfOver() {
        SimulatedEnd far = accepting;
        if (dialling.isEnded() && (far == null || far.isEnded())) {
            network.forget(this);
        }
    }

    void resume() {
        SimulatedEnd far = accepting;
        if (far != null) {
            dialling.resume();
            far.resume();
        }
    }

    void recheck(Member member) {
        SimulatedEnd far = accepting;
        if (dialling.owner() == member && !member.policy.allows(dialling.peer())) {
            dialling.close(CloseReason.CUT);
        } else if (far != null && far.owner() == member && !member.policy.allows(far.peer())) {
            far.close(CloseReason.CUT);
        }
    }

    /** The receiving end of a path blocked for too long gives up. */
    void heardNothing(Path path) {
        SimulatedEnd far = accepting;
        if (far == null) {
            return;
        }
        for (SimulatedEnd end : new SimulatedEnd[] {dialling, far}) {
            if (end.owner().self.equals(path.to()) && end.peer().equals(path.from())) {
                end.close(CloseReason.IDLE);
            }
        }
    }

    /** The process at one end is gone; the other end hears a reset, or nothing until it counts as idle. */
    void endDied(PeerId who, boolean heard) {
        SimulatedEnd far = accepting;
        if (far == null) {
            return;
        }
        SimulatedEnd dead = dialling.owner().self.equals(who) ? dialling : far;
        SimulatedEnd left = dead == dialling ? far : dialling;
        if (dead.owner().self.equals(who)) {
            dead.owner().loop.crash();
            dead.die();
            if (heard) {
                dead.breakOff();
            } else {
                left.idleSoon();
            }
        }
    }
}
