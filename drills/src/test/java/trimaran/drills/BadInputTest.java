package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import trimaran.kernel.Outcome;
import trimaran.line.LineLimits;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Any bytes at any port of the real processes: a clear refusal or a closed line, bounded memory, nothing of the program's inside shown,
 * nothing kept, and it lives on, serving others. What doors do with each malformed request is tried in their own rooms, in short limits.
 */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class BadInputTest {

    private static final List<String> LINES = List.of("access", "application", "data", "witness");

    /** The line's ports close after five seconds of a handshake that does not come; a busy machine is late. */
    private static final int CLOSED_MILLIS_MAX = 60_000;

    /** More than a line lets shake hands at once. */
    private static final int HALF_OPEN = LineLimits.HANDSHAKES_MAX + 36;

    private static final int SLOW = 16;
    private static final int ROUNDS = 12;

    /** Heap and what a Java process has besides; the station's heap is the largest. */
    private static final Map<String, Integer> MEMORY_MIB_MAX = Map.of(TrialHospital.STATION, 640);

    private static final int MEMORY_MIB_USUAL = 320;

    /** Three times as long as a process keeps what its native code has freed. */
    private static final int MEMORY_SECONDS_MAX = 30;

    private final long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
    private final Random random = new Random(seed);
    private final List<Stranger> open = new ArrayList<>();

    private Map<String, Integer> ports = Map.of();
    private Map<String, Long> pids = Map.of();
    private long size;
    private long files;
    private String token = "";
    private Reply patient = new Reply(0, "");

    @BeforeEach
    void measure(TrialHospital hospital) throws IOException {
        System.out.println("seed " + seed);
        ports = hospital.ports();
        token = hospital.token();
        try (FhirClient client = new FhirClient(hospital.door(), token)) {
            patient = client.create("Patient", Load.patient("door-" + seed));
            assertThat(patient.status()).as(patient.body()).isEqualTo(201);
        }
        verified(hospital);
        pids = pids(hospital);
        size = size(hospital);
        // Tiles that follow from what was written come up to a second after it.
        do {
            files = files(hospital);
            Waiting.pause(2_000);
        } while (files(hospital) != files);
    }

    @AfterEach
    void hangUp() {
        open.forEach(Stranger::close);
    }

    @Test
    void whateverComesToAPortIsRefusedAndNothingIsKept(TrialHospital hospital) throws Exception {
        slowSendersAtTheDoor();
        halfOpenEverywhere();
        stillReads(hospital);
        randomBytesEverywhere();
        wrongTlsAtTheLines();
        wrongPreamblesAtTheRelay();
        slowSendersAtTheLines();
        insidersWhoSendRubbish(hospital);
        nonsenseAtTheDoor();
        stillReads(hospital);
        open.forEach(Stranger::close);

        assertThat(pids(hospital)).isEqualTo(pids);
        for (String word : TrialHospital.PROCESSES) {
            assertThat(hospital.isAlive(word)).as(word).isTrue();
            long most = MEMORY_MIB_MAX.getOrDefault(word, MEMORY_MIB_USUAL);
            // What a compiler or a burst took for a moment goes back within seconds.
            Waiting.until(
                    MEMORY_SECONDS_MAX,
                    word + " takes less than " + most + " MiB",
                    () -> memoryMiB(hospital, word) < most);
            System.out.println(word + " takes " + memoryMiB(hospital, word) + " MiB");
            assertThat(TrialHospital.text(hospital.home().resolve("run/" + word + ".out"))
                            .lines())
                    .as("what %s printed", word)
                    .hasSize(1);
        }
        assertThat(size(hospital)).isEqualTo(size);
        assertThat(files(hospital)).isEqualTo(files);
        verified(hospital);
        try (FhirClient client = new FhirClient(hospital.door(), token)) {
            assertThat(client.create("Patient", Load.patient("door-after-" + seed))
                            .status())
                    .isEqualTo(201);
        }
    }

    /** Connections that never say anything: they cost little, push out only each other, and are closed. */
    private void halfOpenEverywhere() throws IOException {
        List<Stranger> silent = new ArrayList<>();
        for (String word : TrialHospital.PROCESSES) {
            for (int i = 0; i < HALF_OPEN; i++) {
                Stranger one = stranger(word);
                if (!word.equals(TrialHospital.STATION)) {
                    silent.add(one);
                }
            }
        }
        for (Stranger one : silent) {
            shows(one.hearToTheEnd(CLOSED_MILLIS_MAX));
        }
    }

    private void randomBytesEverywhere() throws IOException {
        for (String word : TrialHospital.PROCESSES) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = new byte[1 + random.nextInt(8 << 10)];
                random.nextBytes(bytes);
                try (Stranger one = Stranger.at(port(word))) {
                    one.saysStill(bytes);
                    // A door may wait for the rest of a request; nothing more comes.
                    if (word.equals(TrialHospital.STATION)) {
                        one.saysStill("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        one.finish();
                    }
                    refusal(word, one.hearToTheEnd(CLOSED_MILLIS_MAX));
                } catch (java.net.SocketException hungUp) {
                    // Refused before it had finished, which is a closed line, too.
                }
            }
        }
    }

    private void wrongTlsAtTheLines() throws Exception {
        for (String word : LINES) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                for (KeyPair keys : Arrays.asList(null, unknown())) {
                    handshake(port(word), protocol, keys);
                }
            }
        }
    }

    /** With TLS 1.3 the one who dials is through before the other end has looked at its key. */
    private void handshake(int port, String protocol, @Nullable KeyPair keys) throws Exception {
        try (Stranger plain = Stranger.at(port);
                Stranger one = plain.withTls(protocol, keys)) {
            one.saysStill(frame(64, 64));
            assertThat(one.hearToTheEnd(CLOSED_MILLIS_MAX)).isEmpty();
        } catch (javax.net.ssl.SSLException | java.net.SocketException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private int port(String word) {
        return Objects.requireNonNull(ports.get(word));
    }

    private static KeyPair unknown() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private void wrongPreamblesAtTheRelay() throws IOException {
        String start = "TRIMARAN-RELAY/1 ";
        for (String preamble : List.of(
                start + "nowhere\n",
                start + "\n",
                start + "x".repeat(200),
                "GET / HTTP/1.1\r\n\r\n",
                start + "../data\n")) {
            try (Stranger one = stranger("relay")) {
                one.saysStill(preamble.getBytes(StandardCharsets.US_ASCII));
                assertThat(one.hearToTheEnd(CLOSED_MILLIS_MAX)).isEmpty();
            }
        }
        // A right one leads to a tier, which looks at every byte itself.
        try (Stranger one = stranger("relay")) {
            one.say((start + "data\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(one.hear(3), StandardCharsets.US_ASCII)).isEqualTo("OK\n");
            byte[] bytes = new byte[4096];
            random.nextBytes(bytes);
            one.saysStill(bytes);
            shows(one.hearToTheEnd(CLOSED_MILLIS_MAX));
        }
    }

    /** One byte at a time of something that begins well: it is over when the time for a handshake is. */
    private void slowSendersAtTheLines() throws Exception {
        byte[] hello = ByteBuffer.allocate(64)
                .put(new byte[] {22, 3, 1, 0x3f, 0, 1, 0, 0x3e, (byte) 0xfc})
                .array();
        byte[] preamble = "TRIMARAN-RELAY/1 datadatadatadatadatadatadatadata".getBytes(StandardCharsets.US_ASCII);
        List<Thread> senders = new ArrayList<>();
        List<Stranger> slow = new ArrayList<>();
        for (String word : TrialHospital.PROCESSES) {
            if (!word.equals(TrialHospital.STATION)) {
                for (int i = 0; i < SLOW; i++) {
                    Stranger one = stranger(word);
                    slow.add(one);
                    senders.add(drip(one, word.equals("relay") ? preamble : hello));
                }
            }
        }
        for (Stranger one : slow) {
            shows(one.hearToTheEnd(CLOSED_MILLIS_MAX));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private static Thread drip(Stranger one, byte[] bytes) {
        return Thread.ofVirtual().start(() -> {
            for (int i = 0; one.saysStill(new byte[] {bytes[i % bytes.length]}); i++) {
                Waiting.pause(250);
            }
        });
    }

    /** Headers and bodies that never come to an end. The door gives them a minute; nobody else waits for that. */
    private void slowSendersAtTheDoor() throws IOException {
        for (int i = 0; i < SLOW; i++) {
            Stranger header = stranger(TrialHospital.STATION);
            header.say("GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            drip(header, new byte[] {'a'});
            Stranger body = stranger(TrialHospital.STATION);
            body.say(new BadRequests(token)
                    .request("POST /fhir/Patient", "Content-Length: 1000000\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            drip(body, new byte[] {' '});
        }
    }

    /** Someone who holds a key the parties know: the operator's. It opens the line and nothing else. */
    private void insidersWhoSendRubbish(TrialHospital hospital) throws Exception {
        KeyPair known = consoleKey(hospital.home().resolve("console"));
        for (String word : LINES) {
            for (byte[] bytes : List.of(
                    frame(LineLimits.FRAME_MAX_BYTES + 1L, 4096),
                    frame(0xffff_ffffL, 4096),
                    frame(9, 9),
                    frame(5_000, 5_000),
                    frame(LineLimits.FRAME_MAX_BYTES, LineLimits.FRAME_MAX_BYTES))) {
                try (Stranger plain = Stranger.at(port(word));
                        Stranger one = plain.withTls("TLSv1.3", known)) {
                    // The greeting, four bytes of zero, says that the key was let in.
                    assertThat(one.hear(4)).as(word).containsOnly(0);
                    one.saysStill(bytes);
                    shows(one.hearToTheEnd(CLOSED_MILLIS_MAX));
                }
            }
        }
    }

    private static KeyPair consoleKey(Path folder) {
        MachineSecret secret = value(MachineSecret.read(folder.resolve("machine.secret")));
        return value(KeyFile.read(folder.resolve("line.key"), "console line", secret.password()));
    }

    private static <T> T value(Outcome<T> outcome) {
        return ((Outcome.Done<T>) outcome).value();
    }

    /** A length, and random bytes of which a frame of that length may consist. */
    private byte[] frame(long length, int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return ByteBuffer.allocate(4 + bytes).putInt((int) length).put(content).array();
    }

    private void nonsenseAtTheDoor() throws IOException {
        for (String request : new BadRequests(token).all()) {
            try (Stranger one = stranger(TrialHospital.STATION)) {
                one.saysStill(request.getBytes(StandardCharsets.ISO_8859_1));
                one.finish();
                refusal(request.lines().findFirst().orElse(""), one.hearToTheEnd(CLOSED_MILLIS_MAX));
            }
        }
    }

    /**
     * What is for FHIR is refused as FHIR knows it, everything else at the station's door by a page that loads nothing; a line's port
     * says at most that it is over (RFC 8446, 6).
     */
    private static void refusal(String to, String heard) {
        shows(heard);
        if (heard.startsWith("HTTP/")) {
            assertThat(heard).as(to).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
            assertThat(heard)
                    .as(to)
                    .contains(
                            "TRI-",
                            to.contains(" /fhir") ? "\"resourceType\":\"OperationOutcome\"" : "default-src 'none'");
        } else {
            assertThat(heard.length()).as(to).isLessThan(64);
        }
    }

    /** Nothing of the program's inside. */
    private static void shows(String heard) {
        assertThat(heard).doesNotContain("Exception", "\tat ", "java.", "helidon");
    }

    private Stranger stranger(String word) throws IOException {
        Stranger one = Stranger.at(port(word));
        open.add(one);
        return one;
    }

    private void stillReads(TrialHospital hospital) {
        try (FhirClient client = new FhirClient(hospital.door(), token)) {
            Reply read = client.read("Patient/" + patient.id());
            assertThat(read.status()).as(read.body()).isEqualTo(200);
            assertThat(read.untimed()).isEqualTo(patient.untimed());
        }
    }

    private static Map<String, Long> pids(TrialHospital hospital) {
        Map<String, Long> pids = new TreeMap<>();
        TrialHospital.PROCESSES.forEach(word -> pids.put(word, hospital.pid(word)));
        return pids;
    }

    private static long size(TrialHospital hospital) {
        Said status = hospital.run("status", "--json");
        return Long.parseLong(
                status.out().replaceAll("(?s).*?\"size\":(\\d+).*", "$1").strip());
    }

    /** Names below the parties' folders but those the store's engine makes as it works. */
    private static long files(TrialHospital hospital) throws IOException {
        long count = 0;
        for (String party : LINES) {
            try (Stream<Path> inside = Files.walk(hospital.home().resolve(party))) {
                count += inside.filter(path -> !path.toString().contains("/store/"))
                        .count();
            }
        }
        return count;
    }

    private static void verified(TrialHospital hospital) {
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
    }

    /** What the system gives the process to keep in memory. */
    private static long memoryMiB(TrialHospital hospital, String word) {
        return TrialHospital.text(Path.of("/proc/" + hospital.pid(word) + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElse(0);
    }
}
