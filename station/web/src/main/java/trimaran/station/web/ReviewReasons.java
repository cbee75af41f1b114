package trimaran.station.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;

/** Why application refused to review an entry the last time it was asked from here, in memory alone: asked again, it says it again. */
final class ReviewReasons {

    /** More than a ward has to review at once; the oldest is forgotten first. */
    static final int REASONS_MAX = 1_000;

    private final Map<Digest, Code> reasons = new LinkedHashMap<>();

    synchronized Optional<Code> of(Digest entry) {
        return Optional.ofNullable(reasons.get(entry));
    }

    synchronized void keep(Digest entry, Code code) {
        reasons.remove(entry);
        reasons.put(entry, code);
        if (reasons.size() > REASONS_MAX) {
            reasons.remove(reasons.keySet().iterator().next());
        }
    }

    synchronized void forget(Digest entry) {
        reasons.remove(entry);
    }
}
