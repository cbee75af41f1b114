package trimaran.keeper;

import java.util.HashMap;
import java.util.Map;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;

/** Since when a held entry lacks what it leans on, or its author is cut, by this machine's monotonic clock. */
final class HeldPatience {

    /** @param patienceMillis how long; another one is for another reason, and begins anew */
    private record Waiting(long patienceMillis, long sinceNanos) {}

    private final Loop loop;
    private final Map<Digest, Waiting> all = new HashMap<>();

    HeldPatience(Loop loop) {
        this.loop = loop;
    }

    /**
     * Whether it has waited so long for this reason, from now on if it had no such reason before.
     *
     * @param millis 0 for nothing to wait for; {@link Long#MAX_VALUE} for ever
     */
    boolean isOver(Digest entry, long millis) {
        if (millis == 0 || millis == Long.MAX_VALUE) {
            return millis == 0;
        }
        long now = loop.monotonicNanos();
        Waiting since = all.get(entry);
        if (since == null || since.patienceMillis() != millis) {
            since = new Waiting(millis, now);
            all.put(entry, since);
        }
        return now - since.sinceNanos() >= millis * 1_000_000;
    }

    void forget(Digest entry) {
        all.remove(entry);
    }
}
