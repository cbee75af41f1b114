package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.process.SystemEntropy;

/** An officer whose PIN does not open their badge, in commands nobody has time for. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class OfficerPinTest {

    @TempDir
    Path folder;

    /** The PIN the process is given opens none of these. */
    @Test
    void aWrongPinIsSaidOfTheOfficersBadgeWithTheOtherWays() throws Exception {
        FoundedOffice office = FoundedOffice.in(folder.resolve("office"));
        Path named = Home.ownFolder(office.home().officers()).resolve("direction.key");
        Badges.create(named, "not the demo's".toCharArray(), new SystemEntropy());
        Path carried = Files.copy(named, folder.resolve("soins.key"));
        says(office, named, "direction", "cut", "data", "--officer", "direction");
        says(office, carried, "soins", "cut", "data", "--officer", carried.toString());
        says(office, named, "direction", "rebuild", "data", "--officer", "direction", "--officer", "other");
    }

    private void says(FoundedOffice office, Path file, String officer, String... command) throws Exception {
        Path output = folder.resolve("said");
        Process process = StandIn.start(output, office.command(command));
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isEqualTo(Code.WRONG_PIN.exitCode());
        assertThat(said.strip().lines()).as(List.of(command) + said).hasSize(1);
        assertThat(said)
                .contains(
                        "the PIN does not open officer " + officer + "'s badge " + file + ";",
                        "another officer",
                        "the reserve badge")
                .doesNotContain("password");
    }
}
