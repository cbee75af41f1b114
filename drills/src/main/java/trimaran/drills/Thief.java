package trimaran.drills;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.drills.CanaryScanner.Finding;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.party.OwnKeys;
import trimaran.process.SystemEntropy;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.RecordLimits;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;
import trimaran.shares.CellCommitments;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePair;
import trimaran.store.RocksStore;
import trimaran.trial.TrialHospital;

/**
 * Gets the loot of fallen parties and tries everything: looks for canaries in every file, store and heap in all forms; opens
 * every pair of shares with the tier's own keys; takes every 32 bytes of a heap that could be a share or a key and holds them
 * against the commitments, which are public; and opens with whatever keys come out every sealed part there is. The commitments to
 * shares hold until the first refresh and that to the key for good: shares of later are told by the key they make. To be used by one
 * thread.
 */
final class Thief implements AutoCloseable {

    /** Arrays so short are looked at from every place, since a share may lie in the midst of a message. */
    private static final int WINDOWED_BYTES = 256;

    private static final int SECRET_BYTES = CellKey.SIZE_BYTES;

    /** Beyond, parts of larger arrays are left out: each is tried with every cell that was refreshed, beside a ward that is measured. */
    private static final int MANY_STRAYS = 10_000;

    private final Digest origin;
    private final List<Canary> canaries;
    private final Path scratch;
    private final CanaryScanner scanner;
    private final CanarySearch search;
    /** What is committed to, by the digest of its commitment. */
    private final Map<Digest, Committed> committed = new HashMap<>();

    private final Map<CellId, Digest> commitments = new HashMap<>();
    private final FoundShares shares = new FoundShares();
    private final Map<CellId, SecretBytes> keys = new HashMap<>();
    private final Map<CellId, List<Sealed>> sealed = new HashMap<>();
    private final Set<Canary> read = new LinkedHashSet<>();
    private final Set<Bytes> tried = new HashSet<>();
    /** Digests the record tells everybody, which look drawn and are no secret. */
    private final Set<Bytes> told = new HashSet<>();
    /** Of these cells the tier's shares are none the opening commits to. */
    private final Set<CellId> refreshed = new HashSet<>();
    /** Found in a memory, and neither share nor key of any opening: one may be the third share of a cell that was refreshed. */
    private final List<SecretBytes> strays = new ArrayList<>();

    private int straysTried;
    private int pairs;

    /** Share 1 to 3 of a cell, or 0 for its key. */
    private record Committed(CellId cell, int number) {}

    /** @param cell in whose name it is sealed, with whatever of its keys */
    private record Sealed(CellId cell, PartPlace place, Bytes blob) {}

    Thief(Digest origin, List<Canary> canaries, Path scratch) {
        this.origin = origin;
        this.canaries = List.copyOf(canaries);
        this.scratch = scratch;
        this.scanner = new CanaryScanner(canaries);
        this.search = new CanarySearch(canaries);
    }

    /** Takes a tier's whole folder: keys, store, tiles, logs. */
    void takeTier(Party tier, Path folder) {
        // What was found in memories before may be a share of what this tier tells of.
        straysTried = 0;
        takeFiles(folder);
        note(scanner.store(folder.resolve("store"), scratch.resolve("scanned")));
        TrialHospital.remove(scratch.resolve("scanned"));
        try (RocksStore store = RocksStore.open(folder.resolve("store"), scratch.resolve("native"))) {
            store.scan(Space.CELLS, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
                learnCell(store, key, value);
                return true;
            });
            learnTold(store);
            ShareKeys keys = PartyLine.got(
                    OwnKeys.open(tier, folder, new SystemEntropy()).then(OwnKeys::shares));
            List<ShareGeneration> generations = keys.numbers().stream()
                    .flatMap(number -> keys.generation(number).stream())
                    .toList();
            store.scan(Space.SHARES, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
                generations.forEach(generation -> learnPair(generation, key, value));
                return true;
            });
        }
    }

    /** Digests that stand in the open in every copy: entries, nodes of the tree, sealed parts, commitments. */
    private void learnTold(RocksStore store) {
        store.scan(Space.TREE, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
            told.add(value);
            return true;
        });
        for (Space space : List.of(Space.POSITIONS, Space.BLOBS)) {
            store.scan(space, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
                told.add(Bytes.ofRange(key.unsafeArray(), 0, Digest.SIZE));
                return true;
            });
        }
        committed.keySet().forEach(digest -> told.add(Bytes.wrap(digest.unsafeArray())));
    }

    /** Takes what a tier stores of entries and parts, all of it sealed, and none of its keys. */
    void takeSealed(Path folder) {
        try (RocksStore store = RocksStore.open(folder.resolve("store"), scratch.resolve("native"))) {
            store.scan(Space.CELLS, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
                learnCell(store, key, value);
                return true;
            });
        }
    }

    /** Takes files of any kind. */
    void takeFiles(Path folder) {
        note(scanner.folder(folder));
    }

    /** What a program it altered was asked, as it came out of the line. */
    void heard(Bytes message) {
        Set<String> forms = search.plain(message.unsafeArray(), message.size());
        canaries.stream()
                .filter(canary -> forms.stream().anyMatch(form -> form.endsWith(canary.text())))
                .forEach(read::add);
    }

    /** Takes a memory, and tries all that might be a secret in it. MUST come after the stores it belongs to. */
    void takeHeap(String whose, Path dump) {
        note(scanner.heap(whose, dump));
        HeapDump.byteArrays(dump, this::takeArray);
    }

    /** An array of a memory, from every place in it. */
    void takeArray(byte[] array) {
        if (array.length <= WINDOWED_BYTES && !CanaryScanner.isText(array)) {
            for (int at = 0; at + SECRET_BYTES <= array.length; at++) {
                // A program keeps a share in an array of its own, and a pair in one after the other.
                boolean alone =
                        array.length <= 2 * SECRET_BYTES && array.length % SECRET_BYTES == 0 && at % SECRET_BYTES == 0;
                byte[] secret = Arrays.copyOfRange(array, at, at + SECRET_BYTES);
                if (isDrawn(secret)) {
                    tryAs(secret, alone);
                }
            }
        }
    }

    /** Pairs of shares it opened with stolen keys. */
    int pairs() {
        return pairs;
    }

    /** Cells whose key it has. */
    int keys() {
        combine();
        return keys.size();
    }

    /** Everything it can read. */
    Set<Canary> reads() {
        combine();
        keys.forEach((cell, key) -> sealed.getOrDefault(cell, List.of()).forEach(part -> open(key, part)));
        return Set.copyOf(read);
    }

    private void note(List<Finding> findings) {
        for (Canary canary : canaries) {
            if (findings.stream().anyMatch(finding -> finding.form().endsWith(canary.text()))) {
                read.add(canary);
            }
        }
    }

    /** A cell's opening says what its shares hash to; a part says where it lies. */
    private void learnCell(RocksStore store, Bytes key, Bytes value) {
        try {
            Reader at = new Reader(key);
            CellId cell = CellId.read(at);
            int item = at.u8();
            Reader reader = new Reader(value);
            long index = reader.i64();
            if (item == 0) {
                NewCell opening = NewCell.read(reader);
                committed.put(opening.keyCommitment(), new Committed(cell, 0));
                commitments.put(cell, opening.keyCommitment());
                for (int number = 1; number <= NewCell.SHARES; number++) {
                    committed.put(opening.shareCommitments().get(number - 1), new Committed(cell, number));
                }
            } else if (item == 1) {
                learnPart(store, cell, index, reader.u16());
            }
        } catch (MalformedException damaged) {
            throw new IllegalStateException("the loot is damaged", damaged);
        }
    }

    private void learnPart(RocksStore store, CellId cell, long index, int part) throws MalformedException {
        Optional<Bytes> row = store.get(Space.ENTRIES, number(index));
        if (row.isEmpty()) {
            return;
        }
        Header header = Reader.whole(new Reader(row.get()).bytes(RecordLimits.HEADER_BYTES_MAX), Header::read);
        Digest digest = header.author().parts().get(part).blob();
        Optional<Bytes> piece = store.get(
                Space.BLOBS,
                new trimaran.kernel.Writer(40).digest(digest).i64(0).toBytes());
        CellId under = header.author().parts().get(part).under();
        piece.ifPresent(bytes -> sealed.computeIfAbsent(
                        under.equals(CellId.NONE) ? cell : under, any -> new ArrayList<>())
                .add(new Sealed(
                        cell,
                        new PartPlace(origin, header.author().nonce(), part),
                        Bytes.ofRange(bytes.unsafeArray(), Long.BYTES, bytes.size()))));
    }

    private static Bytes number(long value) {
        return new trimaran.kernel.Writer(8).i64(value).toBytes();
    }

    private void learnPair(ShareGeneration generation, Bytes key, Bytes value) {
        try {
            Reader at = new Reader(key);
            if (at.i64() != generation.number()) {
                return;
            }
            CellId cell = CellId.read(at);
            if (generation.file().openPair(cell, value) instanceof Outcome.Done<SharePair>(SharePair pair)) {
                pairs++;
                shares.add(cell, pair);
                if (!committed.containsKey(
                        CellCommitments.ofShare(SharePair.lowerNumber(pair.keeper()), pair.lower()))) {
                    refreshed.add(cell);
                }
                tryAs(pair.lower().expose(), false);
                tryAs(pair.higher().expose(), false);
            }
        } catch (MalformedException damaged) {
            throw new IllegalStateException("the loot is damaged", damaged);
        }
    }

    /**
     * Holds 32 bytes against all commitments: whatever they are, share or key, they are found out.
     *
     * @param alone whether they are an array of their own, and no part of another
     */
    private void tryAs(byte[] secret, boolean alone) {
        Bytes bytes = Bytes.of(secret);
        if (committed.isEmpty() || told.contains(bytes) || !tried.add(bytes)) {
            return;
        }
        SecretBytes one = SecretBytes.taking(secret.clone());
        boolean known = learn(committed.get(new CellKey(CellId.NONE, one).commitment()), one);
        for (int number = 1; number <= NewCell.SHARES; number++) {
            known |= learn(committed.get(CellCommitments.ofShare(number, one)), one);
        }
        if (!known && (alone || strays.size() < MANY_STRAYS)) {
            strays.add(one);
        }
    }

    /** As chance makes them: of what was drawn hardly ever half the bytes are alike, or all such as stand in plain text. */
    static boolean isDrawn(byte[] secret) {
        boolean[] seen = new boolean[1 << Byte.SIZE];
        int different = 0;
        boolean isText = true;
        for (byte one : secret) {
            different += seen[one & 0xff] ? 0 : 1;
            seen[one & 0xff] = true;
            isText &= one >= 0;
        }
        return !isText && different > SECRET_BYTES / 2;
    }

    /** Whether it is one of those that are committed to. */
    private boolean learn(@org.jspecify.annotations.Nullable Committed what, SecretBytes secret) {
        if (what == null) {
            return false;
        }
        if (what.number() == 0) {
            keys.put(what.cell(), secret);
        } else {
            shares.add(what.cell(), what.number(), secret);
        }
        return true;
    }

    private void combine() {
        List<SecretBytes> guesses = strays.subList(straysTried, strays.size());
        commitments.forEach((cell, commitment) -> {
            if (!keys.containsKey(cell)) {
                shares.key(cell, commitment, refreshed.contains(cell) ? guesses : List.of())
                        .ifPresent(key -> keys.put(cell, key));
            }
        });
        straysTried = strays.size();
    }

    private void open(SecretBytes key, Sealed part) {
        try {
            Outcome<Bytes> content = PartSeal.open(
                    new CellKey(part.cell(), key), part.place(), part.blob(), RecordLimits.BLOB_BYTES_MAX);
            if (content instanceof Outcome.Done<Bytes>(Bytes plain)) {
                heard(plain);
            }
        } catch (MalformedException large) {
            // A blob of several pieces: its first alone opens nowhere.
        }
    }

    @Override
    public void close() {
        scanner.close();
        search.close();
    }
}
