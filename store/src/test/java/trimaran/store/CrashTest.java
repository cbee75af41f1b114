package trimaran.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
            try (Store store = RocksStore.open(folder, RocksStoreTest.LIBRARIES)) {
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
        Process process = start(next);
        AtomicLong acknowledged = new AtomicLong(next - 1);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            Thread reader = Thread.ofPlatform().start(() -> readNumbers(lines, acknowledged));
            while (acknowledged.get() < next && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            TimeUnit.MILLISECONDS.sleep(lifeMillis);
            assertThat(process.isAlive())
                    .as("the writer runs until it is killed")
                    .isTrue();
            process.destroyForcibly().waitFor();
            reader.join();
        }
        return acknowledged.get();
    }

    private static void readNumbers(BufferedReader lines, AtomicLong acknowledged) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.set(Long.parseLong(line));
            }
        } catch (IOException closed) {
            // The process is gone; what it had said so far counts.
            return;
        }
    }

    private Process start(long next) throws IOException {
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
                        folder.toString(),
                        RocksStoreTest.LIBRARIES.toString(),
                        String.valueOf(next))
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
