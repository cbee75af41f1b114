package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.process.SystemEntropy;

/** A station's ward badge, and what is left where its making breaks off. */
class WardBadgeTest {

    private static final String PIN = "corridor nine";

    private static final String CONFIGURATION = "name = urgences\nlisten = 127.0.0.1:9000\n";

    @TempDir
    Path folder;

    private Path station = Path.of("");
    private Path badge = Path.of("");

    @BeforeEach
    void aStation() throws IOException {
        station = Files.createDirectory(folder.resolve("station"));
        badge = Files.createDirectory(folder.resolve("stick")).resolve("garde.key");
        Files.writeString(configuration(), CONFIGURATION);
    }

    private Path configuration() {
        return station.resolve(PartyConfiguration.FILE);
    }

    private Path publicHalf() {
        return station.resolve(PartyConfiguration.WARD_BADGE);
    }

    /** A station runs under an account of its own, and whoever is root makes its badge. */
    @Test
    void whoReadsTheConfigurationReadsThePublicHalf() throws Exception {
        for (String mode : List.of("rw-r-----", "rw-------")) {
            Files.setPosixFilePermissions(configuration(), PosixFilePermissions.fromString(mode));
            give(PIN);
            for (Path file : List.of(configuration(), publicHalf())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(mode);
            }
        }
    }

    private Bytes give(String pin) throws RefusedException, IOException {
        return WardBadge.give(badge, pin.toCharArray(), station, "all", "", new SystemEntropy());
    }

    private void hinder(String step) throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve(step + "~")).resolve("in the way"));
    }

    private void unhinder(String step) throws IOException {
        Files.delete(folder.resolve(step + "~").resolve("in the way"));
        Files.delete(folder.resolve(step + "~"));
    }

    private void isWhole(Bytes open) throws RefusedException, IOException {
        assertThat(Badges.openWard(badge, PIN.toCharArray())).isEqualTo(open);
        assertThat(Files.readAllBytes(publicHalf())).isEqualTo(open.toArray());
        assertThat(Files.readString(configuration()))
                .startsWith(CONFIGURATION)
                .containsOnlyOnce("copy.badge = ward-badge")
                .containsOnlyOnce("copy.wards = all");
    }

    /** Each of the three files is kept from being written, as by a full disk or a power cut before it: key, public half, lines. */
    @ParameterizedTest
    @ValueSource(strings = {"stick/garde.key", "station/ward-badge", "station/party.conf"})
    void whereItsMakingBreaksOffTheNextAttemptMakesItWhole(String step) throws Exception {
        hinder(step);
        assertThatThrownBy(() -> give(PIN)).isInstanceOf(UncheckedIOException.class);
        assertThat(Files.readString(configuration()))
                .as("no station seals to a badge before it is whole")
                .isEqualTo(CONFIGURATION);
        unhinder(step);
        isWhole(give(PIN));
    }

    /** A power cut leaves half a file under the name of one that is being written. */
    @ParameterizedTest
    @ValueSource(strings = {"stick/garde.key", "station/ward-badge", "station/party.conf"})
    void whatAPowerCutLeavesHalfWrittenIsInNobodysWay(String step) throws Exception {
        Path half = Files.writeString(folder.resolve(step + "~"), "half");
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
        isWhole(give(PIN));
        assertThat(folder.resolve(step + "~")).doesNotExist();
    }

    /** The station goes on with the badge it has, whose copies open, until the next one's key file is on disk. */
    @Test
    void aStationThatHasABadgeKeepsItWhereTheNextOnesMakingBreaksOff() throws Exception {
        Bytes first = give(PIN);
        badge = badge.resolveSibling("nuit.key");
        for (String step : new String[] {"stick/nuit.key", "station/ward-badge"}) {
            hinder(step);
            assertThatThrownBy(() -> give(PIN)).isInstanceOf(UncheckedIOException.class);
            assertThat(Files.readAllBytes(publicHalf())).as(step).isEqualTo(first.toArray());
            unhinder(step);
        }
        Bytes second = give(PIN);
        assertThat(second).isNotEqualTo(first);
        isWhole(second);
    }

    @Test
    void oneBadgeMayBeTwoStations() throws Exception {
        Bytes open = give(PIN);
        station = Files.createDirectory(folder.resolve("accueil"));
        Files.writeString(configuration(), CONFIGURATION);
        assertThat(give(PIN)).isEqualTo(open);
        isWhole(open);
    }

    @Test
    void aFileThatIsThereAndDoesNotOpenIsNotTakenUp() throws Exception {
        give(PIN);
        byte[] kept = Files.readAllBytes(badge);
        refused("another one", Code.WRONG_PIN, "opens with another PIN");
        assertThat(Files.readAllBytes(badge)).isEqualTo(kept);
        Files.delete(badge);
        Badges.create(badge, PIN.toCharArray(), new SystemEntropy());
        refused(PIN, Code.KEY_FILE, "no ward badge");
    }

    private void refused(String pin, Code code, String words) {
        assertThatThrownBy(() -> give(pin)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(code);
            assertThat(refused.refusal().sentence()).contains(words, "name a file that is not there");
        });
    }
}
