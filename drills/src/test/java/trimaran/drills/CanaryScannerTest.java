package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.drills.CanaryScanner.Finding;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.store.RocksStore;
import trimaran.trial.House;

/** The scanner finds a canary planted in every way it says it knows, and nothing where there is none. */
class CanaryScannerTest {

    private static final Canary CANARY = new Canary("Kanari3nvog3l-q7x");

    private final CanaryScanner scanner = new CanaryScanner(List.of(CANARY));
    private final Random random = new Random(42);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        scanner.close();
    }

    private List<Finding> planted(byte[] content) throws IOException {
        Path file = folder.resolve("planted");
        Files.write(file, content);
        return scanner.file(file);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] amongNoise(byte[] content, int before) {
        byte[] noise = new byte[before + content.length + 5_000];
        random.nextBytes(noise);
        System.arraycopy(content, 0, noise, before, content.length);
        return noise;
    }

    @Test
    void aFileWithoutACanaryIsClean() throws IOException {
        byte[] noise = new byte[3 << 20];
        random.nextBytes(noise);
        assertThat(planted(noise)).isEmpty();
        assertThat(planted(text(CANARY.text().substring(1)))).isEmpty();
    }

    @Test
    void everyFormAsItIsIsFound() throws IOException {
        String quoted = "{\"family\":\"" + CANARY.text() + "\"}";
        assertThat(planted(amongNoise(text(quoted), 777))).isNotEmpty();
        assertThat(planted(amongNoise(quoted.getBytes(StandardCharsets.UTF_16LE), 778)))
                .isNotEmpty();
        assertThat(planted(amongNoise(quoted.getBytes(StandardCharsets.UTF_16BE), 779)))
                .isNotEmpty();
        assertThat(planted(amongNoise(text(HexFormat.of().formatHex(text(quoted))), 780)))
                .isNotEmpty();
        assertThat(planted(amongNoise(text(HexFormat.of().withUpperCase().formatHex(text(quoted))), 781)))
                .isNotEmpty();
        for (int before = 0; before < 6; before++) {
            byte[] shifted = text("x".repeat(before) + quoted);
            assertThat(planted(amongNoise(Base64.getEncoder().encode(shifted), 782)))
                    .as("base64 after %d", before)
                    .isNotEmpty();
            assertThat(planted(
                            amongNoise(Base64.getUrlEncoder().withoutPadding().encode(shifted), 783)))
                    .as("base64url after %d", before)
                    .isNotEmpty();
        }
    }

    @Test
    void whatInflatesIsFound() throws IOException {
        byte[] content = text("a note about " + CANARY.text() + " and " + "nothing else ".repeat(50));
        assertThat(planted(amongNoise(deflated(content, false), 1_234))).isNotEmpty();
        assertThat(planted(amongNoise(deflated(content, true), 1_235))).isNotEmpty();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(content);
        }
        assertThat(planted(amongNoise(gzip.toByteArray(), 1_236))).isNotEmpty();
        byte[] wide = ("a note about " + CANARY.text()).getBytes(StandardCharsets.UTF_16LE);
        assertThat(planted(amongNoise(deflated(wide, false), 1_237))).isNotEmpty();
    }

    private static byte[] deflated(byte[] content, boolean bare) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(9, bare);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(content);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    @Test
    void aCanaryAcrossTwoPiecesOfALargeFileIsFound() throws IOException {
        byte[] large = new byte[(4 << 20) + 4_000];
        byte[] canary = text(CANARY.text());
        System.arraycopy(canary, 0, large, (4 << 20) - 5, canary.length);
        assertThat(planted(large)).hasSize(1);
    }

    @Test
    void whatTheEngineCompressedIsFound() throws IOException {
        Path store = folder.resolve("store");
        try (RocksStore opened = RocksStore.open(store, folder.resolve("native"))) {
            List<Store.Change> changes = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                // So alike that only the first stands there whole once it is compressed.
                String value = "note " + CANARY.text().substring(0, 9) + " "
                        + CANARY.text().substring(9) + " " + i;
                changes.add(new Store.Change.Put(Space.CELLS, Bytes.ofText("key " + i), Bytes.ofText(value)));
            }
            changes.add(new Store.Change.Put(Space.CELLS, Bytes.ofText("z"), Bytes.ofText("note " + CANARY.text())));
            opened.write(changes);
        }
        assertThat(scanner.store(store, folder.resolve("scratch"))).isNotEmpty();
        assertThat(scanner.folder(folder.resolve("native"))).isEmpty();
    }

    @Test
    void aCanaryInAHeapIsFound() {
        List<byte[]> kept = List.of(text("held open: " + CANARY.text()));
        Path dump = folder.resolve("own.hprof");
        HeapDump.take(House.found(), ProcessHandle.current().pid(), dump);
        assertThat(scanner.heap("this test", dump)).isNotEmpty();
        assertThat(kept).hasSize(1);
    }

    @Test
    void aCompressedCanaryInAHeapIsFound() throws IOException {
        Canary other = new Canary(
                new StringBuilder("q7x-r3sr3vn3-x4X").reverse().append("Zz").toString());
        // The text itself is in this heap, too, so only what was inflated counts.
        byte[] kept = deflated(text("a note about " + other.text() + " and others, others, others"), true);
        Path dump = folder.resolve("own.hprof");
        HeapDump.take(House.found(), ProcessHandle.current().pid(), dump);
        try (CanaryScanner second = new CanaryScanner(List.of(other))) {
            assertThat(second.heap("this test", dump))
                    .anyMatch(found -> found.form().startsWith("deflate of"));
        }
        assertThat(kept).isNotEmpty();
    }
}
