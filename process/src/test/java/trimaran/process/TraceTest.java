package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/** A person reads one line, and who mends the program finds the rest. */
class TraceTest {

    private final IllegalStateException failure =
            new IllegalStateException("this\ncannot be", new IllegalArgumentException("for that"));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aFailuresWordsAreOneLine() {
        assertThat(Trace.words(failure)).isEqualTo("IllegalStateException: this cannot be");
        assertThat(Trace.words(new NullPointerException())).isEqualTo("NullPointerException");
    }

    @Test
    void theTraceOfTheLastFailureLiesInTheFolderForItsOwnerAlone() throws IOException {
        Path file = folder.resolve(Trace.FILE);
        Files.writeString(file, "of the one before");
        assertThat(Trace.into(folder, failure)).isEqualTo("the trace is in " + file);
        assertThat(Files.readString(file))
                .contains("\tat ", "trimaran.process.TraceTest", "Caused by: ", "for that")
                .doesNotContain("of the one before");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatEndsAPartyIsOneLineAndTheTraceLiesInItsFolder() throws IOException {
        Refusal fault = Trace.refusal("the station", folder, failure);
        assertThat(fault)
                .isEqualTo(Refusal.of(
                        Code.BROKEN,
                        "the station stopped on a fault of this program (IllegalStateException: this cannot be); the trace is in "
                                + folder.resolve(Trace.FILE)));
        assertThat(Files.readString(folder.resolve(Trace.FILE))).contains("\tat ");
        Refusal disk = Trace.refusal("the witness", folder, new UncheckedIOException(new AccessDeniedException("/a")));
        assertThat(disk.sentence()).startsWith("the witness cannot use its disk: this account has no permission: /a; ");
        assertThat(Trace.refusal("access", folder, new DiskFullException(new IOException("of it"))))
                .isEqualTo(Refusal.of(Code.DISK_FULL, "the disk is full"));
    }

    @Test
    void amongOtherThingsEachHasAFileOfItsOwn() throws IOException {
        String first = Trace.among(folder, failure);
        assertThat(Trace.among(folder, failure)).isNotEqualTo(first);
        Path file = Path.of(first.replace("the trace is in ", ""));
        assertThat(file).hasParent(folder).content().contains("\tat ", "trimaran.process.TraceTest");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void whereItCannotBeWrittenTheLineSaysWhy() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(Trace.into(file, failure))
                .startsWith("its trace could not be written (")
                .doesNotContain("\n");
        assertThat(Trace.among(folder.resolve("absent"), failure))
                .startsWith("its trace could not be written (there is no such file: ")
                .doesNotContain("\n");
    }
}
