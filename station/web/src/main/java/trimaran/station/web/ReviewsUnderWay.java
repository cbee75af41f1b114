package trimaran.station.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Digest;

/** Entries whose review lies in this station's outbox: pressed again, it is not written again. In memory alone. */
final class ReviewsUnderWay {

    private final Map<Digest, Digest> reviews = new HashMap<>();

    /** @param review the entry in the outbox; zero if the station did not name it in time */
    synchronized void keep(Digest entry, Digest review) {
        reviews.put(entry, review);
    }

    /** Those that lie there still; the others are forgotten, so that no more are kept than an outbox holds. */
    synchronized Set<Digest> still(CareRecord record) {
        Set<Digest> named = new HashSet<>(reviews.values());
        if (named.isEmpty()) {
            return Set.of();
        }
        Set<Digest> still = new HashSet<>(record.waiting(named));
        // One the station did not name is known to be gone only when nothing lies there at all.
        if (named.contains(Digest.ZERO) && record.state().waiting() > 0) {
            still.add(Digest.ZERO);
        }
        reviews.values().retainAll(still);
        return Set.copyOf(reviews.keySet());
    }
}
