package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimaran.kernel.Code;

/** A home one file of which is lost or damaged: each command names the file, and says how it goes on. */
class DamagedHomeTest {

    @TempDir
    Path folder;

    private FoundedOffice office = new FoundedOffice(new Home(Path.of("")), List.of());

    @BeforeEach
    void anOffice() throws Exception {
        office = FoundedOffice.in(folder.resolve("office"));
    }

    /** The file, a command that needs it, the code, and the way on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version           | status                          | HOME_VERSION | HOME_DAMAGED | your copy of the home
            card/founding     | status                          | HOME_DAMAGED | HOME_DAMAGED | a party's folder of this hospital
            card/parties      | status                          | HOME_DAMAGED | HOME_DAMAGED | the parties' own party.conf
            card/epoch-2      | status                          | HOME_DAMAGED | -            | of a party that was rebuilt since
            card/officer-1    | status                          | HOME_DAMAGED | -            | of a party that was rebuilt since
            card/enrolment    | enrol                           | HOME_DAMAGED | HOME_DAMAGED | your copy of the home
            card/enrolment    | cut station accueil --officer a | HOME_DAMAGED | HOME_DAMAGED | your copy of the home
            card/stations/bloc| cut station accueil --officer a | HOME_DAMAGED | -            | that station's folder
            card/station      | cut client bench --officer a    | KEY_FILE     | NOT_FOUND    | enrolment.card
            console/line.key  | status                          | KEY_FILE     | KEY_FILE     | your copy of the home
            console/machine.secret | status                     | KEY_FILE     | KEY_FILE     | your copy of the home
            """)
    void aFileThatIsDamagedOrLostIsNamedWithTheWayOn(
            String file, String command, String damaged, String lost, String way) throws IOException {
        Path its = office.home().folder().resolve(file);
        Files.createDirectories(Objects.requireNonNull(its.getParent()));
        Files.writeString(its, "torn");
        Files.setPosixFilePermissions(its, PosixFilePermissions.fromString("rw-------"));
        saysHow(its, command, damaged, way);
        if (!lost.equals("-")) {
            Files.delete(its);
            saysHow(its, command, lost, way);
        }
    }

    private void saysHow(Path file, String command, String code, String way) {
        StandIn.Said said = StandIn.run("", office.command(command.split(" ")));
        assertThat(said.status()).as(said.err()).isEqualTo(Code.valueOf(code).exitCode());
        assertThat(said.err().strip().lines()).as(said.err()).hasSize(1);
        assertThat(said.err())
                .contains(file.toString(), way, "(" + Code.valueOf(code).tag() + ")");
    }

    @Test
    void aFolderThatIsNoHospitalIsNamedAndAnotherIsAskedFor() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("letter"), "not a hospital");
        StandIn.Said said = StandIn.run("", "status", "--home", other.toString());
        assertThat(said.status()).as(said.err()).isEqualTo(Code.HOME_DAMAGED.exitCode());
        assertThat(said.err()).contains(other.toString(), "name another folder: --home");
    }
}
