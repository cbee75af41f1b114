package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine the tests run on. */
class MachineTest {

    @Test
    void twoProcessesOfOneKernelSayTheSame() {
        Machine machine = Machine.look();
        assertThat(machine).isEqualTo(Machine.look());
        assertThat(machine.account()).isEqualTo(System.getProperty("user.name"));
        assertThat(machine.boot()).hasValueSatisfying(boot -> assertThat(boot).hasSize(36));
        assertThat(machine.virtual()).isPresent();
    }

    @Test
    void aFolderLiesOnAFileSystemWithAName(@TempDir Path folder) {
        assertThat(Machine.disk(folder))
                .hasValueSatisfying(disk -> assertThat(disk.name()).contains(" "));
        assertThat(Machine.disk(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void aReleaseIsTheFilesItsClassesCameFrom() {
        assertThat(Machine.release(List.of(Assertions.class))).hasValueSatisfying(release -> {
            assertThat(release.digests()).startsWith("assertj-core").hasLineCount(1);
            assertThat(release.seconds()).isPositive();
        });
        assertThat(Machine.release(List.of(Assertions.class, Test.class)))
                .hasValueSatisfying(release -> assertThat(release.digests()).hasLineCount(2));
        // A class of the platform came from no file.
        assertThat(Machine.release(List.of(String.class))).isEmpty();
    }
}
