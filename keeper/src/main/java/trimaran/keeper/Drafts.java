package trimaran.keeper;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/** Drafts filed here lately: what application may be released, and for how long. The ledger keeps them for good. */
final class Drafts {

    /** A filed draft serves as long as an approval would. */
    static final long LIFE_MILLIS = 30_000;

    /** Drafts remembered at once. */
    static final int FILED_MAX = 10_000;

    private final Map<Digest, Filed> filed = new LinkedHashMap<>();

    private record Filed(Set<CellId> cells, RecordTime time) {}

    void filed(Digest entry, List<CellId> cells, RecordTime now) {
        filed.values().removeIf(one -> now.millis() - one.time().millis() > LIFE_MILLIS);
        if (filed.size() >= FILED_MAX) {
            filed.remove(filed.keySet().iterator().next());
        }
        filed.put(entry, new Filed(new HashSet<>(cells), now));
    }

    boolean covers(Digest entry, List<CellId> cells, RecordTime now) {
        Filed one = filed.get(entry);
        return one != null
                && now.millis() - one.time().millis() <= LIFE_MILLIS
                && one.cells().containsAll(cells);
    }
}
