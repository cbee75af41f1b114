package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Bytes;

class FileDiskTest {

    private static final Bytes ONE = Bytes.ofText("one");
    private static final Bytes TWO = Bytes.ofText("two!");

    @TempDir
    Path temporary = Path.of("");

    @Test
    void whatIsReplacedIsReadAndAnAbsentFileIsEmpty() {
        FileDisk disk = FileDisk.in(temporary.resolve("party"));
        assertThat(disk.read("a/b/state")).isEmpty();
        disk.replace("a/b/state", ONE);
        disk.replace("a/b/state", TWO);
        assertThat(disk.read("a/b/state")).contains(TWO);
    }

    @Test
    void whatIsAppendedStandsAtTheEnd() {
        FileDisk disk = FileDisk.in(temporary);
        disk.append("outbox", ONE);
        disk.append("outbox", TWO);
        assertThat(disk.read("outbox")).contains(Bytes.ofText("onetwo!"));
    }

    @Test
    void theListIsSortedAndHoldsNeitherFoldersNorUnfinishedFiles() throws IOException {
        FileDisk disk = FileDisk.in(temporary);
        disk.writeDerived("tile/0/x001/067.p", ONE);
        disk.writeDerived("tile/0/b", ONE);
        disk.writeDerived("tile/0/a", ONE);
        Files.writeString(temporary.resolve("tile/0/c~"), "torn");
        assertThat(disk.list("tile/0")).containsExactly("a", "b");
        assertThat(disk.list("tile/0/x001")).containsExactly("067.p");
        assertThat(disk.list("nowhere")).isEmpty();
    }

    @Test
    void aRemovedFileIsGoneAndRemovingAnAbsentOneIsFine() {
        FileDisk disk = FileDisk.in(temporary);
        disk.replace("a", ONE);
        disk.remove("a");
        disk.remove("a");
        assertThat(disk.read("a")).isEmpty();
    }

    @Test
    void filesAndFoldersAreTheirOwnersAlone() throws IOException {
        FileDisk disk = FileDisk.in(temporary.resolve("party"));
        disk.replace("a", ONE);
        disk.append("b", ONE);
        disk.writeDerived("c", ONE);
        assertThat(mode("party")).isEqualTo("rwx------");
        for (String name : new String[] {"party/a", "party/b", "party/c"}) {
            assertThat(mode(name)).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "a/../b",
                "a//b",
                "a/",
                "./a",
                ".hidden",
                "a\\b",
                "a b",
                "a~",
                "é",
                "a\0b"
            })
    void aNameThatCouldLeadOutsideIsRefused(String name) {
        FileDisk disk = FileDisk.in(temporary);
        assertThatIllegalArgumentException().isThrownBy(() -> disk.read(name));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.replace(name, ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.append(name, ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.writeDerived(name, ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.remove(name));
    }

    @Test
    void aNameOfTheGreatestLengthIsTakenAndOneLongerIsNot() {
        FileDisk disk = FileDisk.in(temporary);
        disk.replace("n".repeat(FileDisk.NAME_MAX), ONE);
        assertThatIllegalArgumentException().isThrownBy(() -> disk.replace("n".repeat(FileDisk.NAME_MAX + 1), ONE));
    }

    @Test
    void aFullDiskIsSaidByName() throws IOException {
        Files.createSymbolicLink(temporary.resolve("log"), Path.of("/dev/full"));
        FileDisk disk = FileDisk.in(temporary);
        assertThatThrownBy(() -> disk.append("log", ONE))
                .isInstanceOf(DiskFullException.class)
                .satisfies(failure ->
                        assertThat(DiskFullException.isBehind(failure)).isTrue());
    }

    @Test
    void anotherFailureOfTheDiskIsNotCalledAFullOne() throws IOException {
        Files.createDirectory(temporary.resolve("folder"));
        FileDisk disk = FileDisk.in(temporary);
        assertThatThrownBy(() -> disk.append("folder", ONE))
                .isInstanceOf(UncheckedIOException.class)
                .isNotInstanceOf(DiskFullException.class);
        assertThat(DiskFullException.isBehind(new IllegalStateException(new IOException("Input/output error"))))
                .isFalse();
        for (String words : List.of("No space left on device", "Disk quota exceeded", "a/b: File too large")) {
            assertThat(DiskFullException.isBehind(new IllegalStateException(new IOException(words))))
                    .as(words)
                    .isTrue();
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve(name)));
    }
}
