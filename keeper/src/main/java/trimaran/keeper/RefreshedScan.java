package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.line.message.Prepared;
import trimaran.shares.SharePair;

/**
 * Goes over all pairs a refresh made, to hold them against what tiers said when they had prepared it: an entry's commitments know
 * its cell's shares as they were drawn and no later ones.
 */
final class RefreshedScan implements Checking {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Prepared word;
    private final long begin;
    private final RefreshDigest digest;
    private final Set<CellId> uncovered;
    private Optional<CellId> last = Optional.empty();
    private long leftOut;

    /**
     * @param word of any tier: which generation, from which, without which cells
     * @param begin position of the statement that named the generation
     */
    RefreshedScan(KeeperSetting setting, Copy copy, Prepared word, long begin) {
        this.setting = setting;
        this.copy = copy;
        this.word = word;
        this.begin = begin;
        this.uncovered = new HashSet<>(word.leftOut());
        this.digest = new RefreshDigest(setting.party(), word.generation(), uncovered);
    }

    @Override
    public boolean goOn() {
        List<CellId> found = new ArrayList<>(RefreshPass.SLICE);
        Bytes all = Key.number(word.generation());
        Bytes from =
                last.map(cell -> Key.after(Key.share(word.generation(), cell))).orElse(all);
        setting.store().scan(Space.SHARES, from, Key.after(all), (key, value) -> {
            found.add(Key.cellAt(key, 8));
            return found.size() < RefreshPass.SLICE;
        });
        found.forEach(this::add);
        last = found.isEmpty() ? last : Optional.of(found.getLast());
        return found.size() < RefreshPass.SLICE;
    }

    private void add(CellId cell) {
        Optional<Copy.Opening> opening = copy.opening(cell);
        if (opening.isPresent() && opening.get().index() < begin) {
            long before =
                    Math.max(word.base(), copy.shares().openedIn(opening.get().index()));
            Optional<SharePair> pair = copy.shares().pair(word.generation(), cell);
            pair.ifPresent(one -> {
                leftOut += uncovered.contains(cell) ? 1 : 0;
                digest.add(before, cell, one);
                one.wipe();
            });
        }
    }

    long begin() {
        return begin;
    }

    /** Pairs of cells some tier had no shares of: no digest covers them. */
    long leftOut() {
        return leftOut;
    }

    RefreshDigest.Both digests() {
        return digest.digests();
    }
}
