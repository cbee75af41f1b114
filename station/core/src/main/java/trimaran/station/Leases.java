package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.kernel.Digest;
import trimaran.line.message.Request;

/**
 * For which sessions a cell is open, for what, and until when by this machine's monotonic clock (DESIGN §6). Changed on the loop;
 * looked up from any thread.
 */
final class Leases {

    /** @param purpose as the tiers wrote it down: what belongs to the cell is asked for in the same name */
    private record Lease(long untilNanos, Request.Purpose purpose) {}

    private final Map<Digest, Lease> leases = new ConcurrentHashMap<>();
    private Digest reader = Digest.ZERO;

    /** Who reads now: what their reading needs is asked for in their name. */
    Digest reader() {
        return reader;
    }

    void readBy(Digest session) {
        reader = session;
    }

    /** What a session opened itself, or was released to care for somebody. */
    void add(Digest session, long untilNanos) {
        add(session, untilNanos, Request.Purpose.CARE);
    }

    /** Releases the cell to a session; a longer lease it has already stays. */
    void add(Digest session, long untilNanos, Request.Purpose purpose) {
        leases.merge(
                session,
                new Lease(untilNanos, purpose),
                (known, fresh) -> fresh.untilNanos() - known.untilNanos() > 0 ? fresh : known);
    }

    boolean has(Digest session, long nowNanos) {
        Lease lease = leases.get(session);
        return lease != null && runs(lease, nowNanos);
    }

    /** For whom it is open now. */
    List<Digest> sessions(long nowNanos) {
        return leases.keySet().stream()
                .filter(session -> has(session, nowNanos))
                .toList();
    }

    /** For what it was released to a session. */
    Request.Purpose purpose(Digest session) {
        Lease lease = leases.get(session);
        return lease == null ? Request.Purpose.CARE : lease.purpose();
    }

    void end(Digest session) {
        leases.remove(session);
    }

    void endAll() {
        leases.clear();
    }

    /** Whether any lease runs; those that ended are forgotten. */
    boolean isAny(long nowNanos) {
        leases.values().removeIf(lease -> !runs(lease, nowNanos));
        return !leases.isEmpty();
    }

    private static boolean runs(Lease lease, long nowNanos) {
        return lease.untilNanos() - nowNanos > 0;
    }
}
