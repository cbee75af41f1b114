package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.record.CellKind;
import trimaran.shares.Increments;
import trimaran.shares.SharePair;

/**
 * Makes the new generation of all of this tier's pairs beside the old, a slice at a time, while the tier goes on serving. The same
 * seeds make the same pairs, so a pass that broke off is simply made again.
 */
final class RefreshPass implements Checking {

    /** Pairs between two breaths of the loop: some 20 ms. */
    static final int SLICE = 256;

    private final KeeperSetting setting;
    private final Copy copy;
    private final RefreshSeeds seeds;
    private final long begin;
    private final RefreshDigest digest;
    private final List<Long> left;
    private Optional<CellId> last = Optional.empty();
    private long cells;
    private long damaged;

    /** @param begin position of the statement that named the new generation: cells opened after it are of it */
    RefreshPass(KeeperSetting setting, Copy copy, RefreshSeeds seeds, long begin) {
        this.setting = setting;
        this.copy = copy;
        this.seeds = seeds;
        this.begin = begin;
        this.digest = new RefreshDigest(setting.party(), seeds.generation(), seeds.leftOut());
        this.left = new ArrayList<>(setting.keys().shares().numbers().stream()
                .filter(number -> number < seeds.generation())
                .toList());
    }

    @Override
    public boolean goOn() {
        if (left.isEmpty()) {
            return true;
        }
        long before = left.getFirst();
        List<CellId> found = new ArrayList<>(SLICE);
        Bytes all = Key.number(before);
        Bytes from = last.map(cell -> Key.after(Key.share(before, cell))).orElse(all);
        setting.store().scan(Space.SHARES, from, Key.after(all), (key, value) -> {
            found.add(Key.cellAt(key, 8));
            return found.size() < SLICE;
        });
        List<Store.Change> batch = new ArrayList<>();
        found.forEach(cell -> refresh(before, cell, batch));
        setting.store().write(batch);
        if (found.size() < SLICE) {
            left.removeFirst();
            last = Optional.empty();
        } else {
            last = Optional.of(found.getLast());
        }
        return left.isEmpty();
    }

    private void refresh(long before, CellId cell, List<Store.Change> batch) {
        Shares shares = copy.shares();
        Optional<Copy.Opening> opening = copy.opening(cell);
        if (opening.isEmpty()
                || opening.get().index() >= begin
                || shares.of(opening.get().index()) != before) {
            return;
        }
        Optional<SharePair> old = shares.pair(before, cell);
        boolean asDrawn = shares.openedIn(opening.get().index()) == before;
        if (old.isEmpty()
                || (asDrawn
                        && !Shares.commitments(opening.get().cell())
                                .check(old.get())
                                .isDone())) {
            // Got back from the two others before the next pass.
            damaged++;
            batch.addAll(shares.lost(before, opening.get()));
            batch.add(new Store.Change.Remove(Space.SHARES, Key.share(seeds.generation(), cell)));
            return;
        }
        SharePair fresh = opening.get().cell().kind() == CellKind.LOOKUP ? old.get() : refreshed(cell, old.get());
        digest.add(before, cell, fresh);
        batch.add(shares.put(seeds.generation(), cell, fresh));
        cells++;
        old.get().wipe();
        fresh.wipe();
    }

    /** The lookup secrets alone stay as they are: under others nobody would find what was indexed (DESIGN §8). */
    private SharePair refreshed(CellId cell, SharePair old) {
        Increments increments = seeds.increments(cell);
        Outcome<SharePair> fresh = increments.refresh(old);
        increments.wipe();
        return switch (fresh) {
            case Outcome.Done<SharePair>(SharePair pair) -> pair;
            case Outcome.Refused<SharePair>(var refusal) -> throw new IllegalStateException(refusal.sentence());
        };
    }

    long generation() {
        return seeds.generation();
    }

    long cells() {
        return cells;
    }

    /** Pairs that were good for nothing. The digests say nothing then. */
    long damaged() {
        return damaged;
    }

    RefreshDigest.Both digests() {
        return digest.digests();
    }
}
