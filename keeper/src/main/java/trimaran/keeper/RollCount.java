package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;

/**
 * Counts how many cells wait for their next writer to draw a new key: goes through all cells, a few at a time, for as long as an order
 * stands, since lines come late and cells are written into. Nothing depends on it but what the operator is told.
 */
final class RollCount {

    static final long LOOK_MILLIS = 50;

    /** Cells of one look: some hundred rows. */
    static final int CELLS_AT_ONCE = 64;

    /** Between the end of one count and the beginning of the next. */
    static final long REST_MILLIS = 30_000;

    private final KeeperSetting setting;
    private final Rolling rolling;
    private Bytes from = Bytes.EMPTY;
    private long resting;
    private boolean busy;
    private long found;
    private long counted;

    RollCount(KeeperSetting setting, Copy copy, Ledgers ledgers) {
        this.setting = setting;
        this.rolling = new Rolling(setting.store(), copy, ledgers);
    }

    /** As the last whole count found, or the one under way if it has found more. */
    long waiting() {
        return Math.max(counted, found);
    }

    void look() {
        if (!rolling.isOrdered() || busy || resting-- > 0) {
            return;
        }
        List<CellId> cells = next();
        busy = true;
        rolling.among(cells, setting.loop(), toRoll -> {
            busy = false;
            found += toRoll.size();
            if (cells.size() < CELLS_AT_ONCE) {
                counted = found;
                found = 0;
                from = Bytes.EMPTY;
                resting = REST_MILLIS / LOOK_MILLIS;
            }
        });
    }

    private List<CellId> next() {
        List<CellId> cells = new ArrayList<>();
        Bytes end = Key.after(Bytes.of((byte) 0xff));
        setting.store().scan(Space.SUBJECTS, from, end, (key, value) -> {
            cells.add(Key.cellAt(key, CellId.SIZE_BYTES));
            from = Key.after(key);
            return cells.size() < CELLS_AT_ONCE;
        });
        return cells;
    }
}
