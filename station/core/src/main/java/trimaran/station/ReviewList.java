package trimaran.station;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;

/**
 * How many entries wait for a review, by patient: of those whose whole record is open at this station, for the ward's copy or for
 * somebody. None is opened for it, so it costs no release and no budget. On the loop.
 */
final class ReviewList {

    /** How long a count stands: every page asks for it, and looking through all that is open takes milliseconds. */
    static final long AGAIN_MILLIS = 5_000;

    private final Cells cells;
    private final Predicate<Digest> services;
    private ReviewCounts counts = ReviewCounts.NONE;
    private boolean counted;
    private long countedNanos;

    /** @param services whether a session is a service's */
    ReviewList(Cells cells, Predicate<Digest> services) {
        this.cells = cells;
        this.services = services;
    }

    ReviewCounts counts() {
        long now = cells.nanos();
        if (!counted || now - countedNanos >= AGAIN_MILLIS * 1_000_000) {
            counts = count();
            counted = true;
            countedNanos = now;
        }
        return counts;
    }

    private ReviewCounts count() {
        Map<CellId, Integer> people = new HashMap<>();
        Map<CellId, Integer> systems = new HashMap<>();
        for (CellId subject : cells.wholeSubjects()) {
            List<OpenCell> open = cells.ofSubject(subject);
            if (open.stream().anyMatch(cell -> !cell.continuity().isEmpty())
                    && open.stream().allMatch(OpenCell::isProven)) {
                for (Unreviewed one : new Reviews(open).open(open, services)) {
                    (one.service() ? systems : people).merge(subject, 1, Integer::sum);
                }
            }
        }
        return new ReviewCounts(people, systems);
    }
}
