package trimaran.station;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.kernel.Digest;

/**
 * For which sessions a cell is open, and until when by this machine's monotonic clock (DESIGN §6). Changed on the loop; looked up
 * from any thread.
 */
final class Leases {

    private final Map<Digest, Long> until = new ConcurrentHashMap<>();

    /** Releases the cell to a session; a longer lease it has already stays. */
    void add(Digest session, long untilNanos) {
        until.merge(session, untilNanos, Math::max);
    }

    boolean has(Digest session, long nowNanos) {
        Long end = until.get(session);
        return end != null && end - nowNanos > 0;
    }

    void end(Digest session) {
        until.remove(session);
    }

    void endAll() {
        until.clear();
    }

    /** Whether any lease runs; those that ended are forgotten. */
    boolean isAny(long nowNanos) {
        until.values().removeIf(end -> end - nowNanos <= 0);
        return !until.isEmpty();
    }
}
