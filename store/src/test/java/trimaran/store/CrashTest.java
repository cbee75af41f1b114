package trimaran.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/** A process killed at any moment loses nothing it said it had written, and leaves no batch in pieces. */
class CrashTest {

    private static final int KILLS = 3;
    private static final long LONGEST_LIFE_MILLIS = 1500;

    @TempDir
    Path folder = Path.of("");

    @Test
    @Timeout(60)
    void aKilledProcessLosesNothingAcknowledgedAndLeavesBatchesWhole() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = writeAndKill(next, random.nextLong(LONGEST_LIFE_MILLIS));
            long started = System.nanoTime();
            try (Store store = RocksStore.open(folder.resolve("store"), RocksStoreTest.LIBRARIES)) {
                long openMillis = (System.nanoTime() - started) / 1_000_000;
                long written = firstMissing(store);
                System.out.printf("FIGURE killed after %d, found %d, open %d ms%n", acknowledged, written, openMillis);
                assertThat(written).as("seed %d", seed).isBetween(acknowledged + 1, acknowledged + 2);
                requireWhole(store, written);
                next = written;
            }
        }
    }

    /** Returns the number of the last batch whose write had returned. */
    private long writeAndKill(long next, long lifeMillis) throws Exception {
        Path said = folder.resolve("said");
        Process process = start(next, said);
        while (lastSaid(said, next - 1) < next && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(lifeMillis);
        assertThat(process.isAlive()).as("the writer runs until it is killed").isTrue();
        process.destroyForcibly().waitFor();
        return lastSaid(said, next - 1);
    }

    /**
     * The last number said whole. The writer speaks into a file, because the end of what a killed process said into a
     * pipe can be lost: the platform drains the pipe at the process's end while its reader still reads.
     */
    private static long lastSaid(Path said, long none) throws IOException {
        String text = Files.readString(said, StandardCharsets.US_ASCII);
        int end = text.lastIndexOf('\n');
        return end < 0 ? none : Long.parseLong(text.substring(text.lastIndexOf('\n', end - 1) + 1, end));
    }

    private Process start(long next, Path said) throws IOException {
        String classPath = String.join(
                File.pathSeparator,
                "target/classes",
                "target/test-classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""));
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        BatchWriter.class.getName(),
                        folder.resolve("store").toString(),
                        RocksStoreTest.LIBRARIES.toString(),
                        String.valueOf(next))
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long firstMissing(Store store) {
        AtomicLong expected = new AtomicLong();
        store.scan(Space.ENTRIES, Bytes.EMPTY, BatchWriter.key(-1), (key, _) -> {
            assertThat(key).isEqualTo(BatchWriter.key(expected.getAndIncrement()));
            return true;
        });
        return expected.get();
    }

    private static void requireWhole(Store store, long written) {
        for (long number = 0; number < written; number++) {
            for (int part = 0; part < BatchWriter.BLOBS; part++) {
                assertThat(store.get(Space.BLOBS, BatchWriter.blobKey(number, part)))
                        .contains(BatchWriter.blob(number, part));
            }
        }
        Bytes last = BatchWriter.key(written - 1);
        assertThat(store.get(Space.STATE, Bytes.ofText("last"))).contains(last);
        store.scan(Space.HELD, Bytes.EMPTY, BatchWriter.key(-1), (key, _) -> {
            assertThat(key).isEqualTo(last);
            return true;
        });
    }
}
