package trimaran.line.tls;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.PinPolicy;

/**
 * The channels there are, and whether there is room for another. The policy is asked under the lock that {@link #recheck}
 * takes, so no channel slips between a cut and the look at what is open.
 */
final class OpenChannels {

    private final PinPolicy policy;
    private final TlsLimits limits;
    private final Set<TlsChannel> all = new LinkedHashSet<>();
    private final Map<PeerId, LinkedHashSet<TlsChannel>> acceptedByPeer = new HashMap<>();
    private int accepted;

    OpenChannels(PinPolicy policy, TlsLimits limits) {
        this.policy = policy;
        this.limits = limits;
    }

    /** Why the channel may not open; null if it now counts as open. The peer's oldest channel makes room for its newest. */
    @Nullable
    CloseReason admit(TlsChannel channel) {
        TlsChannel oldest = null;
        synchronized (this) {
            if (!policy.allows(channel.peer())) {
                return CloseReason.KEY;
            }
            if (channel.isAccepted()) {
                Set<TlsChannel> same = acceptedByPeer.computeIfAbsent(channel.peer(), _ -> new LinkedHashSet<>());
                if (same.size() >= limits.channelsPerPeerMax()) {
                    oldest = same.iterator().next();
                    forget(oldest);
                } else if (accepted >= limits.channelsMax()) {
                    forgetPeerWithout(channel.peer());
                    return CloseReason.REFUSED;
                }
                acceptedByPeer
                        .computeIfAbsent(channel.peer(), _ -> new LinkedHashSet<>())
                        .add(channel);
                accepted++;
            }
            all.add(channel);
        }
        if (oldest != null) {
            oldest.end(CloseReason.REPLACED);
        }
        return null;
    }

    synchronized void forget(TlsChannel channel) {
        if (all.remove(channel) && channel.isAccepted()) {
            accepted--;
            Set<TlsChannel> same = acceptedByPeer.get(channel.peer());
            if (same != null) {
                same.remove(channel);
                forgetPeerWithout(channel.peer());
            }
        }
    }

    private void forgetPeerWithout(PeerId peer) {
        Set<TlsChannel> same = acceptedByPeer.get(peer);
        if (same != null && same.isEmpty()) {
            acceptedByPeer.remove(peer);
        }
    }

    synchronized List<TlsChannel> snapshot() {
        return List.copyOf(all);
    }

    void recheck() {
        for (TlsChannel channel : snapshot()) {
            if (!policy.allows(channel.peer())) {
                channel.end(CloseReason.CUT);
            }
        }
    }
}
