package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;

/** An archive of a hospital of real processes, checked as an expert would: unpacked, by its own program, with a JDK alone. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class EvidenceTest {

    private static final String MANIFEST = "MANIFEST";

    @TempDir
    Path scratch;

    private final TreeMap<String, byte[]> files = new TreeMap<>();

    @Test
    void oneChangedByteIsFoundWhereverItIs(TrialHospital hospital) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("evidence -Dseed=" + seed);
        Random random = new Random(seed);
        Instant from = Instant.now();
        write(hospital, "evidence");
        Said made = made(hospital, from.toString(), Instant.now().toString(), "window.zip");
        assertThat(made.status()).as(made.toString()).isZero();
        assertThat(made.out()).doesNotContain(" 0 entries").containsPattern("ledger lines: access [1-9]");
        unpack("window.zip");
        assertThat(files.keySet())
                .contains("record", "ledgers/access/access.lines", "checkpoints/witness", "LISEZMOI.txt");
        Said said = java(
                "-cp",
                scratch.toString(),
                folder().resolve("checker/CheckArchive.java").toString(),
                folder().toString());
        assertThat(said.status()).as(said.toString()).isZero();
        assertThat(said.out()).contains("TRUE AND COMPLETE");
        compile();

        // The manifest tells of any byte, which the room of evidence tries in each file; here what stands behind a
        // mended one.
        found(MANIFEST, random, false);
        for (String name : files.keySet()) {
            if (!name.equals(MANIFEST)) {
                found(name, random, true);
            }
        }
        assertThat(check().status()).isZero();
    }

    /** Nobody's name, nothing of a body that was sent: what an archive shows is what keepers see. */
    @Test
    void nothingOfAPatientIsInAnArchive(TrialHospital hospital) throws Exception {
        Instant from = Instant.now();
        write(hospital, "introuvable");
        assertThat(made(hospital, from.toString(), Instant.now().toString(), "unseen.zip")
                        .isWell())
                .isTrue();
        unpack("unseen.zip");
        for (byte[] content : files.values()) {
            assertThat(new String(content, StandardCharsets.UTF_8)).doesNotContain("introuvable", "1970-01-01");
        }
    }

    @Test
    void aWindowWithoutALineAndWrittenInTheHospitalsTimeIsAWindow(TrialHospital hospital) throws Exception {
        ZoneId paris = ZoneId.of("Europe/Paris");
        String local = LocalDateTime.now(paris).minusNanos(1_000_000).toString();
        Said made = made(hospital, local, local, "empty.zip");
        assertThat(made.status()).as(made.toString()).isZero();
        unpack("empty.zip");
        compile();
        assertThat(check().out()).contains("TRUE AND COMPLETE");
    }

    @Test
    void aTierThatIsDownIsToldOfByTheOthers(TrialHospital hospital) throws Exception {
        Instant from = Instant.now();
        write(hospital, "down");
        Settling.await(hospital, 60);
        Thread.sleep(1500);
        String to = Instant.now().toString();
        hospital.kill("access");
        try {
            Said made = made(hospital, from.toString(), to, "down.zip");
            assertThat(made.status()).as(made.toString()).isZero();
        } finally {
            hospital.start("access");
        }
        unpack("down.zip");
        assertThat(files.keySet())
                .contains("ledgers/access/application.lines")
                .doesNotContain("ledgers/access/access.lines");
        compile();
        assertThat(check().out()).contains("ledgers/access: nothing of access", "TRUE AND COMPLETE");
    }

    @Test
    void whatIsWrongIsSaidInOneLineAndNothingIsLeft(TrialHospital hospital) throws Exception {
        String now = Instant.now().toString();
        refused(made(hospital, now, "2026-01-01", "x.zip"), Code.USAGE, "before it begins");
        refused(made(hospital, "hier", now, "x.zip"), Code.USAGE, "\"hier\" is no time");
        refused(made(hospital, now, "2099-01-01", "x.zip"), Code.USAGE, "in the future");
        refused(made(hospital, "2001-01-01", "2001-01-02", "x.zip"), Code.USAGE, "before the hospital was founded");
        refused(made(hospital, now, now, "nowhere/x.zip"), Code.USAGE, "nothing can be written");
        Files.writeString(scratch.resolve("there.zip"), "evidence of another day");
        refused(made(hospital, now, now, "there.zip"), Code.USAGE, "exists");
        assertThat(scratch.resolve("there.zip")).hasContent("evidence of another day");
        Path damaged = scratch.resolve("damaged");
        Files.createDirectories(damaged.resolve("card"));
        Files.writeString(
                damaged.resolve("version"), Files.readString(hospital.home().resolve("version")));
        Files.writeString(damaged.resolve("card/founding"), "no statement");
        refused(
                hospital.commands()
                        .run(
                                "evidence",
                                "--home",
                                damaged.toString(),
                                "--from",
                                now,
                                "--to",
                                now,
                                "--out",
                                zip("x.zip")),
                Code.HOME_DAMAGED,
                "card/founding");
        assertThat(scratch.resolve("x.zip")).doesNotExist();
        assertThat(scratch.resolve("x.zip.part")).doesNotExist();
    }

    private static void refused(Said said, Code code, String sentence) {
        assertThat(said.status()).as(said.toString()).isEqualTo(code.exitCode());
        assertThat(said.err().strip().lines()).as(said.toString()).hasSize(1);
        assertThat(said.err()).startsWith("trimaran: ").contains(sentence).doesNotContain("Exception");
    }

    private static void write(TrialHospital hospital, String name) {
        try (FhirClient client = hospital.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.create("Patient", Load.patient(name + i)).status())
                        .isEqualTo(201);
                assertThat(client.found("Patient", Written.SYSTEM, name + i)).isOne();
            }
        }
    }

    private String zip(String name) {
        return scratch.resolve(name).toString();
    }

    private Said made(TrialHospital hospital, String from, String to, String name) {
        return hospital.run("evidence", "--from", from, "--to", to, "--out", zip(name));
    }

    private Path folder() {
        return scratch.resolve("archive");
    }

    private void unpack(String name) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(scratch.resolve(name)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        for (var file : files.entrySet()) {
            put(file.getKey(), file.getValue());
        }
    }

    private byte[] file(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private void put(String name, byte[] content) throws IOException {
        Path path = folder().resolve(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.write(path, content);
    }

    /** One bit of one byte is another: the checker says so and where, also where the manifest was made to fit. */
    private void found(String name, Random random, boolean mended) throws IOException {
        byte[] bytes = file(name).clone();
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        put(name, bytes);
        if (mended) {
            mend();
        }
        Said said = check();
        assertThat(said.status())
                .as("byte %d of %s, mended %s: %s", at, name, mended, said)
                .isOne();
        assertThat(said.out()).contains("VERDICT: FALSE").doesNotContain("\tat ");
        put(name, file(name));
        put(MANIFEST, file(MANIFEST));
    }

    private void mend() throws IOException {
        StringBuilder manifest = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder())) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder().relativize(path).toString();
                if (!name.equals(MANIFEST)) {
                    byte[] hash =
                            Digest.sha256(Bytes.wrap(Files.readAllBytes(path))).toArray();
                    manifest.append(HexFormat.of().formatHex(hash))
                            .append("  ")
                            .append(name)
                            .append('\n');
                }
            }
        }
        put(MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Once, so that a hundred checks take no hundred compilations; the first ran from the source, as an expert's would. */
    private void compile() throws IOException {
        List<String> sources =
                new ArrayList<>(List.of("-d", scratch.resolve("program").toString()));
        try (Stream<Path> all = Files.list(folder().resolve("checker"))) {
            all.map(Path::toString).forEach(sources::add);
        }
        assertThat(run("javac", sources).status()).isZero();
    }

    private Said check() throws IOException {
        return java(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                scratch.resolve("program").toString(),
                "CheckArchive",
                folder().toString());
    }

    private Said java(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Duser.language=en"));
        all.addAll(List.of(arguments));
        return run("java", all);
    }

    private Said run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", program)
                .toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("CLASSPATH");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Said(process.exitValue(), out, "");
    }
}
