package trimaran.exposure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.NewCell;

/** Of whom each cell is, as the entries say that open them; and who stands on a ward's list, as entries say that write both. */
final class CellMap {

    private final Map<CellId, Cell> cells = new HashMap<>();
    private final Map<CellId, Set<CellId>> listed = new HashMap<>();
    private final Map<CellId, RecordTime> rolled = new HashMap<>();
    private final Map<CellId, ResourceId> firsts = new HashMap<>();
    private int patients;

    record Cell(CellKind kind, CellId subject) {}

    /** @param time from when the entry counts */
    void read(AuthorPart author, RecordTime time) {
        for (NewCell opened : author.newCells()) {
            // The first opening is the cell's: what is only held was not judged by its place yet.
            Cell known = cells.putIfAbsent(opened.cell(), new Cell(opened.kind(), opened.subject()));
            if (known == null && opened.kind() == CellKind.IDENTITY) {
                patients++;
            }
            if (opened.kind() == CellKind.KEY) {
                rolled.merge(opened.subject(), time, (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        for (CellPart part : author.parts()) {
            if (isKind(part.cell(), CellKind.IDENTITY) && !part.changes().isEmpty()) {
                firsts.putIfAbsent(
                        part.cell(),
                        new ResourceId(part.cell(), part.changes().getFirst().local()));
            }
        }
        List<CellId> wards = author.parts().stream()
                .map(CellPart::cell)
                .filter(cell -> isKind(cell, CellKind.WARD))
                .toList();
        if (wards.isEmpty()) {
            return;
        }
        for (CellPart part : author.parts()) {
            find(part.cell())
                    .filter(cell -> cell.kind().ofPatient())
                    .ifPresent(cell -> wards.forEach(ward -> listed.computeIfAbsent(ward, none -> new HashSet<>())
                            .add(cell.subject())));
        }
    }

    private boolean isKind(CellId cell, CellKind kind) {
        return find(cell).filter(one -> one.kind() == kind).isPresent();
    }

    Optional<Cell> find(CellId cell) {
        return Optional.ofNullable(cells.get(cell));
    }

    /** Whether a later key was drawn for a cell after this time. */
    boolean isRolledSince(CellId cell, RecordTime time) {
        return rolled.getOrDefault(cell, RecordTime.ZERO).isAfter(time);
    }

    /** The cell a later key belongs to; any other is its own. Who was handed a key was handed what is sealed with it. */
    CellId owner(CellId cell) {
        return find(cell)
                .filter(one -> one.kind() == CellKind.KEY)
                .map(Cell::subject)
                .orElse(cell);
    }

    Cell get(CellId cell) {
        return find(cell).orElseThrow();
    }

    Set<CellId> listedIn(CellId ward) {
        return listed.getOrDefault(ward, Set.of());
    }

    /** The first resource that was written into an identity cell; empty while nothing was. */
    Optional<ResourceId> first(CellId identity) {
        return Optional.ofNullable(firsts.get(identity));
    }

    int patients() {
        return patients;
    }
}
