package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import trimaran.backup.BackupFolder;
import trimaran.backup.Manifest;
import trimaran.backup.SharesReader;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.RefreshStep;
import trimaran.party.OwnKeys;
import trimaran.process.SystemEntropy;
import trimaran.record.CellKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.shares.Increments;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;
import trimaran.store.RocksStore;

/**
 * What somebody can open who stole the folders of tiers, each at its time: every key in them, and of the stores all rows there are,
 * those too that were removed and lie in a file that was not tidied yet. It tries every share it finds with every other, and every
 * seed of a refresh it finds on every share.
 */
final class ShareThief {

    private static final int SHARE_KEY_BYTES = 24;
    private static final int OPENING_KEY_BYTES = 25;
    /** A seed with a few cells left out; larger rows are no seeds. */
    private static final int SEED_BYTES_MAX = 4_096;

    private static final long FAR = Long.MAX_VALUE;

    private final SystemEntropy entropy = new SystemEntropy();
    private final List<ShareKeys> keys = new ArrayList<>();
    private final Map<CellId, NewCell> openings = new LinkedHashMap<>();
    private final Map<CellId, Long> openedAt = new HashMap<>();
    private final FoundShares shares = new FoundShares();
    private final List<Map.Entry<CellId, SharePair>> pairs = new ArrayList<>();
    private final SortedMap<Long, Set<Given>> seeds = new TreeMap<>();
    private final List<Path> stores = new ArrayList<>();
    private final Map<Party, Map<Bytes, Set<Bytes>>> rows = new HashMap<>();

    /** A tier's folder as it was stolen; it is read and spoilt, so give it a copy. */
    ShareThief steal(Party tier, Path folder) {
        OwnKeys own = done(OwnKeys.open(tier, folder, entropy));
        keys.add(done(own.shares()));
        Path store = folder.resolve("store");
        Map<Bytes, Set<Bytes>> found = rows.computeIfAbsent(tier, none -> new HashMap<>());
        files(
                store,
                (key, value) ->
                        found.computeIfAbsent(key, none -> new HashSet<>()).add(value));
        try (RocksStore open = RocksStore.open(store, folder.resolveSibling("native"))) {
            for (Space space : List.of(Space.SHARES, Space.ESCROW, Space.STATE)) {
                open.scan(space, Bytes.EMPTY, last(), (key, value) -> {
                    found.computeIfAbsent(key, none -> new HashSet<>()).add(value);
                    return true;
                });
            }
            open.scan(Space.CELLS, Bytes.EMPTY, last(), (key, value) -> {
                if (key.size() == OPENING_KEY_BYTES && key.at(CellId.SIZE_BYTES) == 0) {
                    opening(value);
                }
                return true;
            });
            open.scan(Space.ENTRIES, Bytes.EMPTY, last(), (key, value) -> {
                found.getOrDefault(key, Set.of()).forEach(escrow -> envelopes(value, escrow));
                return true;
            });
        }
        stores.add(store);
        return this;
    }

    /** The shares of a tier as they were put away, with the key that opens them. */
    ShareThief stealBackup(Path folder) throws IOException, MalformedException {
        try (SharesReader backup = SharesReader.open(BackupFolder.open(folder, Manifest.Kind.SHARES))) {
            for (long row = 0; row < backup.rows(); row++) {
                if (backup.pair(row) instanceof Outcome.Done<SharePair>(SharePair pair)) {
                    found(backup.cell(row), pair);
                }
            }
        }
        return this;
    }

    private static Bytes last() {
        byte[] last = new byte[64];
        java.util.Arrays.fill(last, (byte) 0xff);
        return Bytes.wrap(last);
    }

    /** Rows of every file of a store by itself, whatever newer ones say. */
    private static void files(Path store, BiConsumer<Bytes, Bytes> each) {
        try (Stream<Path> files = Files.list(store)) {
            for (Path file :
                    files.filter(one -> String.valueOf(one).endsWith(".sst")).toList()) {
                try (Options options = new Options();
                        SstFileReader reader = new SstFileReader(options);
                        ReadOptions read = new ReadOptions()) {
                    reader.open(file.toString());
                    try (SstFileReaderIterator rows = reader.newIterator(read)) {
                        for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                            each.accept(Bytes.of(rows.key()), Bytes.of(rows.value()));
                        }
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (RocksDBException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void opening(Bytes value) {
        try {
            Reader reader = new Reader(value);
            long index = reader.i64();
            NewCell cell = NewCell.read(reader);
            openings.put(cell.cell(), cell);
            openedAt.put(cell.cell(), index);
        } catch (MalformedException other) {
            throw new IllegalStateException(other);
        }
    }

    private final List<Map.Entry<Header, Escrow>> escrows = new ArrayList<>();

    private void envelopes(Bytes entry, Bytes escrow) {
        try {
            Header header = Reader.whole(new Reader(entry).bytes(Integer.MAX_VALUE), Header::read);
            escrows.add(Map.entry(header, Escrow.decode(escrow)));
        } catch (MalformedException other) {
            // A row of another space under a key as long as an entry's.
        }
    }

    /** How many cells open with what was stolen, of those opened before this position of the log; the lookup secrets aside. */
    Found open(long before) {
        for (ShareKeys own : keys) {
            rows.values().forEach(map -> map.values().forEach(values -> values.forEach(value -> seed(own, value))));
            rows.values().forEach(map -> map.forEach((key, values) -> values.forEach(value -> pair(own, key, value))));
            escrows.forEach(one -> envelope(own, one.getKey(), one.getValue()));
        }
        // By generation: what one refresh made of a pair the next goes on from.
        seeds.values()
                .forEach(all ->
                        List.copyOf(pairs).forEach(one -> refreshed(one.getKey(), one.getValue(), List.copyOf(all))));
        long cells = 0;
        long opened = 0;
        for (NewCell cell : openings.values()) {
            boolean asked = cell.kind() != CellKind.LOOKUP && openedAt.getOrDefault(cell.cell(), FAR) < before;
            cells += asked ? 1 : 0;
            opened += asked && shares.key(cell.cell(), cell.keyCommitment()).isPresent() ? 1 : 0;
        }
        return new Found(cells, opened, shares.size());
    }

    /**
     * What the loot gave.
     *
     * @param cells that were there to open
     * @param opened of them
     * @param withShares cells of which some share could be read
     */
    record Found(long cells, long opened, long withShares) {}

    private void pair(ShareKeys own, Bytes key, Bytes sealed) {
        if (key.size() != SHARE_KEY_BYTES) {
            return;
        }
        for (long number : own.numbers()) {
            try {
                CellId cell = CellId.read(new Reader(Bytes.ofRange(key.unsafeArray(), 8, SHARE_KEY_BYTES)));
                if (own.generation(number).orElseThrow().file().openPair(cell, sealed)
                        instanceof Outcome.Done<SharePair>(SharePair pair)) {
                    found(cell, pair);
                }
            } catch (MalformedException other) {
                // A row of another space.
            }
        }
    }

    /** A seed of a refresh as it stands in a store, and by which line's key it was given. */
    private record Given(Digest line, RefreshStep.Seed seed) {

        static Given read(Reader reader) throws MalformedException {
            Digest line = reader.digest();
            if (RefreshStep.read(reader) instanceof RefreshStep.Seed seed) {
                return new Given(line, seed);
            }
            throw new MalformedException("another step than a seed");
        }
    }

    /** A seed of a refresh, if it opens as one: with all three a thief goes the same way as the tiers. */
    private void seed(ShareKeys own, Bytes sealed) {
        if (sealed.size() > SEED_BYTES_MAX) {
            return;
        }
        for (long number : own.numbers()) {
            try {
                if (own.generation(number).orElseThrow().file().openSecret("refresh-seed", sealed)
                        instanceof Outcome.Done<SecretBytes>(SecretBytes content)) {
                    Given given = Reader.whole(Bytes.wrap(content.expose()), Given::read);
                    seeds.computeIfAbsent(given.seed().generation(), none -> new LinkedHashSet<>())
                            .add(given);
                }
            } catch (MalformedException other) {
                // A row of another kind.
            }
        }
    }

    /** A pair as any three of the seeds make it: a tier that lies gives two, and one that is made anew another. */
    private void refreshed(CellId cell, SharePair pair, List<Given> all) {
        for (int first = 0; first < all.size(); first++) {
            for (int second = first + 1; second < all.size(); second++) {
                for (int third = second + 1; third < all.size(); third++) {
                    refreshed(cell, pair, all.get(first), all.get(second), all.get(third));
                }
            }
        }
    }

    private void refreshed(CellId cell, SharePair pair, Given... three) {
        boolean ofThree = Stream.of(three).map(Given::line).distinct().count() == three.length;
        Stream.of(three)
                .filter(any -> ofThree)
                .map(one -> Increments.derive(one.seed().seed(), one.seed().generation(), cell))
                .reduce(Increments::plus)
                .ifPresent(sum -> {
                    if (sum.refresh(pair) instanceof Outcome.Done<SharePair>(SharePair fresh)) {
                        found(cell, fresh);
                    }
                });
    }

    private void envelope(ShareKeys own, Header header, Escrow escrow) {
        escrow.of(own.keeper())
                .ifPresent(mine -> own.sealing(mine.generation()).ifPresent(sealing -> {
                    try {
                        Bytes binding = Escrow.associatedData(
                                header.author().origin(), header.author().nonce());
                        if (ShareEnvelope.open(
                                        sealing,
                                        new ShareEnvelope.Address(own.keeper(), mine.generation(), binding),
                                        mine.sealed())
                                instanceof Outcome.Done<Bytes>(Bytes content)) {
                            Reader.whole(content, SharePackage::read)
                                    .pairs()
                                    .forEach(one -> found(one.cell(), one.pair()));
                        }
                    } catch (MalformedException other) {
                        // An envelope nobody can open.
                    }
                }));
    }

    private void found(CellId cell, SharePair pair) {
        pairs.add(Map.entry(cell, pair));
        shares.add(cell, pair);
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new IllegalStateException(refusal.sentence());
        };
    }
}
