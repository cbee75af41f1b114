package trimaran.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.StoreFailure;
import trimaran.kernel.Bytes;

/** Bytes changed on disk are found, never answered; a log cut off at its end goes back to a prefix of whole batches. */
class DamageTest {

    private static final int BATCHES = 40;

    /** How RocksDB lays out a log: records with a header, none across the end of a block. */
    private static final int BLOCK = 32 << 10;

    private static final int HEADER = 7;

    @TempDir
    Path temporary = Path.of("");

    /** A store as a crash leaves it, all in its log. */
    private Path crashed = Path.of("");

    /** The same store closed, all in tables. */
    private Path closed = Path.of("");

    private int next;

    @BeforeEach
    void fill() throws IOException {
        crashed = temporary.resolve("crashed");
        closed = temporary.resolve("closed");
        try (Store store = RocksStore.open(closed, RocksStoreTest.LIBRARIES)) {
            for (long number = 0; number < BATCHES; number++) {
                store.write(BatchWriter.batch(number));
            }
            RocksStoreTest.copy(closed, crashed);
        }
    }

    @Test
    void theStoresTheTestsDamageAreWhole() throws IOException {
        assertThat(batchesIn(copyOf(crashed))).isEqualTo(BATCHES);
        assertThat(batchesIn(copyOf(closed))).isEqualTo(BATCHES);
    }

    @Test
    void aFlippedBitInAValueInATableIsAFailureOfTheRead() throws IOException {
        Path folder = copyOf(closed);
        flip(folder, BatchWriter.blob(7, 3));
        try (Store store = RocksStore.open(folder, RocksStoreTest.LIBRARIES)) {
            assertThatThrownBy(() -> store.get(Space.BLOBS, BatchWriter.blobKey(7, 3)))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("damaged");
            assertThatThrownBy(
                            () -> store.scan(Space.BLOBS, Bytes.EMPTY, Bytes.of(new byte[] {-1, -1}), (_, _) -> true))
                    .isInstanceOf(StoreFailure.class);
        }
    }

    /** As after a copy that was broken off. */
    @Test
    void aTableThatIsMissingIsAFailureOfTheStartThatSaysTheWayOn() throws IOException {
        Path folder = copyOf(closed);
        Files.delete(log(folder, ".sst"));
        assertThatThrownBy(() -> batchesIn(folder))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("damaged: rebuild this party from the others")
                .hasMessageNotContaining("\n");
    }

    /** Where the log is gone as well, RocksDB would begin a new store in its place, and remove the tables. */
    @Test
    void aStoreWithoutTheFileThatNamesItsPartsIsAFailureOfTheStartAndStaysAsItIs() throws IOException {
        for (boolean logsToo : new boolean[] {false, true}) {
            Path folder = copyOf(closed);
            for (Path file : files(folder)) {
                String name = file.toString();
                if (name.endsWith("CURRENT") || (logsToo && name.endsWith(".log"))) {
                    Files.delete(file);
                }
            }
            var before = files(folder);
            assertThatThrownBy(() -> batchesIn(folder))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("damaged: rebuild this party from the others")
                    .hasMessageContaining("CURRENT")
                    .hasMessageNotContaining("\n");
            assertThat(files(folder)).isEqualTo(before);
        }
    }

    /** A first start that was killed before it had written anything leaves nothing to go on with, and nothing to lose. */
    @Test
    void aFolderInWhichNothingWasStoredYetIsBegunAnew() throws IOException {
        Path folder = copyOf(closed);
        for (Path file : files(folder)) {
            if (!file.toString().contains("MANIFEST")) {
                Files.delete(file);
            }
        }
        assertThat(RocksStore.isThere(folder)).isFalse();
        assertThat(batchesIn(folder)).isZero();
        assertThat(RocksStore.isThere(folder)).isTrue();
    }

    @Test
    void aFlippedBitInTheMiddleOfTheLogIsAFailureOfTheStart() throws IOException {
        Path folder = copyOf(crashed);
        flip(folder, BatchWriter.blob(7, 3));
        assertThatThrownBy(() -> batchesIn(folder))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aFlippedBitInTheLastBatchOfTheLogIsAFailureOfTheStart() throws IOException {
        Path folder = copyOf(crashed);
        flip(folder, BatchWriter.blob(BATCHES - 1, BatchWriter.BLOBS - 1));
        assertThatThrownBy(() -> batchesIn(folder)).isInstanceOf(StoreFailure.class);
    }

    @Test
    void aBitFlippedAnywhereIsAFailureOrChangesNothing() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int found = 0;
        for (int round = 0; round < 24; round++) {
            Path folder = copyOf(round % 2 == 0 ? closed : crashed);
            Path file = anyFile(folder, random);
            byte[] content = Files.readAllBytes(file);
            int at = random.nextInt(content.length);
            content[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, content);
            try {
                assertThat(batchesIn(folder))
                        .as("seed %d, %s, byte %d", seed, file.getFileName(), at)
                        .isEqualTo(BATCHES);
            } catch (StoreFailure failure) {
                found++;
            }
        }
        assertThat(found).as("seed %d", seed).isPositive();
    }

    /** Byte 419 of a manifest, flipped, once left a store that opened without a word and had nothing in it. */
    @Test
    void aFlippedBitInTheLengthOfAnyOfTheLastRecordsIsAFailureOfTheStart() throws IOException {
        lengthsFlippedAreFound(closed, "MANIFEST-");
        lengthsFlippedAreFound(crashed, "MANIFEST-");
        lengthsFlippedAreFound(crashed, ".log");
    }

    private void lengthsFlippedAreFound(Path store, String kind) throws IOException {
        Path log = log(store, kind);
        byte[] whole = Files.readAllBytes(log);
        int records = 0;
        for (int at = whole.length / BLOCK * BLOCK; at + HEADER < whole.length; records++) {
            int length = Byte.toUnsignedInt(whole[at + 4]) | Byte.toUnsignedInt(whole[at + 5]) << 8;
            for (int bit : records == 0 ? new int[] {8, 12, 14, 15} : new int[] {15}) {
                if (((length >> bit) & 1) == 0) {
                    isFound(store, log, at + 5, 1 << (bit - 8));
                }
            }
            at += HEADER + length;
        }
        assertThat(records).as("%s", log).isPositive();
    }

    /** RocksDB knows types of records in files that are written over older ones, and ends where such a record is an older one's. */
    @Test
    void aFlippedBitInTheTypeOfTheFirstRecordIsAFailureOfTheStart() throws IOException {
        for (int bit = 0; bit < 8; bit++) {
            isFound(crashed, log(crashed, ".log"), 6, 1 << bit);
            isFound(closed, log(closed, "MANIFEST-"), 6, 1 << bit);
        }
    }

    private void isFound(Path store, Path log, int at, int bits) throws IOException {
        byte[] damaged = Files.readAllBytes(log);
        damaged[at] ^= (byte) bits;
        Path folder = copyOf(store);
        Files.write(folder.resolve(log.toFile().getName()), damaged);
        assertThatThrownBy(() -> batchesIn(folder))
                .as("%s, byte %d, bits %x", log, at, bits)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("damaged");
    }

    private static Path log(Path store, String kind) throws IOException {
        return files(store).stream()
                .filter(file ->
                        file.toFile().getName().contains(kind) && file.toFile().length() > 0)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLogCutOffAtItsEndGoesBackToAPrefixOfWholeBatches() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path log = withEnding(crashed, ".log");
        int size = (int) Files.size(log);
        for (int cut : new int[] {1, 8, 700, 1 + random.nextInt(size - 1), size}) {
            Path folder = copyOf(crashed);
            Path copy = folder.resolve(log.toFile().getName());
            Files.write(copy, java.util.Arrays.copyOf(Files.readAllBytes(copy), size - cut));
            int batches = batchesIn(folder);
            assertThat(batches).as("seed %d, cut %d", seed, cut).isLessThan(BATCHES);
            if (cut < 1000) {
                assertThat(batches).isEqualTo(BATCHES - 1);
            }
        }
    }

    @Test
    void aMissingTableIsAFailureOfTheStart() throws IOException {
        Path folder = copyOf(closed);
        Files.delete(withEnding(folder, ".sst"));
        assertThatThrownBy(() -> batchesIn(folder)).isInstanceOf(StoreFailure.class);
    }

    /** How many batches are there, after every value of each was compared with what had been written. */
    private static int batchesIn(Path folder) {
        try (Store store = RocksStore.open(folder, RocksStoreTest.LIBRARIES)) {
            AtomicInteger batches = new AtomicInteger();
            store.scan(Space.ENTRIES, Bytes.EMPTY, BatchWriter.key(-1), (key, value) -> {
                assertThat(key).isEqualTo(BatchWriter.key(batches.getAndIncrement()));
                return value.equals(key);
            });
            for (long number = 0; number < batches.get(); number++) {
                for (int part = 0; part < BatchWriter.BLOBS; part++) {
                    assertThat(store.get(Space.BLOBS, BatchWriter.blobKey(number, part)))
                            .contains(BatchWriter.blob(number, part));
                }
            }
            assertThat(store.get(Space.HELD, BatchWriter.key(batches.get() - 1L))
                            .isPresent())
                    .isEqualTo(batches.get() > 0);
            return batches.get();
        }
    }

    private Path copyOf(Path store) throws IOException {
        Path copy = temporary.resolve("copy" + next++);
        RocksStoreTest.copy(store, copy);
        return copy;
    }

    /** Flips one bit in the middle of the place where these bytes lie on disk. */
    private static void flip(Path folder, Bytes wanted) throws IOException {
        // A log cuts records at its blocks' ends, so a piece from the middle is looked for, not the whole.
        byte[] piece = Bytes.ofRange(wanted.unsafeArray(), 200, 240).toArray();
        for (Path file : files(folder)) {
            byte[] content = Files.readAllBytes(file);
            int at = indexOf(content, piece);
            if (at >= 0) {
                content[at + 20] ^= 4;
                Files.write(file, content);
                return;
            }
        }
        throw new IllegalStateException("the bytes are in no file");
    }

    private static int indexOf(byte[] content, byte[] piece) {
        for (int at = 0; at + piece.length <= content.length; at++) {
            if (java.util.Arrays.equals(content, at, at + piece.length, piece, 0, piece.length)) {
                return at;
            }
        }
        return -1;
    }

    /** A file that holds something and is not only words about the store. */
    private static Path anyFile(Path folder, Random random) throws IOException {
        var files = files(folder).stream()
                .filter(file -> file.toFile().length() > 0)
                .filter(file -> !file.toFile().getName().matches("LOG.*|OPTIONS.*|IDENTITY"))
                .toList();
        return files.get(random.nextInt(files.size()));
    }

    private static Path withEnding(Path folder, String ending) throws IOException {
        return files(folder).stream()
                .filter(file ->
                        file.toString().endsWith(ending) && file.toFile().length() > 0)
                .findFirst()
                .orElseThrow();
    }

    private static java.util.List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
