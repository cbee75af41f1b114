package trimaran.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

/** The native library is laid down once and whole. */
class NativeLibraryTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void aLaterStartUsesTheSameFile() throws IOException {
        Path file = NativeLibrary.extracted(folder);
        Object first = Files.readAttributes(file, "unix:ino").get("ino");
        Path again = NativeLibrary.extracted(folder);
        assertThat(again).isEqualTo(file);
        assertThat(Files.readAttributes(again, "unix:ino").get("ino")).isEqualTo(first);
        assertThat(namesBeside(file)).containsExactly(file.toFile().getName());
    }

    @Test
    void aTruncatedOrChangedFileIsReplaced() throws IOException {
        Path file = NativeLibrary.extracted(folder);
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[changed.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, changed);
        NativeLibrary.extracted(folder);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndWhatALivingOneWritesIsNot() throws IOException {
        Path file = NativeLibrary.extracted(folder);
        Files.delete(file);
        // Process numbers end far below this one on any system.
        Path dead = Files.writeString(file.resolveSibling("999999999999.part"), "torn");
        Path living = Files.writeString(file.resolveSibling("1.part"), "being written");
        NativeLibrary.extracted(folder);
        assertThat(dead).doesNotExist();
        assertThat(living).exists();
    }

    @Test
    void theVersionInTheNameIsTheVersionLoaded() {
        NativeLibrary.load(RocksStoreTest.LIBRARIES);
        assertThat(RocksDB.rocksdbVersion()).hasToString(NativeLibrary.VERSION);
    }

    private static List<String> namesBeside(Path file) {
        String[] names = file.resolveSibling("").toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
