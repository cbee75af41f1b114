package trimaran.keeper;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.CellId;
import trimaran.record.CellHead;
import trimaran.record.NewCell;

/**
 * Openings and heads of the cells in use, as they lie in the store: each is asked for several times with every entry and every
 * release. What is not there is not remembered.
 */
final class RecentCells {

    /** Cells remembered: those of a busy hospital's patients present. About 500 bytes each. */
    static final int CELLS_MAX = 4096;

    private final Store store;
    private final Map<CellId, Copy.Opening> openings = new Recent<>();
    private final Map<CellId, CellHead> heads = new Recent<>();

    RecentCells(Store store) {
        this.store = store;
    }

    private static final class Recent<T> extends LinkedHashMap<CellId, T> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<CellId, T> eldest) {
            return size() > CELLS_MAX;
        }
    }

    Optional<Copy.Opening> opening(CellId cell) {
        Copy.Opening known = openings.get(cell);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Copy.Opening> found = store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0))
                .map(bytes -> Copy.own(bytes, reader -> new Copy.Opening(reader.i64(), NewCell.read(reader))));
        found.ifPresent(opening -> openings.put(cell, opening));
        return found;
    }

    CellHead head(CellId cell) {
        CellHead known = heads.get(cell);
        if (known != null) {
            return known;
        }
        Optional<CellHead> found = onDisk(cell);
        found.ifPresent(head -> heads.put(cell, head));
        return found.orElse(CellHead.empty(cell));
    }

    /** The head as the disk has it, whatever is remembered. */
    Optional<CellHead> onDisk(CellId cell) {
        return store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.HEAD, 0))
                .map(bytes -> Copy.own(bytes, CellHead::read));
    }

    /** A group that was just made durable opened a cell. */
    void opened(Copy.Opening opening) {
        openings.put(opening.cell().cell(), opening);
    }

    /** A group that was just made durable moved a head. */
    void moved(CellHead head) {
        heads.put(head.cell(), head);
    }
}
