package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.record.Header;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** The whole command line with real processes, only the parties' mains are stand-ins. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class UpTest {

    @TempDir
    Path folder;

    private Home home = new Home(Path.of(""));

    @BeforeEach
    void chooseHome() {
        home = new Home(folder.resolve("hospital"));
    }

    @AfterEach
    void leaveNothingRunning() {
        new Running(home).find(Running.UP).ifPresent(ProcessHandle::destroyForcibly);
        Watch.stopAll(home);
    }

    private Process up(Path output) throws IOException, InterruptedException, RefusedException {
        int port = Objects.requireNonNull(Ports.choose(0).get(Role.RELAY)).port();
        Process up = StandIn.start(output, "up", "--home", home.folder().toString(), "--port", String.valueOf(port));
        while (up.isAlive() && !Files.readString(output).contains("READY http://localhost:" + port)) {
            Thread.sleep(50);
        }
        assertThat(up.isAlive()).as(Files.readString(output)).isTrue();
        return up;
    }

    @Test
    void aHospitalIsFoundedStartedAskedStoppedAndStartedAgain() throws Exception {
        Path output = folder.resolve("up.out");
        Process up = up(output);
        assertThat(Files.readString(output).lines().filter(line -> line.startsWith("READY")))
                .hasSize(1);
        byte[] founding = Files.readAllBytes(home.founding());

        eachFolderIsItsPartysAlone();
        theFoundingIsSignedByThreeAndKnownToEveryParty(founding);

        StandIn.Said status =
                StandIn.run("", "status", "--json", "--home", home.folder().toString());
        assertThat(status.status()).as(status.err()).isZero();
        int enrolled = Enrolment.decode(Bytes.wrap(Files.readAllBytes(home.enrolment())))
                .size();
        assertThat(status.out()).contains("\"party\":\"data\"").contains("\"placed.here\":" + enrolled);
        assertThat(StandIn.run("", "verify", "--home", home.folder().toString()).status())
                .isZero();

        twoOfficersGrantTheStationItsWardsAndEnrolPeople(enrolled);
        aSecondUpIsRefused();
        aStrangersStationIsToldApart();

        assertThat(StandIn.run("", "down", "--home", home.folder().toString()).status())
                .isZero();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
        for (Role role : Role.values()) {
            assertThat(PartyProcess.running(role, home)).as(role.word()).isEmpty();
        }

        Process again = up(folder.resolve("again.out"));
        assertThat(Files.readAllBytes(home.founding())).isEqualTo(founding);
        assertThat(StandIn.run("", "status", "--json", "--home", home.folder().toString())
                        .out())
                .contains("\"placed.here\":0");
        aDeathIsSaidInOneLine();
        again.destroy();
        assertThat(again.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(PartyProcess.running(Role.DATA, home)).isEmpty();
    }

    @Test
    void aFurtherStationMakesItsCardAndTwoOfficersEnrolIt() throws Exception {
        Process up = up(folder.resolve("up.out"));
        int placed = Enrolment.decode(Bytes.wrap(Files.readAllBytes(home.enrolment())))
                .size();
        Path machine = folder.resolve("machine-of-etage");
        Path parties = Files.copy(home.addresses(), folder.resolve("parties"));
        Files.writeString(parties, Files.readString(parties) + "station = 127.0.0.1:18997\n");
        String founding = home.founding().toString();
        List<String> join = List.of("join", "station", "--folder", machine.toString(), "--name", "etage");
        List<String> taking = List.of("--client", "labo", "--founding", founding, "--parties", parties.toString());
        List<String> all = new ArrayList<>(join);
        all.addAll(taking);
        StandIn.Said made = StandIn.run("", all.toArray(String[]::new));
        assertThat(made.status()).as(made.err()).isZero();
        String card = machine.resolve(StationCard.FILE).toString();
        assertThat(made.err()).contains(card);

        Path said = folder.resolve("twice.out");
        List<String> twice = List.of("enrol", "--home", home.folder().toString(), "--station", "etage", "--card", card);
        List<String> same = new ArrayList<>(twice);
        same.addAll(List.of("--officer", "soins", "--officer", "soins"));
        Process refused = StandIn.start(said, same.toArray(String[]::new));
        assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(Code.OFFICERS_MISSING.exitCode());
        assertThat(Files.readString(said)).contains("one officer cannot sign twice");
        assertThat(new FurtherStations(home).cards()).isEmpty();

        assertThat(enrol("--station", "etage", "--card", card))
                .startsWith("0 ")
                .contains("fingerprint of this card", "the station etage is enrolled, and its clients labo");
        assertThat(new FurtherStations(home).cards()).containsOnlyKeys("etage");
        assertThat(StandIn.run("", "status", "--json", "--home", home.folder().toString())
                        .out())
                .contains("\"placed.here\":" + (placed + 3));
        up.destroy();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFoundingThatIsStoppedLeavesNeitherFolderNorProcess() throws Exception {
        Path output = folder.resolve("up.out");
        Process up =
                StandIn.start("data~keys", output, "up", "--home", home.folder().toString(), "--port", "18998");
        while (up.isAlive() && hangingKeys().isEmpty()) {
            Thread.sleep(50);
        }
        List<ProcessHandle> children = up.descendants().toList();
        assertThat(children).as(Files.readString(output)).isNotEmpty();
        up.destroy();
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(output);
        }
    }

    private List<Path> hangingKeys() throws IOException {
        try (Stream<Path> drafts = Files.list(folder)) {
            return drafts.map(draft -> draft.resolve("data/keys.out"))
                    .filter(Files::exists)
                    .toList();
        }
    }

    @Test
    void whoWasAskedToStopStartsNothingMore() {
        Watch watch = new Watch(
                home,
                (role, arguments) -> {
                    throw new AssertionError("nothing is to be started");
                },
                new Voice(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false));
        watch.stop();
        assertThatThrownBy(() -> watch.start(List.of(Role.WITNESS))).isInstanceOf(RefusedException.class);
    }

    private void eachFolderIsItsPartysAlone() throws IOException {
        for (Role role : Role.values()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.of(role))))
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.officers().resolve("direction.key"))))
                .isEqualTo("rw-------");
    }

    private void theFoundingIsSignedByThreeAndKnownToEveryParty(byte[] founding) throws Exception {
        SignedStatement signed = SignedStatement.decode(Bytes.wrap(founding));
        assertThat(signed.signatures()).hasSize(3);
        assertThat(((Statement.Founding) signed.statement()).parties()).hasSize(4);
        for (Role role : Role.values()) {
            assertThat(home.of(role).resolve("founding")).hasBinaryContent(founding);
        }
        for (Header header : Enrolment.decode(Bytes.wrap(Files.readAllBytes(home.enrolment())))) {
            assertThat(header.author().origin()).isEqualTo(signed.id());
            assertThat(SignedStatement.decode(header.author().statement()).signatures())
                    .hasSize(2);
        }
    }

    private void twoOfficersGrantTheStationItsWardsAndEnrolPeople(int enrolled) throws Exception {
        String badge = StationCard.read(home.of(Role.STATION).resolve(StationCard.FILE))
                .badge()
                .id()
                .hex();
        Path wards = folder.resolve(StationWards.FILE);
        Files.writeString(wards, "badge = " + badge + "\n");
        refusedToGrant(wards, Code.NOT_FOUND, "names no ward yet");
        String urgences = new CellId(7, 1).handle() + " = Urgences\n";
        Files.writeString(wards, "badge = " + "0".repeat(64) + "\n" + urgences);
        refusedToGrant(wards, Code.KEY_FILE, "of another station");
        Files.writeString(wards, "badge = " + badge + "\n" + urgences);
        refusedToGrant(wards, Code.OFFICERS_MISSING, "two officers");
        assertThat(enrol("--wards", wards.toString()))
                .contains("0 trimaran: ward Urgences", "these wards and no others");

        String nurse = home.badges().resolve("infirmiere.key").toString();
        assertThat(enrol("--person", nurse, "--role", "nurse", "--wards", wards.toString()))
                .contains("0 trimaran: ward Urgences", "is enrolled as nurse with these wards");
        String officer = home.officers().resolve("informatique.key").toString();
        assertThat(enrol("--person", officer, "--role", "nurse"))
                .startsWith(String.valueOf(Code.USAGE.exitCode()))
                .contains("an officer's");
        endABadge(nurse, officer, badge);
        for (List<String> wrong : List.of(
                List.of("--officer", "soins"),
                List.of("--end", "0".repeat(64), "--person", nurse),
                List.of("--role", "nurse"),
                List.of("--person", nurse),
                List.of("--person", nurse, "--role", "nurse", "--role", "connector"))) {
            List<String> command =
                    new ArrayList<>(List.of("enrol", "--home", home.folder().toString()));
            command.addAll(wrong);
            StandIn.Said refused = StandIn.run("", command.toArray(String[]::new));
            assertThat(refused.status()).as(wrong + refused.err()).isEqualTo(Code.USAGE.exitCode());
        }
        assertThat(StandIn.run("", "status", "--json", "--home", home.folder().toString())
                        .out())
                .contains("\"placed.here\":" + (enrolled + 3));
    }

    /** By its whole number alone, and by one officer. */
    private void endABadge(String nurse, String officer, String station) throws Exception {
        String number = numberOf(nurse);
        String misread = String.valueOf(Code.USAGE.exitCode());
        assertThat(end(number.substring(1))).startsWith(misread).contains("its whole number");
        assertThat(end(numberOf(officer))).startsWith(misread).contains("officer --revoke");
        assertThat(end(station)).startsWith(misread).contains("cut station NAME");
        assertThat(enrol("--end", number))
                .startsWith(String.valueOf(Code.OFFICERS_MISSING.exitCode()))
                .contains("takes one officer");
        assertThat(end(number.toUpperCase(Locale.ROOT)))
                .startsWith("0 ")
                .contains("the badge " + number + " counts no more");
    }

    private static String numberOf(String badge) throws RefusedException {
        return Badges.open(Path.of(badge), Badges.DEMO_PIN.toCharArray())
                .publicKey()
                .id()
                .hex();
    }

    /** With two officers' badges; how it ended, and what it said. */
    private String enrol(String... arguments) throws Exception {
        return enrolBy(List.of("direction", "soins"), arguments);
    }

    private String end(String number) throws Exception {
        return enrolBy(List.of("direction"), "--end", number);
    }

    private String enrolBy(List<String> officers, String... arguments) throws Exception {
        Path said = folder.resolve("enrol.out");
        List<String> command =
                new ArrayList<>(List.of("enrol", "--home", home.folder().toString()));
        officers.forEach(officer -> command.addAll(List.of("--officer", officer)));
        command.addAll(List.of(arguments));
        Process enrol = StandIn.start(said, command.toArray(String[]::new));
        assertThat(enrol.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return enrol.exitValue() + " " + Files.readString(said);
    }

    private void refusedToGrant(Path wards, Code code, String words) {
        StandIn.Said refused = StandIn.run(
                "",
                "enrol",
                "--wards",
                wards.toString(),
                "--home",
                home.folder().toString());
        assertThat(refused.status()).as(refused.err()).isEqualTo(code.exitCode());
        assertThat(refused.err()).contains(words);
        assertThat(refused.err().strip().lines()).hasSize(1);
    }

    private void aSecondUpIsRefused() {
        StandIn.Said second = StandIn.run("", "up", "--home", home.folder().toString());
        assertThat(second.status()).as(second.err()).isEqualTo(Code.HOME_IN_USE.exitCode());
        assertThat(second.err().strip().lines()).hasSize(1);
        StandIn.Said beds =
                StandIn.run("", "up", "--beds", "20", "--home", home.folder().toString());
        assertThat(beds.status()).as("beds of a hospital there is").isEqualTo(Code.USAGE.exitCode());
    }

    /** A process that only has the number of ours is not ours. */
    private void aStrangersStationIsToldApart() throws IOException {
        Running running = new Running(home);
        assertThat(running.find(Role.STATION.word())).isPresent();
        Files.writeString(
                home.run().resolve("stranger.process"), ProcessHandle.current().pid() + " 1\n");
        assertThat(running.find("stranger")).isEmpty();
    }

    private void aDeathIsSaidInOneLine() throws Exception {
        Path output = folder.resolve("again.out");
        new Running(home).find("access").orElseThrow().destroyForcibly();
        while (!Files.readString(output).contains("access has stopped")) {
            Thread.sleep(50);
        }
        assertThat(StandIn.run("", "status", "--home", home.folder().toString()).status())
                .isEqualTo(Code.UNAVAILABLE.exitCode());
        assertThat(StandIn.run("", "start", "access", "--home", home.folder().toString())
                        .status())
                .isZero();
        assertThat(StandIn.run("", "status", "--home", home.folder().toString()).status())
                .isZero();
    }
}
