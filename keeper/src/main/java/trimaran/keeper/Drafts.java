package trimaran.keeper;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;

/** Drafts filed here lately: what application may be released, and for how long. The ledger keeps them for good. */
final class Drafts {

    /** A filed draft serves as long as an approval would. */
    static final long LIFE_MILLIS = 30_000;

    /** Drafts remembered at once. */
    static final int FILED_MAX = 10_000;

    /** An entry usually follows its draft in this time; later it is not waited for. */
    static final long EXPECTED_MILLIS = 50;

    private final Map<Digest, Filed> filed = new LinkedHashMap<>();
    private final Map<Digest, RecordTime> expected = new LinkedHashMap<>();

    private record Filed(Set<CellId> cells, RecordTime time) {}

    void filed(Digest entry, List<CellId> cells, RecordTime now) {
        dropEldest(filed.values().iterator(), one -> filed.size() >= FILED_MAX || isOver(one, now));
        filed.put(entry, new Filed(new HashSet<>(cells), now));
        expected.put(entry, now);
    }

    /** The entry of a draft has come. */
    void arrived(Digest entry) {
        expected.remove(entry);
    }

    /** How many entries are likely to come in a moment: their drafts have just been filed. */
    int expected(RecordTime now) {
        dropEldest(expected.values().iterator(), time -> now.millis() - time.millis() > EXPECTED_MILLIS);
        return expected.size();
    }

    boolean covers(Digest entry, List<CellId> cells, RecordTime now) {
        Filed one = filed.get(entry);
        return one != null && !isOver(one, now) && one.cells().containsAll(cells);
    }

    private static boolean isOver(Filed one, RecordTime now) {
        return now.millis() - one.time().millis() > LIFE_MILLIS;
    }

    /** Drops from the front while this is so; what follows is younger. */
    private static <T> void dropEldest(Iterator<T> eldestFirst, Predicate<T> isOver) {
        while (eldestFirst.hasNext() && isOver.test(eldestFirst.next())) {
            eldestFirst.remove();
        }
    }
}
