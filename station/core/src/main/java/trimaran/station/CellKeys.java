package trimaran.station;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
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

    /** Where the log has an entry that draws a key, and in which session it was written. */
    private record Drawn(long index, Digest session) {
        /** Its entry has no place yet, and will have one: nothing is newer. */
        static final Drawn AHEAD = new Drawn(Long.MAX_VALUE, Digest.ZERO);
    }

    /** No order to roll: every position is behind it. */
    private static final long NEVER = -1;

    private final CellKey own;
    private final Map<CellId, CellKey> later = new HashMap<>();
    private final Map<CellId, Drawn> drawn = new HashMap<>();
    /** What headers say that were not compared with a checkpoint yet: any tier can write such. */
    private final Map<CellId, Drawn> unproven = new HashMap<>();

    /** Asked for in vain: what is sealed with them is not read here so far. */
    private final Map<CellId, Code> missing = new HashMap<>();

    /** Of which two tiers' shares make none, and a third gave nothing: since when; monotonic clock. */
    private final Map<CellId, Long> unmadeNanos = new HashMap<>();

    /** Drawn at this station since the cell was opened, whatever becomes of their entries. */
    private final Set<CellId> here = new HashSet<>();

    private CellId newest = CellId.NONE;
    /** Positions of orders in the log: a clock that was put back gives order and key one time. */
    private long ordered = NEVER;

    private long doubted = NEVER;
    /** The last order there was as the tiers were asked, whether it means this cell or not. */
    private long asked = NEVER;

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

    /** Whether the newest key's entry has no place yet, as far as is known here. */
    boolean isAhead() {
        return Drawn.AHEAD.equals(drawn.get(newest));
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

    /** Takes a later key this station drew itself: what is sealed with it is read here, and nothing else is sealed with it yet. */
    void drew(NewCell opening, CellKey key) {
        here.add(opening.cell());
        learn(opening, key);
    }

    /** The entry that draws this key will have its place, as far as anybody can know: what is written next is sealed with it. */
    void offer(CellId key) {
        if (later.containsKey(key)) {
            drawn.putIfAbsent(key, Drawn.AHEAD);
            choose();
        }
    }

    /** The later keys of this cell somebody drew in one of these sessions, or whoever is here. */
    Set<CellId> drawnBy(Predicate<Digest> session) {
        Set<CellId> all = new HashSet<>(here);
        drawn.forEach((key, place) -> {
            if (session.test(place.session())) {
                all.add(key);
            }
        });
        return all;
    }

    /** Whether a key that is not here may still come: the record has it, and nobody said for good that it is not to be had. */
    boolean mayCome(CellPart part) {
        return drawn.containsKey(part.under())
                && why(part).filter(CellKeys::isLasting).isEmpty();
    }

    /** An entry with this place opens these cells, later keys of this one among them; it counts once it is proven. */
    void placed(Iterable<NewCell> opened, long index, Digest session) {
        for (NewCell cell : opened) {
            boolean mine = cell.kind() == CellKind.KEY && cell.subject().equals(own.cell());
            // None is no cell: under that name would stand when the cell's own key was drawn.
            if (mine && !cell.cell().equals(CellId.NONE)) {
                unproven.put(cell.cell(), new Drawn(index, session));
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

    /**
     * Two tiers' shares make no key and the third gives nothing. Whether it has been so for longer than a tier that is behind or begins
     * takes: then the cell would stay shut for as long as that is away, and what is sealed with that key is left out.
     */
    boolean hasWaited(CellId key, long nowNanos) {
        long since = unmadeNanos.computeIfAbsent(key, first -> nowNanos);
        return nowNanos - since >= StationLimits.NO_KEY_MILLIS * 1_000_000;
    }

    /** A key was asked for and is not to be had: what is sealed with it is left out, and nothing else for its sake. */
    void miss(CellId key, Code why) {
        missing.put(key, why);
    }

    /**
     * Whether a key asked for in vain is left out of what is read: enough tiers answered, and what they gave makes none, or there are too
     * many. Whatever else was said is of the moment.
     */
    static boolean isLasting(Code why) {
        return why == Code.BAD_SHARE || why == Code.TOO_LARGE;
    }

    /** What was not to be had for a moment is asked for anew; false if there is none. */
    boolean forgetPassing() {
        return missing.values().removeIf(why -> !isLasting(why));
    }

    /** Why what a part is sealed with is not to be had; empty while it was not asked for. */
    Optional<Code> why(CellPart part) {
        return Optional.ofNullable(missing.get(part.under()));
    }

    /** Keys that were asked for in vain. */
    List<CellId> missed() {
        return List.copyOf(missing.keySet());
    }

    /** The entry that was to draw these keys is refused: nothing more is sealed with them. What was, stays readable here. */
    void undraw(Iterable<NewCell> opened) {
        for (NewCell cell : opened) {
            drawn.remove(cell.cell(), Drawn.AHEAD);
            here.remove(cell.cell());
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
     * @param order where the last order stands that this station's own registry knew as they were asked: one that lies has a key drawn
     *     once for each
     */
    void told(boolean toRoll, long order) {
        if (toRoll) {
            ordered = Math.max(ordered, order);
        }
        asked = Math.max(asked, order);
        if (doubted <= order) {
            doubted = NEVER;
        }
    }

    /** There is an order here, and nobody was asked yet whether it means this cell: whoever writes before that draws a key. */
    void doubt(long order) {
        doubted = Math.max(doubted, order);
    }

    boolean isInDoubt() {
        return doubted > NEVER;
    }

    /**
     * Whether the next writer draws a new key. Keepers judge a cell by the newest key the record has, whoever drew it and whether anybody
     * can have it: where that is not here, what is written would lie under an older one, which may be the stolen one. Unless that one was
     * drawn after every order, too: else one who goes on drawing rubbish would have all others go on drawing keys.
     */
    boolean isToRoll() {
        Drawn last = drawn.get(newest);
        long since = Math.max(doubted, ordered);
        if (isNewestMissing()) {
            since = Math.max(since, asked);
        }
        return since > NEVER && (last == null || last.index() < since);
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
