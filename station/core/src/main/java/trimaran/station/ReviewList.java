package trimaran.station;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;
import trimaran.record.Statement;

/**
 * How many entries wait for a review, by patient: of those whose whole record is open at this station, for the ward's copy or for
 * somebody. None is opened for it, so it costs no release and no budget. On the loop.
 */
final class ReviewList {

    /** How long a count stands: every page asks for it, and looking through all that is open takes milliseconds. */
    static final long AGAIN_MILLIS = 5_000;

    private final Cells cells;
    private final Function<Digest, Optional<Statement.BadgeKind>> kinds;
    private ReviewCounts counts = ReviewCounts.NONE;
    private boolean counted;
    private long countedNanos;

    /** @param kinds whose badge opened a session, as far as that is remembered */
    ReviewList(Cells cells, Function<Digest, Optional<Statement.BadgeKind>> kinds) {
        this.cells = cells;
        this.kinds = kinds;
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
        Map<CellId, ResourceId> patients = new HashMap<>();
        for (CellId subject : cells.wholeSubjects()) {
            List<OpenCell> open = cells.ofSubject(subject);
            if (open.stream().anyMatch(cell -> !cell.continuity().isEmpty())
                    && open.stream().allMatch(OpenCell::isProven)) {
                for (Unreviewed one : new Reviews(open).open(open, kinds)) {
                    (one.service() ? systems : people).merge(subject, 1, Integer::sum);
                    patient(open).ifPresent(patient -> patients.put(subject, patient));
                }
            }
        }
        return new ReviewCounts(people, systems, patients);
    }

    private static Optional<ResourceId> patient(List<OpenCell> open) {
        for (OpenCell cell : open) {
            for (List<ResourceVersion> versions : cell.all()) {
                if (cell.kind() == CellKind.IDENTITY
                        && versions.getLast().type().equals("Patient")) {
                    return Optional.of(versions.getLast().id());
                }
            }
        }
        return Optional.empty();
    }
}
