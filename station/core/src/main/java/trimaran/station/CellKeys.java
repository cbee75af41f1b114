package trimaran.station;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;

/**
 * The keys of one open cell: its own, and the later ones it was given after what it was released to fell (DESIGN §6). A part names the
 * one it is sealed with. On the loop only.
 */
final class CellKeys {

    /** Brings a later key of an open cell, if it may be had, then goes on. */
    interface Source {
        void bring(OpenCell cell, CellId key, Runnable then);
    }

    /** Where the log has an entry that draws a key. */
    private record Drawn(long index, RecordTime time) {
        /** It was drawn here, and its entry has no place yet: nothing is newer. */
        static final Drawn HERE = new Drawn(Long.MAX_VALUE, new RecordTime(Long.MAX_VALUE));
    }

    private final CellKey own;
    private final Map<CellId, CellKey> later = new HashMap<>();
    private final Map<CellId, Drawn> drawn = new HashMap<>();
    private CellId newest = CellId.NONE;
    private RecordTime ordered = RecordTime.ZERO;
    private Request.Purpose purpose = Request.Purpose.CARE;

    CellKeys(CellKey own) {
        this.own = own;
    }

    CellKey own() {
        return own;
    }

    /** For what the cell was opened: a later key is asked for in the same name. */
    void openedFor(Request.Purpose purpose) {
        this.purpose = purpose;
    }

    Request.Purpose purpose() {
        return purpose;
    }

    /** What a part is sealed with; empty if it is a later key that was not brought yet. */
    Optional<CellKey> of(CellPart part) {
        return part.isRolled() ? Optional.ofNullable(later.get(part.under())) : Optional.of(own);
    }

    boolean has(CellPart part) {
        return of(part).isPresent();
    }

    /** The cell that holds the newest key; none while its own is. */
    CellId newest() {
        return newest;
    }

    /** What is written now is sealed with it, unless it is to be rolled. */
    CellKey newestKey() {
        return later.getOrDefault(newest, own);
    }

    /** Takes a later key, named after the cell that holds it: what is sealed with it is sealed in the name of the cell it belongs to. */
    void learn(NewCell opening, CellKey key) {
        CellKey known = later.putIfAbsent(opening.cell(), new CellKey(own.cell(), key.secret()));
        if (known != null) {
            drop(key, known);
        }
        choose();
    }

    /** Takes a later key this station drew itself: what is written next is sealed with it, before its entry has a place. */
    void draw(NewCell opening, CellKey key) {
        drawn.putIfAbsent(opening.cell(), Drawn.HERE);
        learn(opening, key);
    }

    /** An entry with this place opens these cells, later keys of this one among them. */
    void placed(Iterable<NewCell> opened, long index, RecordTime time) {
        for (NewCell cell : opened) {
            if (cell.kind() == CellKind.KEY && cell.subject().equals(own.cell())) {
                drawn.put(cell.cell(), new Drawn(index, time));
            }
        }
        choose();
    }

    /** The entry that was to draw these keys is refused: nothing may be sealed with them. */
    void undraw(Iterable<NewCell> opened) {
        for (NewCell cell : opened) {
            if (drawn.remove(cell.cell(), Drawn.HERE)) {
                CellKey key = later.remove(cell.cell());
                if (key != null) {
                    key.wipe();
                }
            }
        }
        choose();
    }

    private void choose() {
        long last = -1;
        newest = CellId.NONE;
        for (CellId key : later.keySet()) {
            Drawn place = drawn.get(key);
            if (place != null && place.index() > last) {
                last = place.index();
                newest = key;
            }
        }
    }

    /**
     * A tier says the cell is to be rolled.
     *
     * @param time when the last order counts from that this station's own registry knows: one that lies has a key drawn once for each
     */
    void toRoll(RecordTime time) {
        ordered = time.isAfter(ordered) ? time : ordered;
    }

    /** Whether the next writer draws a new key. */
    boolean isToRoll() {
        Drawn last = drawn.get(newest);
        return ordered.isAfter(RecordTime.ZERO) && (last == null || !last.time().isAfter(ordered));
    }

    /** The cell was opened once more: the other copy of its key is not needed. */
    void keepOne(CellKey other) {
        drop(other, own);
    }

    @SuppressWarnings("ReferenceEquality")
    private static void drop(CellKey other, CellKey kept) {
        // The very same copy may come back, and must then not be wiped.
        if (other.secret().expose() != kept.secret().expose()) {
            other.wipe();
        }
    }

    void wipe() {
        own.wipe();
        later.values().forEach(CellKey::wipe);
        later.clear();
    }
}
