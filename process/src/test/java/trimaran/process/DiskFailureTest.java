package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's own message is often the path alone. */
class DiskFailureTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void theKindIsSaidAndTheFile() throws IOException {
        Path absent = folder.resolve("absent");
        Path file = Files.writeString(folder.resolve("file"), "something");
        assertThat(failure(() -> Files.readAllBytes(absent))).isEqualTo("there is no such file: " + absent);
        assertThat(failure(() -> Files.createDirectory(folder))).isEqualTo("it is there already: " + folder);
        assertThat(failure(() -> Files.delete(folder))).isEqualTo("this folder is not empty: " + folder);
        assertThat(DiskFailure.words(new NotDirectoryException("/a"))).isEqualTo("this is no folder: /a");
        Files.write(file, new byte[] {-1, -2});
        assertThat(failure(() -> Files.readString(file))).isEqualTo("a file that should be text is none");
        assertThat(DiskFailure.words(new AccessDeniedException("/a"))).isEqualTo("this account has no permission: /a");
        assertThat(DiskFailure.words(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("the disk is full: /a");
        assertThat(DiskFailure.words(new FileSystemException("/a", null, "Read-only file system")))
                .isEqualTo("Read-only file system: /a");
        assertThat(DiskFailure.words(new FileSystemException("/a"))).isEqualTo("FileSystemException: /a");
        assertThat(DiskFailure.words(new IOException("No space left on device")))
                .isEqualTo("the disk is full");
        assertThat(DiskFailure.words(new IOException())).isEqualTo("IOException");
    }

    @Test
    void whatHandsAFailureOnSaysWhatItHasToSayItself() {
        IOException refused = new AccessDeniedException("/a");
        String words = "this account has no permission: /a";
        assertThat(DiskFailure.words(new UncheckedIOException(refused))).isEqualTo(words);
        assertThat(DiskFailure.words(new IOException(new UncheckedIOException(refused))))
                .isEqualTo(words);
        assertThat(DiskFailure.words(new IOException(refused))).isEqualTo(words);
        assertThat(DiskFailure.words(new UncheckedIOException("the journal stops", refused)))
                .isEqualTo("the journal stops: " + words);
        assertThat(DiskFailure.words(new DiskFullException(new IOException("No space left on device"))))
                .isEqualTo("the disk is full");
    }

    @Test
    void itIsOneLineAPersonReads() {
        String endless = "x".repeat(Trace.WORDS_MAX);
        assertThat(DiskFailure.words(new IOException("one\n two\r\n"))).isEqualTo("one two");
        assertThat(DiskFailure.words(new IOException(endless))).isEqualTo(endless);
        assertThat(DiskFailure.words(new IOException(endless + "y"))).isEqualTo(endless + "…");
    }

    /** Does something to a disk. */
    @FunctionalInterface
    private interface Doing {
        void run() throws IOException;
    }

    private static String failure(Doing doing) {
        return DiskFailure.words(catchThrowableOfType(IOException.class, doing::run));
    }
}
