package trimaran.keeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.record.CellKind;
import trimaran.record.NewCell;

/** The later keys of cells: with a cell goes each of them, since what was written after it was rolled opens with no other. */
record KeyCells(Store store, Copy copy, HeldSearch search) {

    /** These cells, and behind them the cells that hold their later keys, each once. */
    List<CellId> with(Collection<CellId> cells) {
        Set<CellId> all = new LinkedHashSet<>(cells);
        cells.forEach(cell -> all.addAll(of(cell)));
        return new ArrayList<>(all);
    }

    private Set<CellId> of(CellId cell) {
        Set<CellId> keys = placed(store, cell);
        search.cellsOf(cell).stream().filter(this::isKey).forEach(keys::add);
        return keys;
    }

    /** Those whose opening has its place. */
    static Set<CellId> placed(Store store, CellId cell) {
        Set<CellId> keys = new LinkedHashSet<>();
        Bytes prefix = Key.cell(cell);
        store.scan(Space.SUBJECTS, prefix, Key.after(prefix), (key, value) -> {
            if (value.at(0) == CellKind.KEY.ordinal()) {
                keys.add(Key.cellAt(key, CellId.SIZE_BYTES));
            }
            return true;
        });
        return keys;
    }

    /** The cell a key belongs to, and any other cell itself: by it is judged who may have the key. */
    Optional<NewCell> owner(NewCell cell) {
        return cell.kind() == CellKind.KEY ? opening(cell.subject()) : Optional.of(cell);
    }

    private boolean isKey(CellId cell) {
        return opening(cell).filter(one -> one.kind() == CellKind.KEY).isPresent();
    }

    private Optional<NewCell> opening(CellId cell) {
        return copy.opened(cell).or(() -> search.opening(cell));
    }
}
