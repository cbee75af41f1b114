package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.RecordLimits;
import trimaran.store.RocksStore;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** What an operator gets wrong, and what a machine does to them, with the real processes: one clear line, and nothing half-done. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CommandLineTest {

    /** No file may grow beyond so many blocks of 512 bytes: what a quota does, on any machine and without being root. */
    private static final List<String> NO_ROOM = List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh");

    @TempDir
    Path scratch;

    private static void refused(Said said, Code code) {
        assertThat(said.status()).as(said.toString()).isEqualTo(code.exitCode());
        assertThat(said.err().strip().lines()).as(said.toString()).hasSize(1);
        assertThat(said.err()).startsWith("trimaran: ").doesNotContain("Exception");
    }

    @Test
    void aDamagedForeignOrOpenKeyFileIsSaidAndTheRightOneWorks(TrialHospital hospital) throws IOException {
        Path key = hospital.home().resolve("data/keys/log.key");
        Path foreign = hospital.home().resolve("access/keys/cosigner.key");
        byte[] right = Files.readAllBytes(key);
        byte[] damaged = right.clone();
        damaged[damaged.length / 2] ^= 1;
        hospital.kill("data");

        Files.write(key, damaged);
        Said said = hospital.run("start", "data");
        refused(said, Code.KEY_FILE);
        assertThat(said.err()).contains(key.toString()).contains("damaged");
        Files.write(key, Files.readAllBytes(foreign));
        refused(hospital.run("start", "data"), Code.KEY_FILE);
        Files.delete(key);
        refused(hospital.run("start", "data"), Code.KEY_FILE);
        Files.write(key, right);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        said = hospital.run("start", "data");
        refused(said, Code.KEY_FILE);
        assertThat(said.err()).contains("0600");

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        hospital.start("data");
        verified(hospital);
    }

    /** On a file system of two megabytes some parties serve, and find no room for the word that they do. */
    @Test
    void aDiskWithoutRoomForOneWordIsSaidAtOnce(TrialHospital hospital) throws Exception {
        Path small = Files.createDirectory(scratch.resolve("small"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString()).start();
        assumeTrue(mount.waitFor(10, TimeUnit.SECONDS) && mount.exitValue() == 0, "this machine lets nobody mount");
        try {
            String home = small.resolve("h").toString();
            long began = System.nanoTime();
            Said said = hospital.commands()
                    .run("up", "--empty", "--home", home, "--port", String.valueOf(TrialHospital.freePort()));
            assertThat(said.status()).as(said.toString()).isEqualTo(Code.DISK_FULL.exitCode());
            assertThat(said.err()).contains("the disk is full").doesNotContain("Exception");
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));
            hospital.commands().run("down", "--home", home);
        } finally {
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
        }
    }

    @Test
    void theDoctorSaysThatAllHullsStandOnOneMachine(TrialHospital hospital) throws IOException {
        Said said = hospital.run("doctor", "--json");
        assertThat(said.status()).as(said.toString()).isOne();
        assertThat(said.out())
                .contains(
                        "\"weight\":\"grave\",\"what\":\"machine\",\"parties\":[\"access\",\"application\",\"data\",\"witness\"]")
                .contains("\"what\":\"account\"", "\"what\":\"disk\"", "\"what\":\"release\"", "\"what\":\"relay\"")
                .contains("\"weight\":\"unknown\",\"what\":\"backup\"")
                .doesNotContain("\"what\":\"clock\"", "\"what\":\"silent\"");

        // Two tiers whose people wrote down one administrator.
        for (String party : List.of("access", "data")) {
            Path conf = hospital.home().resolve(party).resolve("party.conf");
            Files.writeString(conf, Files.readString(conf) + "ground.administrator = équipe de nuit\n");
            hospital.kill(party);
            hospital.start(party);
        }
        Settling.await(hospital, 60);
        assertThat(hospital.run("doctor").out())
                .contains("access and data have one administrator")
                .contains("one stolen administrator's key opens them all")
                .contains("ground.administrator is not written down for application and witness");
    }

    @Test
    void anOfficersKeyOfAnotherHospitalAndAWrongPinAreSaid(TrialHospital hospital) {
        Path stranger = scratch.resolve("stranger.key");
        Said made = hospital.commands().run("badge", "--file", stranger.toString());
        assertThat(made.isWell()).as(made.toString()).isTrue();
        refused(hospital.commands().run("badge", "--file", stranger.toString()), Code.KEY_FILE);
        refused(
                hospital.run("rebuild", "data", "--officer", "direction", "--officer", stranger.toString()),
                Code.KEY_FILE);
        refused(
                hospital.runUnder(
                        List.of("env", "TRIMARAN_PIN=000000"),
                        "rebuild",
                        "data",
                        "--officer",
                        "direction",
                        "--officer",
                        "soins"),
                Code.WRONG_PIN);
        refused(
                hospital.commands()
                        .run(
                                List.of("env", "TRIMARAN_PIN=12345"),
                                List.of(
                                        "badge",
                                        "--file",
                                        scratch.resolve("short.key").toString())),
                Code.USAGE);
        assertThat(scratch.resolve("short.key")).doesNotExist();
        assertThat(hospital.isAlive("data")).isTrue();
    }

    /** A hospital that is no demo has none from the beginning. */
    @Test
    void aWardBadgeIsMadeForTheCopiesOfAStation(TrialHospital hospital) throws Exception {
        Path station = hospital.home().resolve("stations").resolve(TrialHospital.STATION);
        String conf = Files.readString(station.resolve("party.conf"));
        Path open = station.resolve("ward-badge");
        assertThat(open).doesNotExist();
        String badge = scratch.resolve("garde.key").toString();
        try {
            String own = station.toString();
            String tooMany = "w" + ",w".repeat(64);
            for (List<String> wrong : List.of(
                    List.of(
                            "--file",
                            badge,
                            "--ward",
                            hospital.home().resolve("data").toString()),
                    List.of("--file", scratch.resolve("garde").toString(), "--ward", own),
                    List.of("--file", station.resolve("garde.key").toString(), "--ward", own),
                    List.of("--file", badge, "--ward", own),
                    List.of("--file", badge, "--ward", own, "--wards", "uhcd,"),
                    List.of("--file", badge, "--ward", own, "--wards", tooMany),
                    List.of("--file", badge, "--ward", own, "--reader", " "),
                    List.of("--file", badge, "--wards", "uhcd"))) {
                List<String> command = new ArrayList<>(List.of("badge"));
                command.addAll(wrong);
                refused(hospital.commands().run(command.toArray(String[]::new)), Code.USAGE);
            }
            assertThat(Path.of(badge)).doesNotExist();
            Said made = hospital.commands().run("badge", "--file", badge, "--ward", own, "--wards", "all");
            assertThat(made.isWell()).as(made.toString()).isTrue();
            byte[] first = Files.readAllBytes(open);
            Said again = hospital.commands()
                    .run("badge", "--file", scratch.resolve("autre.key").toString(), "--ward", own);
            assertThat(again.isWell()).as(again.toString()).isTrue();
            assertThat(Files.readAllBytes(open)).hasSameSizeAs(first).isNotEqualTo(first);
            assertThat(Files.readString(station.resolve("party.conf")))
                    .containsOnlyOnce("copy.badge = ward-badge")
                    .containsOnlyOnce("copy.wards = all");
            hospital.kill(TrialHospital.STATION);
            hospital.start(TrialHospital.STATION);
            assertThat(hospital.isAlive(TrialHospital.STATION)).isTrue();
        } finally {
            Files.writeString(station.resolve("party.conf"), conf);
            Files.deleteIfExists(open);
            hospital.kill(TrialHospital.STATION);
            hospital.start(TrialHospital.STATION);
        }
    }

    /** The first entries say who belongs to the hospital: without one of them nobody may speak to this tier. */
    @Test
    void aTierThatCannotReadItsOwnCopySaysSoAtOnceAndIsRebuilt(TrialHospital hospital) throws Exception {
        hospital.kill("data");
        try (RocksStore store = RocksStore.open(
                hospital.home().resolve("data/store"), Files.createDirectory(scratch.resolve("native")))) {
            Bytes key = new Writer(8).i64(2).toBytes();
            Reader row = new Reader(store.get(Space.ENTRIES, key).orElseThrow());
            Bytes header = row.bytes(RecordLimits.HEADER_BYTES_MAX);
            Bytes place = row.bytes(RecordLimits.HEADER_BYTES_MAX);
            Bytes cut = Bytes.ofRange(header.toArray(), 0, header.size() - 1);
            store.write(List.of(new Store.Change.Put(
                    Space.ENTRIES, key, new Writer(4096).bytes(cut).bytes(place).toBytes())));
        }
        long began = System.nanoTime();
        Said said = hospital.run("start", "data");
        refused(said, Code.HOME_DAMAGED);
        assertThat(said.err()).contains("rebuild");
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));

        Said rebuilt = hospital.run("rebuild", "data", "--officer", "direction", "--officer", "soins");
        assertThat(rebuilt.isWell()).as(rebuilt.toString()).isTrue();
        verified(hospital);
    }

    @Test
    void anOrderToRollWantsWhoFellAWindowAndTwoOfficers(TrialHospital hospital) {
        Said said = rolled(hospital, "data", "2020-01-01", "direction", "soins");
        refused(said, Code.USAGE);
        assertThat(said.err()).contains("no keys are handed to data");
        refused(rolled(hospital, "application", "gestern", "direction", "soins"), Code.USAGE);
        refused(rolled(hospital, "application", "2099-01-01", "direction", "soins"), Code.USAGE);
        refused(rolled(hospital, "application", "2020-01-01", "direction"), Code.OFFICERS_MISSING);
        refused(rolled(hospital, "application", "2020-01-01", "direction", "direction"), Code.OFFICERS_MISSING);
        assertThat(hospital.run("status").out()).doesNotContain("a new key");

        assertThat(rolled(hospital, "application", "2020-01-01", "direction", "soins")
                        .isWell())
                .isTrue();
        verified(hospital);
    }

    private static Said rolled(TrialHospital hospital, String party, String from, String... officers) {
        List<String> command = new ArrayList<>(List.of("roll", "--party", party, "--from", from));
        for (String officer : officers) {
            command.addAll(List.of("--officer", officer));
        }
        return hospital.run(command.toArray(String[]::new));
    }

    @Test
    void aFoundingOnAFullDiskLeavesNothing(TrialHospital hospital) {
        Path home = scratch.resolve("hospital");
        Said said = hospital.commands()
                .run(NO_ROOM, List.of("up", "--home", home.toString(), "--port", String.valueOf(free())));
        assertThat(said.status()).as(said.toString()).isEqualTo(Code.DISK_FULL.exitCode());
        assertThat(said.err()).contains("the disk is full").doesNotContain("Exception");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aPartyWhoseDiskIsFullEndsInOneLineAndGoesOnOnceThereIsRoom(TrialHospital hospital) {
        for (String hull : TrialHospital.HULLS) {
            hospital.kill(hull);
            Said said = hospital.runUnder(NO_ROOM, "start", hull);
            if (said.isWell()) {
                // It had room for its start, not for what follows.
                try (FhirClient client = hospital.client()) {
                    Waiting.until(120, hull + " has no room left", () -> {
                        client.create("Patient", Load.patient("full-" + hull));
                        return !hospital.isAlive(hull);
                    });
                }
            } else {
                refused(said, Code.DISK_FULL);
            }
            assertThat(TrialHospital.text(hospital.home().resolve("run/" + hull + ".out")))
                    .as(hull)
                    .contains("the disk is full")
                    .doesNotContain("\tat ");
            hospital.start(hull);
        }
        verified(hospital);
    }

    @Test
    void aBusyPortIsSaidAndTheNextUpGoesOn(TrialHospital hospital) throws IOException {
        assertThat(hospital.interrupt()).isEqualTo(130);
        nothingRuns(hospital);
        int port = hospital.port("data");
        try (ServerSocket busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Said said = hospital.run("up");
            refused(said, Code.PORT_BUSY);
            assertThat(said.err()).contains(String.valueOf(busy.getLocalPort())).contains("data");
            nothingRuns(hospital);
        }
        Path version = hospital.home().resolve("version");
        Files.copy(version, scratch.resolve("version"));
        Files.writeString(version, "99\n");
        for (String command : List.of("up", "down", "status", "verify")) {
            refused(hospital.run(command), Code.HOME_VERSION);
        }
        Files.copy(scratch.resolve("version"), version, StandardCopyOption.REPLACE_EXISTING);

        Path secret = hospital.home().resolve("witness/machine.secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Said said = hospital.run("up");
        assertThat(said.status()).as(said.toString()).isEqualTo(Code.KEY_FILE.exitCode());
        nothingRuns(hospital);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        hospital.up();
        refused(hospital.run("up"), Code.HOME_IN_USE);
        verified(hospital);
    }

    @Test
    void statusAndVerifySayInJsonWhatAnOperatorNeeds(TrialHospital hospital) {
        try (FhirClient client = hospital.client()) {
            assertThat(client.create("Patient", Load.patient("counted")).status())
                    .isEqualTo(201);
        }
        verified(hospital);
        Map<String, Object> status =
                JsonTree.read(hospital.run("status", "--json").out());
        List<Object> words = new ArrayList<>();
        for (Map<String, Object> party : JsonTree.objects(status, "parties")) {
            words.add(JsonTree.at(party, "party"));
            assertThat(party).containsEntry("up", JsonTree.literal("true"));
            assertThat(JsonTree.number(party, "checkpoint.size")).isPositive();
            // The witness signs last and keeps a size and a root; who else signed is the tiers' to say.
            if (!words.getLast().equals("witness")) {
                assertThat(JsonTree.number(party, "checkpoint_age_millis")).isNotNegative();
                assertThat(JsonTree.list(JsonTree.at(party, "cosigned_by"))).hasSizeGreaterThanOrEqualTo(3);
                assertThat(JsonTree.number(party, "size")).isPositive();
                assertThat(party)
                        .containsEntry("lacks", JsonTree.literal("0"))
                        .containsEntry("held", JsonTree.literal("0"));
            }
        }
        assertThat(words).containsExactlyInAnyOrderElementsOf(TrialHospital.HULLS);
        for (String word : List.of("relay", "station")) {
            assertThat(JsonTree.objects(status, word).getFirst()).containsEntry("up", JsonTree.literal("true"));
        }

        Map<String, Object> verify =
                JsonTree.read(hospital.run("verify", "--json").out());
        assertThat(verify).containsEntry("clean", JsonTree.literal("true")).containsEntry("faults", List.of());
        assertThat(JsonTree.objects(verify, "copies")).hasSize(3).allSatisfy(copy -> {
            assertThat(copy).containsEntry("up", JsonTree.literal("true"));
            for (String count : List.of("entries", "cells", "shares")) {
                assertThat(JsonTree.number(copy, count)).isPositive();
            }
        });
    }

    @Test
    void statusSaysInJsonWhoIsDownAndWhy(TrialHospital hospital) {
        hospital.kill("witness");
        Said said = hospital.run("status", "--json");
        assertThat(said.status()).isEqualTo(Code.UNAVAILABLE.exitCode());
        Map<String, Object> witness = JsonTree.objects(JsonTree.read(said.out()), "parties").stream()
                .filter(party -> JsonTree.at(party, "party").equals("witness"))
                .findFirst()
                .orElseThrow();
        assertThat(witness).containsEntry("up", JsonTree.literal("false")).containsKey("why");
        hospital.start("witness");
    }

    private static void verified(TrialHospital hospital) {
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
    }

    private static void nothingRuns(TrialHospital hospital) {
        for (String word : TrialHospital.PROCESSES) {
            assertThat(hospital.home().resolve("run/" + word + ".process")).doesNotExist();
        }
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains(hospital.home().toString()))
                                .isPresent())
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private static int free() {
        try {
            return TrialHospital.freePort();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
