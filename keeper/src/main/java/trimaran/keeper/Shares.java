package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.AuthorPart;
import trimaran.record.Escrow;
import trimaran.record.NewCell;
import trimaran.record.Registry;
import trimaran.shares.CellCommitments;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.ShareGeneration;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;

/**
 * This keeper's pairs of shares, on disk by generation and cell, each generation under its own file key: a new one is stored
 * beside the old, and the old lies together where it can be dropped whole.
 */
final class Shares {

    /** Cells whose pairs are got back at a time. */
    static final int LACKING_MAX = 4096;

    private final Store store;
    private final KeeperSetting setting;
    private final Registry registry;
    private long refusedPairs;

    Shares(KeeperSetting setting, Registry registry) {
        this.registry = registry;
        this.store = setting.store();
        this.setting = setting;
    }

    /** The commitments an entry makes for a cell, in the shape the share code wants. */
    static CellCommitments commitments(NewCell cell) {
        List<Digest> shares = cell.shareCommitments();
        return new CellCommitments(cell.cell(), cell.keyCommitment(), shares.get(0), shares.get(1), shares.get(2));
    }

    /** This keeper's pairs out of an entry's escrow, checked against the entry's commitments. */
    Outcome<SharePackage> open(AuthorPart author, Escrow escrow) {
        Optional<Escrow.Envelope> mine = escrow.of(setting.party());
        if (mine.isEmpty()) {
            return Outcome.refused(trimaran.kernel.Code.BAD_SHARE, "the entry brings no shares for this tier");
        }
        Optional<ShareGeneration> keys = setting.keys().generation(mine.get().generation());
        if (keys.isEmpty()) {
            return Outcome.refused(
                    trimaran.kernel.Code.BAD_SHARE, "the shares for this tier are sealed to a key it does not have");
        }
        try {
            ShareEnvelope.Address address = new ShareEnvelope.Address(
                    setting.party(), mine.get().generation(), Escrow.associatedData(author.origin(), author.nonce()));
            List<CellCommitments> committed =
                    author.newCells().stream().map(Shares::commitments).toList();
            return switch (ShareEnvelope.open(
                    keys.get().sealing(), address, mine.get().sealed())) {
                case Outcome.Refused<Bytes>(var refusal) -> Outcome.refused(refusal);
                case Outcome.Done<Bytes>(Bytes content) ->
                    Reader.whole(content, SharePackage::read).check(committed);
            };
        } catch (MalformedException malformed) {
            return Outcome.refused(trimaran.kernel.Code.BAD_SHARE, "the shares for this tier cannot be read");
        }
    }

    /**
     * The changes that take an entry's pairs in. A bad pair of an entry that has its place does not stop the log, or one author
     * could stop it for all: the pair is left out, counted and alarmed, and the cell opens from the two other tiers.
     *
     * @param opened the cells it is the first to open; of the others it may bring what the first did not
     */
    List<Store.Change> taken(EntryContent content, long index, Set<CellId> opened) {
        List<Store.Change> puts = new ArrayList<>();
        switch (open(content.header().author(), content.escrow())) {
            case Outcome.Refused<SharePackage> refused -> {
                refusedPairs++;
                boolean brought = !content.escrowBytes().isEmpty();
                opened.forEach(cell -> puts.add(lacks(new Lacking(cell, index, brought))));
            }
            case Outcome.Done<SharePackage>(SharePackage pairs) -> {
                for (SharePackage.CellPair one : pairs.pairs()) {
                    if (opened.contains(one.cell())) {
                        puts.add(put(one.cell(), one.pair()));
                    } else if (!has(one.cell())) {
                        puts.addAll(found(one.cell(), one.pair()));
                    }
                    one.pair().wipe();
                }
            }
        }
        return puts;
    }

    /** What an entry's envelopes, which came later than it, make good of what is lacking of the cells it opened. */
    List<Store.Change> late(AuthorPart author, Escrow escrow, long index) {
        List<Store.Change> changes = new ArrayList<>();
        if (open(author, escrow) instanceof Outcome.Done<SharePackage>(SharePackage pairs)) {
            for (SharePackage.CellPair one : pairs.pairs()) {
                if (!has(one.cell())) {
                    changes.addAll(found(one.cell(), one.pair()));
                }
                one.pair().wipe();
            }
        } else {
            author.newCells().stream()
                    .filter(cell -> !has(cell.cell()))
                    .forEach(cell -> changes.add(lacks(new Lacking(cell.cell(), index, true))));
        }
        return changes;
    }

    private static Store.Change lacks(Lacking one) {
        return new Put(
                Space.STATE,
                Key.lacking(one.cell()),
                new Writer(9).i64(one.index()).flag(one.brought()).toBytes());
    }

    /** This keeper's pairs of the cells a held entry opens; none if they are good for nothing. */
    List<SharePackage.CellPair> brought(HeldEntry one, Blobs blobs) {
        return open(one.header().author(), one.escrow(blobs)) instanceof Outcome.Done<SharePackage>(SharePackage pairs)
                ? pairs.pairs()
                : List.of();
    }

    /**
     * A cell of which this keeper has no pair.
     *
     * @param index position of the entry that opened it
     * @param brought whether that entry came with an envelope, which then was good for nothing
     */
    record Lacking(CellId cell, long index, boolean brought) {}

    /** Those of them wanted, in the order of their names. */
    List<Lacking> lacking(Predicate<Lacking> wanted) {
        List<Lacking> all = new ArrayList<>();
        eachLacking(one -> {
            if (wanted.test(one)) {
                all.add(one);
            }
            return all.size() < LACKING_MAX;
        });
        return all;
    }

    /** How many there are. */
    long lackingCount() {
        long[] count = {0};
        eachLacking(one -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    /** @param goesOn told each, in the order of their names, until it wants no more */
    void eachLacking(Predicate<Lacking> goesOn) {
        store.scan(Space.STATE, Key.LACKING, Key.after(Key.LACKING), (key, value) -> {
            CellId cell = Key.cellAt(key, 8);
            return goesOn.test(Copy.own(value, reader -> new Lacking(cell, reader.count(), reader.flag())));
        });
    }

    /** The changes that take in the pair of a cell of which none was kept here. */
    List<Store.Change> found(CellId cell, SharePair pair) {
        return List.of(put(cell, pair), new Remove(Space.STATE, Key.lacking(cell)));
    }

    private Store.Change put(CellId cell, SharePair pair) {
        ShareGeneration present = present();
        return new Put(
                Space.SHARES,
                Key.share(present.number(), cell),
                present.file().sealPair(cell, pair, setting.entropy()));
    }

    /** Whether a pair of the present generation is kept here. */
    boolean has(CellId cell) {
        return store.get(Space.SHARES, Key.share(generation(), cell)).isPresent();
    }

    /** This keeper's pair of the present generation. */
    Optional<SharePair> pair(CellId cell) {
        ShareGeneration present = present();
        Optional<Bytes> sealed = store.get(Space.SHARES, Key.share(present.number(), cell));
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return switch (present.file().openPair(cell, sealed.get())) {
                case Outcome.Done<SharePair>(SharePair pair) -> Optional.of(pair);
                case Outcome.Refused<SharePair> refused -> Optional.empty();
            };
        } catch (MalformedException broken) {
            return Optional.empty();
        }
    }

    /** The generation of shares in use, as the registry names it. */
    ShareGeneration present() {
        return setting.keys().present(registry.party(setting.party()).generation());
    }

    long generation() {
        return present().number();
    }

    long refusedPairs() {
        return refusedPairs;
    }
}
