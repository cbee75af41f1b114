package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Digest;

/** What the tiers hold, for data to place: each tier offers data what it holds, so data's held set is the union. */
public final class HeldUnion {

    private final HeldSet held;
    private final Copy copy;

    HeldUnion(HeldSet held, Copy copy) {
        this.held = held;
        this.copy = copy;
    }

    HeldSet held() {
        return held;
    }

    /** What has no place yet, in the order it has to be tried. */
    public List<Digest> unplaced() {
        return held.unplaced();
    }

    /** A held entry, with the statements known. */
    public Optional<HeldEntry> of(Digest entry) {
        return held.of(entry);
    }

    /**
     * Drops what is held under a header nobody can have held it under; false where that is not so. Whoever holds it in truth offers it
     * again within a second.
     */
    public boolean dropUntrue(Digest entry) {
        boolean untrue = held.isUntrue(entry);
        if (untrue) {
            held.drop(entry);
        }
        return untrue;
    }

    /** Whether a held entry can count for nothing, now or later, and its void place is not known here yet. */
    public boolean isLost(Digest entry) {
        return copy.voided(entry).isEmpty()
                && held.of(entry).flatMap(held::lost).isPresent();
    }
}
