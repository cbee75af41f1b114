package trimaran.keeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.record.CellKind;
import trimaran.record.NewCell;

/** The later keys of cells: with a cell go the newest of them, since what was written after it was rolled opens with no other. */
record KeyCells(Store store, Copy copy, HeldSearch search) {

    /**
     * Keys that go with one cell. Two orders bring no more; an older one is asked for by whoever meets a part under it, so that however
     * many there are, the cell opens.
     */
    static final int CARRIED_MAX = 64;

    /**
     * These cells, and behind them the cells that hold their later keys, each once.
     *
     * @param max cells there is room for: keys are left out before a cell is
     */
    List<CellId> with(Collection<CellId> cells, int max) {
        Set<CellId> all = new LinkedHashSet<>(cells);
        int each = Math.min(CARRIED_MAX, Math.max(1, max / Math.max(1, cells.size()) - 1));
        for (CellId cell : cells) {
            of(cell).stream()
                    .limit(Math.clamp((long) max - all.size(), 0, each))
                    .forEach(all::add);
        }
        return new ArrayList<>(all);
    }

    /** These cells, and the cells whose keys are among them: by a key alone nobody could tell of whom something was handed out. */
    List<CellId> withOwners(List<CellId> cells) {
        Set<CellId> all = new LinkedHashSet<>(cells);
        cells.forEach(
                cell -> opening(cell).flatMap(this::owner).map(NewCell::cell).ifPresent(all::add));
        return new ArrayList<>(all);
    }

    /** Whether all of these are later keys of a cell. */
    boolean areOf(CellId cell, List<CellId> keys) {
        return keys.stream()
                .allMatch(key -> opening(key)
                        .filter(one ->
                                one.kind() == CellKind.KEY && one.subject().equals(cell))
                        .isPresent());
    }

    /** All later keys of a cell, placed or held. */
    Set<CellId> all(CellId cell) {
        Set<CellId> keys = new LinkedHashSet<>(placed(store, cell));
        search.cellsOf(cell).stream().filter(this::isKey).forEach(keys::add);
        return keys;
    }

    /** The newest first; what is only held is newer than what has its place. */
    private List<CellId> of(CellId cell) {
        Set<CellId> keys = all(cell);
        return keys.size() < 2
                ? List.copyOf(keys)
                : keys.stream()
                        .sorted(Comparator.comparingLong(this::index).reversed())
                        .toList();
    }

    private long index(CellId key) {
        return copy.opening(key).map(Copy.Opening::index).orElse(Long.MAX_VALUE);
    }

    /** Those whose opening has its place: no more than the orders that stand let be drawn. */
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

    /** The sessions that drew them, one for each. */
    static List<Digest> drawers(Store store, Copy copy, CellId cell) {
        return placed(store, cell).stream()
                .flatMap(key -> copy.opening(key).stream())
                .flatMap(opening -> copy.entry(opening.index()).stream())
                .map(entry -> entry.header().author().session())
                .toList();
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
