package trimaran.station;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.CellId;
import trimaran.record.Statement;

/**
 * Patients whose record nobody has open here and of whom a person writes all the same, while this station reaches nobody: those its
 * opened ward copies and its boards named since this process began. What is written opens a cell of its own, so it needs no key of
 * theirs and shows nothing of them. That they are patients of the record the log judges in the end. On the loop.
 */
final class Unopened {

    /** What is done at the bed and changes nothing of what stands in the record: measures and notes. */
    static final Set<String> TYPES = Set.of("Observation", "DocumentReference");

    private final TierTable tiers;
    private final Cells cells;
    private final Set<CellId> known = new LinkedHashSet<>();

    Unopened(TierTable tiers, Cells cells) {
        this.tiers = tiers;
        this.cells = cells;
    }

    /** Beyond {@link StationLimits#UNOPENED_MAX} who was named longest ago is forgotten. */
    void learn(Collection<CellId> identities) {
        for (CellId identity : identities) {
            known.remove(identity);
            known.add(identity);
        }
        while (known.size() > StationLimits.UNOPENED_MAX) {
            known.remove(known.iterator().next());
        }
    }

    boolean isKnown(CellId identity) {
        return known.contains(identity);
    }

    /** Those of these patients of whom the session writes this without having them open. */
    Set<CellId> of(OwnSession session, List<Planned> changes, Collection<CellId> subjects) {
        boolean may = session.kind() == Statement.BadgeKind.PERSON
                && tiers.isApart()
                && changes.stream()
                        .filter(Planned::isWritten)
                        .allMatch(change ->
                                change.change() instanceof Transaction.Change.Create && TYPES.contains(change.type()));
        return may
                ? subjects.stream()
                        .filter(subject -> isKnown(subject) && !cells.isWhole(subject, session.id()))
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
