package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    /** The rooms are compared, a room that only this program has tells when, and a library neither. */
    @Test
    void aReleaseIsTheHousesFilesByTheirRooms(@TempDir Path folder) throws IOException {
        Path keeper = jar(folder.resolve("keeper-1-SNAPSHOT.jar"), "trimaran/keeper/Keeper.class", 1_000);
        Path store = jar(folder.resolve("store.jar"), "trimaran/store/Store.class", 2_000);
        Path own = jar(folder.resolve("application-core-1-SNAPSHOT.jar"), "trimaran/application/Core.class", 3_000);
        Path library = jar(folder.resolve("shares-2.jar"), "org/shares/Shares.class", 4_000);
        List<Path> path = List.of(own, keeper, library, store);
        Set<String> rooms = Set.of("keeper", "store", "shares");

        Machine.Release release = Machine.release(rooms, path).orElseThrow();
        assertThat(release.digests().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("keeper-1-SNAPSHOT.jar "),
                        line -> assertThat(line).startsWith("store.jar "));
        assertThat(release.seconds()).isEqualTo(3_000);

        // What one of them holds is another release, and a newer file of a room of its own is not.
        jar(own, "trimaran/application/Other.class", 5_000);
        assertThat(Machine.release(rooms, path)).contains(new Machine.Release(release.digests(), 5_000));
        jar(store, "trimaran/store/Other.class", 2_000);
        assertThat(Machine.release(rooms, path))
                .hasValueSatisfying(other -> assertThat(other.digests()).isNotEqualTo(release.digests()));
    }

    @Test
    void withoutAFileOfTheseRoomsNoReleaseIsKnown(@TempDir Path folder) throws IOException {
        Path own = jar(folder.resolve("access-1.jar"), "trimaran/access/Access.class", 1_000);
        assertThat(Machine.release(Set.of("keeper"), List.of(own))).isEmpty();
        // Of what this test runs on nothing is called so.
        assertThat(Machine.release(Set.of("no-room"))).isEmpty();
        // A file that cannot be read may be any.
        Path torn = Files.writeString(folder.resolve("keeper-1.jar"), "torn");
        assertThat(Machine.release(Set.of("access"), List.of(own, torn))).isEmpty();
    }

    private static Path jar(Path file, String entry, long seconds) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry(entry));
        }
        return Files.setLastModifiedTime(file, FileTime.from(seconds, TimeUnit.SECONDS));
    }
}
