package trimaran.station;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;

/**
 * The keys of one open cell: its own, and the later ones it was given after what it was released to fell (DESIGN §6). A part names the
 * one it is sealed with. On the loop only.
 */
final class CellKeys {

    /** Brings later keys of an open cell, as far as they may be had, then goes on. */
    interface Source {
        void bring(OpenCell cell, List<CellId> keys, Runnable then);
    }

    /** Where the log has an entry that draws a key. */
    private record Drawn(long index, RecordTime time) {
        /** It was drawn here, and its entry has no place yet: nothing is newer. */
        static final Drawn HERE = new Drawn(Long.MAX_VALUE, new RecordTime(Long.MAX_VALUE));
    }

    private final CellKey own;
    private final Map<CellId, CellKey> later = new HashMap<>();
    private final Map<CellId, Drawn> drawn = new HashMap<>();
    /** What headers say that were not compared with a checkpoint yet: any tier can write such. */
    private final Map<CellId, Drawn> unproven = new HashMap<>();

    /** Asked for in vain: what is sealed with them is not read here so far. */
    private final Map<CellId, Code> missing = new HashMap<>();

    private CellId newest = CellId.NONE;
    private RecordTime ordered = RecordTime.ZERO;
    private RecordTime doubted = RecordTime.ZERO;
    /** The last order there was as the tiers were asked, whether it means this cell or not. */
    private RecordTime asked = RecordTime.ZERO;

    CellKeys(CellKey own) {
        this.own = own;
    }

    CellKey own() {
        return own;
    }

    /** What a part is sealed with; empty if it is a later key that was not brought yet. */
    Optional<CellKey> of(CellPart part) {
        return part.isRolled() ? Optional.ofNullable(later.get(part.under())) : Optional.of(own);
    }

    boolean has(CellPart part) {
        return of(part).isPresent();
    }

    /** Whether this later key is here. */
    boolean has(CellId key) {
        return later.containsKey(key);
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
        missing.remove(opening.cell());
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

    /** An entry with this place opens these cells, later keys of this one among them; it counts once it is proven. */
    void placed(Iterable<NewCell> opened, long index, RecordTime time) {
        for (NewCell cell : opened) {
            boolean mine = cell.kind() == CellKind.KEY && cell.subject().equals(own.cell());
            // None is no cell: under that name would stand when the cell's own key was drawn.
            if (mine && !cell.cell().equals(CellId.NONE)) {
                unproven.put(cell.cell(), new Drawn(index, time));
            }
        }
    }

    /** All that was placed so far stands in the tree a quorum signed. */
    void proven() {
        drawn.putAll(unproven);
        unproven.clear();
        choose();
    }

    /** What was placed since the last proof is forgotten, and every key is asked for anew: the tier that gave it could not prove it. */
    void reset() {
        unplaced();
        missing.clear();
    }

    /** What was placed since the last proof is forgotten. */
    void unplaced() {
        unproven.clear();
    }

    /** A key was asked for and is not to be had: what is sealed with it is left out, and nothing else for its sake. */
    void miss(CellId key, Code why) {
        missing.put(key, why);
    }

    /** Why what a part is sealed with is not to be had; empty while it was not asked for. */
    Optional<Code> why(CellPart part) {
        return Optional.ofNullable(missing.get(part.under()));
    }

    /** Keys that were asked for in vain. */
    List<CellId> missed() {
        return List.copyOf(missing.keySet());
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
     * What the tiers that were asked say.
     *
     * @param time when the last order counts from that this station's own registry knew as they were asked: one that lies has a key
     *     drawn once for each
     */
    void told(boolean toRoll, RecordTime time) {
        if (toRoll && time.isAfter(ordered)) {
            ordered = time;
        }
        asked = time.isAfter(asked) ? time : asked;
        if (!doubted.isAfter(time)) {
            doubted = RecordTime.ZERO;
        }
    }

    /** There is an order of this time, and nobody was asked yet whether it means this cell: whoever writes before that draws a key. */
    void doubt(RecordTime time) {
        doubted = time.isAfter(doubted) ? time : doubted;
    }

    boolean isInDoubt() {
        return doubted.isAfter(RecordTime.ZERO);
    }

    /**
     * Whether the next writer draws a new key. Keepers judge a cell by the newest key the record has, whoever drew it and whether anybody
     * can have it: where that is not here, what is written would lie under an older one, which may be the stolen one. Unless that one was
     * drawn after every order, too: else one who goes on drawing rubbish would have all others go on drawing keys.
     */
    boolean isToRoll() {
        Drawn last = drawn.get(newest);
        RecordTime since = doubted.isAfter(ordered) ? doubted : ordered;
        if (isNewestMissing()) {
            since = since.isAfter(asked) ? since : asked;
        }
        return since.isAfter(RecordTime.ZERO) && (last == null || !last.time().isAfter(since));
    }

    private boolean isNewestMissing() {
        return drawn.entrySet().stream()
                .max(Comparator.comparingLong(one -> one.getValue().index()))
                .filter(last -> !later.containsKey(last.getKey()))
                .isPresent();
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
