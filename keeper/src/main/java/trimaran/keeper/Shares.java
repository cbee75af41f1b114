package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
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
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;

/**
 * This keeper's pairs of shares, on disk by generation and cell, each generation under its own file key: a new one is stored
 * beside the old, and the old lies together where it can be dropped whole.
 *
 * <p>A pair is of the generation its cell was opened in, or of the one this keeper has refreshed all before to, whichever is newer.
 * The position of the opening entry says which, so every keeper comes to the same.
 */
final class Shares {

    /** Cells whose pairs are got back at a time. */
    static final int LACKING_MAX = 4096;

    private final Store store;
    private final KeeperSetting setting;
    private final ShareKeys keys;
    private final Registry registry;
    private final Function<CellId, Optional<Copy.Opening>> openings;
    /** Where each generation but the first begins: position of the statement that named it. */
    private final NavigableMap<Long, Long> begins = new TreeMap<>();

    private List<Long> prepared = List.of();
    private long frozen;
    private long refusedPairs;

    /** @param openings of cells whose entry has its place */
    Shares(KeeperSetting setting, Registry registry, Function<CellId, Optional<Copy.Opening>> openings) {
        this.registry = registry;
        this.store = setting.store();
        this.setting = setting;
        this.keys = setting.keys().shares();
        this.openings = openings;
    }

    /** The log names a generation from this position on. */
    void begun(long generation, long index) {
        begins.put(generation, index);
    }

    /** Position of the statement that named a generation; empty for the first, and for what is not named yet. */
    OptionalLong beginning(long generation) {
        Long index = begins.get(generation);
        return index == null ? OptionalLong.empty() : OptionalLong.of(index);
    }

    /** The generation in which cells are opened by an entry at this position. */
    long openedIn(long index) {
        long generation = begins.isEmpty() ? Math.min(registry.generation(), keys.lowest()) : begins.firstKey() - 1;
        for (Map.Entry<Long, Long> one : begins.entrySet()) {
            if (one.getValue() < index) {
                generation = one.getKey();
            }
        }
        return generation;
    }

    /** The generation the pair of a cell is of here that was opened at this position. */
    long of(long index) {
        return Math.max(openedIn(index), refreshed());
    }

    /** What was opened before it was refreshed to this generation. */
    long refreshed() {
        return keys.lowest();
    }

    /** Where this keeper may begin with what it is given, looked at once for all that is taken in together. */
    SharesBeginning fromNow() {
        return new SharesBeginning(this, store, keys, registry);
    }

    /** Whether the log names a generation this keeper has not refreshed its pairs to. */
    boolean isRefreshing() {
        return registry.generation() > refreshed();
    }

    /**
     * While a refresh is prepared here and not over everywhere, what it made counts beside what was before.
     *
     * @param generations prepared and not gone over to, ascending
     * @param before nothing that was opened before this position is taken in meanwhile: it would be of what goes, and in no digest
     */
    void prepared(List<Long> generations, long before) {
        prepared = List.copyOf(generations);
        frozen = before;
    }

    /** The generations this keeper has prepared and not yet gone over to. */
    List<Long> prepared() {
        return prepared;
    }

    /** Whether a pair of a cell that was opened here is taken in only once the refresh is over. */
    boolean isFrozen(long index) {
        return index < frozen;
    }

    /** Position of the entry that opened a cell. */
    OptionalLong openedAt(CellId cell) {
        return openings.apply(cell)
                .map(opening -> OptionalLong.of(opening.index()))
                .orElse(OptionalLong.empty());
    }

    private OptionalLong generationOf(CellId cell) {
        OptionalLong index = openedAt(cell);
        return index.isEmpty() ? index : OptionalLong.of(of(index.getAsLong()));
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
            return Outcome.refused(Code.BAD_SHARE, "the entry brings no shares for this tier");
        }
        Optional<SealingKeyPair> sealing = keys.sealing(mine.get().generation());
        if (sealing.isEmpty()) {
            return Outcome.refused(Code.BAD_SHARE, "the shares for this tier are sealed to a key it does not have");
        }
        try {
            ShareEnvelope.Address address = new ShareEnvelope.Address(
                    setting.party(), mine.get().generation(), Escrow.associatedData(author.origin(), author.nonce()));
            List<CellCommitments> committed =
                    author.newCells().stream().map(Shares::commitments).toList();
            return switch (ShareEnvelope.open(sealing.get(), address, mine.get().sealed())) {
                case Outcome.Refused<Bytes>(var refusal) -> Outcome.refused(refusal);
                case Outcome.Done<Bytes>(Bytes content) ->
                    Reader.whole(content, SharePackage::read).check(committed);
            };
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.BAD_SHARE, "the shares for this tier cannot be read");
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
                        puts.add(
                                !isTaken(openedIn(index))
                                        ? lacks(new Lacking(one.cell(), index, true))
                                        : put(openedIn(index), one.cell(), one.pair()));
                    } else if (isWanted(one.cell())) {
                        puts.addAll(asOpened(one.cell(), one.pair()));
                    }
                    one.pair().wipe();
                }
            }
        }
        return puts;
    }

    /**
     * Whether pairs of cells opened in this generation are taken as their authors drew them: they were not refreshed since, and the record
     * names no keys for it that this keeper never drew.
     */
    private boolean isTaken(long generation) {
        return generation >= refreshed() && keys.generation(generation).isPresent();
    }

    /** What an entry's envelopes, which came later than it, make good of what is lacking of the cells it opened. */
    List<Store.Change> late(AuthorPart author, Escrow escrow, long index) {
        List<Store.Change> changes = new ArrayList<>();
        if (open(author, escrow) instanceof Outcome.Done<SharePackage>(SharePackage pairs)) {
            for (SharePackage.CellPair one : pairs.pairs()) {
                if (isWanted(one.cell())) {
                    changes.addAll(asOpened(one.cell(), one.pair()));
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

    /** The changes by which a pair on disk that is good for nothing counts as lacking, to be got back from the others. */
    List<Store.Change> lost(long generation, Copy.Opening opening) {
        CellId cell = opening.cell().cell();
        return List.of(
                new Remove(Space.SHARES, Key.share(generation, cell)), lacks(new Lacking(cell, opening.index(), true)));
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
        eachLacking(Optional.empty(), goesOn);
    }

    /** @param after the cell behind which to begin */
    void eachLacking(Optional<CellId> after, Predicate<Lacking> goesOn) {
        Bytes from = after.map(cell -> Key.after(Key.lacking(cell))).orElse(Key.LACKING);
        store.scan(Space.STATE, from, Key.after(Key.LACKING), (key, value) -> {
            CellId cell = Key.cellAt(key, 8);
            return goesOn.test(Copy.own(value, reader -> new Lacking(cell, reader.count(), reader.flag())));
        });
    }

    /** Whether a pair as an author drew it is of use: there is none here, and the cell was not refreshed since, nor is now. */
    boolean isWanted(CellId cell) {
        OptionalLong index = openedAt(cell);
        return index.isPresent() && !isFrozen(index.getAsLong()) && isTaken(openedIn(index.getAsLong())) && !has(cell);
    }

    /** The changes that take in a pair as its author drew it. */
    List<Store.Change> asOpened(CellId cell, SharePair pair) {
        return found(openedIn(openedAt(cell).orElseThrow()), cell, pair);
    }

    /** The changes that take in the pair of a cell of which none was kept here. */
    List<Store.Change> found(long generation, CellId cell, SharePair pair) {
        return List.of(put(generation, cell, pair), new Remove(Space.STATE, Key.lacking(cell)));
    }

    /** Stores a pair under the file key of its generation, which MUST be here. */
    Store.Change put(long generation, CellId cell, SharePair pair) {
        GenerationKey file = keys.generation(generation).orElseThrow().file();
        return new Put(Space.SHARES, Key.share(generation, cell), file.sealPair(cell, pair, setting.entropy()));
    }

    /** Whether a pair of its present generation is kept here. */
    boolean has(CellId cell) {
        OptionalLong generation = generationOf(cell);
        return generation.isPresent()
                && store.get(Space.SHARES, Key.share(generation.getAsLong(), cell))
                        .isPresent();
    }

    /** This keeper's pair of its present generation. */
    Optional<SharePair> pair(CellId cell) {
        return current(cell).map(GenerationPair::pair);
    }

    /** @param generation which refresh, or none, the pair went through last */
    record GenerationPair(long generation, SharePair pair) {}

    /** This keeper's pair of its present generation, with the generation. */
    Optional<GenerationPair> current(CellId cell) {
        OptionalLong generation = generationOf(cell);
        return generation.isEmpty()
                ? Optional.empty()
                : pair(generation.getAsLong(), cell).map(pair -> new GenerationPair(generation.getAsLong(), pair));
    }

    /** This keeper's pairs of a cell in its present generation and in those that are prepared, ascending. */
    List<GenerationPair> handedOut(CellId cell) {
        List<GenerationPair> all = new ArrayList<>(current(cell).stream().toList());
        if (!all.isEmpty()) {
            long present = all.getFirst().generation();
            prepared.stream()
                    .filter(generation -> generation > present)
                    .forEach(generation ->
                            pair(generation, cell).ifPresent(pair -> all.add(new GenerationPair(generation, pair))));
        }
        return all;
    }

    /** This keeper's pair of one generation. */
    Optional<SharePair> pair(long generation, CellId cell) {
        Optional<ShareGeneration> file = keys.generation(generation);
        Optional<Bytes> sealed = store.get(Space.SHARES, Key.share(generation, cell));
        return file.isEmpty() || sealed.isEmpty() ? Optional.empty() : opened(file.get(), cell, sealed.get());
    }

    private static Optional<SharePair> opened(ShareGeneration generation, CellId cell, Bytes sealed) {
        try {
            return switch (generation.file().openPair(cell, sealed)) {
                case Outcome.Done<SharePair>(SharePair pair) -> Optional.of(pair);
                case Outcome.Refused<SharePair> refused -> Optional.empty();
            };
        } catch (MalformedException broken) {
            return Optional.empty();
        }
    }

    /** The generation of shares in use, as the registry names it. */
    ShareGeneration present() {
        return keys.present(registry.generation());
    }

    long generation() {
        return present().number();
    }

    long refusedPairs() {
        return refusedPairs;
    }
}
