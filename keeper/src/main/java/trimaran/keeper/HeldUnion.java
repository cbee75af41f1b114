package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.record.Header;

/** What the tiers hold, for data to place: each tier offers data what it holds, so data's held set is the union. */
public final class HeldUnion {

    private final HeldSet held;
    private final Copy copy;
    private final HeldSearch search;

    HeldUnion(HeldSet held, Copy copy) {
        this.held = held;
        this.copy = copy;
        this.search = new HeldSearch(held, copy);
    }

    /** What has no place yet, in the order it has to be tried. */
    public List<Digest> unplaced() {
        return held.unplaced();
    }

    /** A held entry, with the statements known. */
    public Optional<HeldEntry> of(Digest entry) {
        return held.of(entry);
    }

    /** Whether a held entry can count for nothing, now or later, and its void place is not known here yet. */
    public boolean isLost(Digest entry) {
        return copy.voided(entry).isEmpty()
                && held.of(entry).flatMap(held::lost).isPresent();
    }

    /** Drops a held entry nobody was promised anything about. */
    public void drop(Digest entry) {
        held.drop(entry);
    }

    /** Whether an entry opens a cell that another one opens which is held here. */
    public boolean opensAlso(Header header) {
        return search.opensAlso(header);
    }
}
