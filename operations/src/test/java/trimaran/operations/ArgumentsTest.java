package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.PublicKey;
import trimaran.record.Suite;

class ArgumentsTest {

    @TempDir
    Path folder;

    private static void refused(StandIn.Said said, Code code) {
        assertThat(said.status()).as(said.err()).isEqualTo(code.exitCode());
        assertThat(said.err().strip().lines()).hasSize(1);
        assertThat(said.out()).isEmpty();
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    @Test
    void anUnknownCommandIsOneLine() {
        refused(StandIn.run("", "sink"), Code.USAGE);
    }

    @Test
    void anUnknownOptionIsOneLine() {
        refused(StandIn.run("", "up", "--deep", home()), Code.USAGE);
    }

    @Test
    void bedsBelongToAHospitalThatIsFoundedAndToNoEmptyOne() {
        refused(StandIn.run("", "up", "--home", home(), "--beds", "19"), Code.USAGE);
        refused(StandIn.run("", "up", "--home", home(), "--beds", "1501"), Code.USAGE);
        refused(StandIn.run("", "up", "--home", home(), "--beds", "20", "--empty"), Code.USAGE);
    }

    @Test
    void aPortOutOfRangeIsOneLineAndFoundsNothing() {
        refused(StandIn.run("", "up", "--home", home(), "--port", "65536"), Code.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aBusyPortIsOneLineAndFoundsNothing() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    StandIn.run("", "up", "--home", home(), "--port", String.valueOf(busy.getLocalPort())),
                    Code.PORT_BUSY);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderWithSomethingElseInItIsNoHome() throws IOException {
        Files.writeString(folder.resolve("letters"), "mine");
        refused(StandIn.run("", "up", "--home", folder.toString()), Code.HOME_DAMAGED);
        assertThat(folder.resolve("letters")).hasContent("mine");
    }

    @Test
    void aHomeOfAnotherVersionIsRefused() throws IOException {
        Files.writeString(folder.resolve("version"), Home.VERSION + "0\n");
        refused(StandIn.run("", "up", "--home", folder.toString()), Code.HOME_VERSION);
    }

    @Test
    void aCommandWithoutAHospitalSaysHowToFoundOne() {
        StandIn.Said said = StandIn.run("", "status", "--home", home());
        refused(said, Code.USAGE);
        assertThat(said.err()).contains("trimaran up");
    }

    @Test
    void aTierThatIsNoneIsRefused() {
        refused(StandIn.run("", "rebuild", "relay", "--officer", "a", "--officer", "b", "--home", home()), Code.USAGE);
    }

    @Test
    void clientsOverTheLimitAreRefused() {
        refused(StandIn.run("", "import", home(), "--clients", "65"), Code.USAGE);
        refused(StandIn.run("", "import", home(), "--clients", "0"), Code.USAGE);
    }

    @Test
    void aReferenceThatIsNoneIsRefused() {
        refused(StandIn.run("", "read", "../Patient/1"), Code.USAGE);
    }

    @Test
    void whoJoinsIsToldWhatIsWrongAndNothingIsMade() throws IOException {
        String own = folder.resolve("own").toString();
        refused(StandIn.run("", "join", "nobody", "--folder", own), Code.USAGE);
        refused(StandIn.run("", "join", "relay", "--folder", own), Code.USAGE);
        refused(StandIn.run("", "join", "data", "--folder", own, "--client", "bench"), Code.USAGE);
        refused(StandIn.run("", "join", "station", "--folder", own, "--client", "../bench"), Code.USAGE);
        refused(StandIn.run("", "join", "data", "--folder", own, "--founding", "f"), Code.USAGE);
        refused(
                StandIn.run("", "join", "data", "--folder", own, "--founding", "f", "--parties", "p"),
                Code.HOME_DAMAGED);
        refused(StandIn.run("", "serve", "data", "--folder", own), Code.HOME_DAMAGED);
        refused(StandIn.run("", "serve", "nobody", "--folder", own), Code.USAGE);
        refused(StandIn.run("", "enrol", "--home", own), Code.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStationWithOneClientTooManyIsRefused() {
        List<String> join = new ArrayList<>(
                List.of("join", "station", "--folder", folder.resolve("own").toString()));
        for (int i = 0; i <= StationCard.CLIENTS_MAX; i++) {
            join.addAll(List.of("--client", "c" + i));
        }
        refused(StandIn.run("", join.toArray(String[]::new)), Code.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStationsCardComesBackAsItWasAndADamagedOneIsRefused() throws Exception {
        PublicKey badge = new PublicKey(Suite.P256, Bytes.ofText("badge"));
        StationCard card = new StationCard(Digest.sha256(new byte[1]), badge, Map.of("bench", badge, "a", badge));
        Path file = folder.resolve(StationCard.FILE);
        byte[] bytes = card.encode().toArray();
        Files.write(file, bytes);
        assertThat(StationCard.read(file)).isEqualTo(card);
        for (int cut = 0; cut < bytes.length; cut++) {
            Files.write(file, Arrays.copyOf(bytes, cut));
            assertThatThrownBy(() -> StationCard.read(file)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void aFoundingThatFailsLeavesNothing() {
        StandIn.Said said = StandIn.run("data=keys", "up", "--home", home(), "--port", "18999");
        assertThat(said.status()).as(said.err()).isEqualTo(Code.DISK_FULL.exitCode());
        assertThat(said.err()).contains("data could not make its keys: no entropy today");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAFullDiskHasNoRoomForIsSaidForIt() {
        StandIn.Said said = StandIn.run("data!keys", "up", "--home", home(), "--port", "18999");
        assertThat(said.status()).as(said.err()).isEqualTo(Code.DISK_FULL.exitCode());
        assertThat(said.err()).contains("data could not make its keys: the disk is full");
    }

    @Test
    void aFolderNobodyMayWriteToIsOneLine() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
        StandIn.Said said = StandIn.run(
                "", "token", "--client", "bench", "--home", closed.resolve("h").toString());
        refused(said, Code.USAGE);
    }
}
