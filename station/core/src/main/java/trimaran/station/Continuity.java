package trimaran.station;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.EntryKind;
import trimaran.record.Header;

/** What came into one open cell without application's approval. On the loop. */
final class Continuity {

    private final Map<Digest, Ground> entries = new LinkedHashMap<>();

    /** Reviewed versions as they are shown: one object each, since whoever drew a page knows by that that nothing changed. */
    private final Map<Long, ResourceVersion> approved = new HashMap<>();

    /**
     * Why an entry was not approved.
     *
     * @param no what application said against it; empty if it did not answer, or was not asked
     * @param unasked whether its author's station never asks: so come the facts of another system
     */
    record Ground(Optional<Code> no, boolean unasked) {}

    void add(Header header) {
        if (header.sanction().isContinuity()) {
            boolean unasked = header.author().kind() == EntryKind.CONTINUITY;
            entries.put(header.digest(), new Ground(header.sanction().no(), unasked));
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Why each entry was not approved. */
    Map<Digest, Ground> entries() {
        return Map.copyOf(entries);
    }

    /** The version without its flag. */
    ResourceVersion approved(ResourceVersion version) {
        ResourceVersion known = approved.get(version.id().local());
        if (known != null
                && known.version() == version.version()
                && known.entry().equals(version.entry())
                && known.standing() == version.standing()) {
            return known;
        }
        ResourceVersion fresh = version.approved();
        approved.put(version.id().local(), fresh);
        return fresh;
    }

    void clear() {
        entries.clear();
        approved.clear();
    }
}
