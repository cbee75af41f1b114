package trimaran.keeper;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.record.NewCell;

/** What is found in entries that are held, as if they had their place already. */
record HeldSearch(HeldSet held, Copy copy) {

    /** The resources under a token of an entry that is held and has no place here yet. */
    Set<ResourceId> hits(Digest token) {
        Set<ResourceId> hits = new LinkedHashSet<>();
        for (Digest entry : held.index().bringing(token)) {
            if (!copy.placed(entry)) {
                held.of(entry).orElseThrow().annex(copy.blobs()).tokens().stream()
                        .filter(one -> one.value().equals(token))
                        .forEach(one -> hits.add(one.resource()));
            }
        }
        return hits;
    }

    /** How a cell is opened by an entry held here. */
    Optional<NewCell> opening(CellId cell) {
        return opened(held.index().opening(cell))
                .filter(fresh -> fresh.cell().equals(cell))
                .findFirst();
    }

    /** Cells of a patient that entries held here open. */
    List<CellId> cellsOf(CellId patient) {
        return opened(held.index().openingFor(patient))
                .filter(fresh -> fresh.subject().equals(patient))
                .map(NewCell::cell)
                .toList();
    }

    private Stream<NewCell> opened(List<Digest> entries) {
        return entries.stream().flatMap(entry -> held.of(entry).orElseThrow().header().author().newCells().stream());
    }
}
