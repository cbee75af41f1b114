package trimaran.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tier starts whatever became of the backup it was to be restored from. */
class StoredBackupTest {

    @TempDir
    Path folder;

    @Test
    void whatIsNoBackupIsNone() throws IOException {
        assertThat(StoredBackup.of(folder)).isEmpty();
        Path named = folder.resolve(StoredBackup.FILE);
        for (String words : new String[] {"", "one line\n", "/nowhere\n/nowhere else\n", "\0\n\0\n"}) {
            Files.writeString(named, words);
            assertThat(StoredBackup.of(folder)).as(words).isEmpty();
        }
        Files.delete(named);
        // Nobody can read a folder as a file, whoever they are: as it is with another account's file.
        Files.createDirectory(named);
        assertThat(StoredBackup.of(folder)).isEmpty();
    }
}
