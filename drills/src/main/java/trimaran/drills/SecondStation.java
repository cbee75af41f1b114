package trimaran.drills;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Response;
import trimaran.process.StatusSocket;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.Leash;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Another ward's station: it joins as a station does whose machine comes later, and two officers enrol it and its client. */
final class SecondStation implements AutoCloseable {

    private static final String CLIENT = "bench";
    private static final long READY_SECONDS_MAX = 180;
    private static final String COUNTERS = "status.sock";
    private static final int CLIENTS_MAX = 64;
    private static final int NAME_BYTES_MAX = 32;

    /** Whom a station's machine has to be told of. */
    private static final Set<String> OTHERS = Set.of("access", "application", "data", "witness", "relay");

    private final Scene scene;
    private final String name;
    private final Path folder;
    private final int port;
    private Process process;

    private SecondStation(Scene scene, String name, Path folder, int port) {
        this.scene = scene;
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.process = begin();
    }

    /** Serves when this returns. */
    static SecondStation joined(Scene scene) throws IOException {
        return joined(scene, "etage");
    }

    /** The same under another name. */
    static SecondStation joined(Scene scene, String name) throws IOException {
        Path folder = scene.scratch().resolve(name);
        requireCounters(folder);
        Path card = scene.hospital().home().resolve("card");
        int port = TrialHospital.freePort();
        well(scene, "join", "station", "--folder", folder.toString(), "--client", CLIENT);
        Path parties = scene.scratch().resolve(name + "-parties");
        String others = Files.readString(card.resolve("parties"))
                .lines()
                .filter(line -> OTHERS.contains(line.split(" = ", 2)[0]))
                .collect(Collectors.joining("\n"));
        Files.writeString(parties, others + "\nstation = 127.0.0.1:" + port + "\n");
        well(
                scene,
                "join",
                "station",
                "--folder",
                folder.toString(),
                "--founding",
                card.resolve("founding").toString(),
                "--parties",
                parties.toString());
        enrolled(scene, name, folder);
        return new SecondStation(scene, name, folder, port);
    }

    /** A station in a path that is too long for a socket serves all the same: who waits for what it counts would wait in vain. */
    static void requireCounters(Path folder) {
        if (!StatusSocket.fits(folder.resolve(COUNTERS))) {
            throw new IllegalStateException("what a station counts cannot be read in " + folder
                    + ", a path too long for a socket: drill --folder takes one nearer to the root");
        }
    }

    private static void well(Scene scene, String... arguments) {
        Said said = scene.hospital().commands().run(arguments);
        if (!said.isWell()) {
            throw new IllegalStateException(List.of(arguments) + " " + said);
        }
    }

    /** What stands on the card a station's machine makes of itself, signed by two officers and placed. */
    private static void enrolled(Scene scene, String name, Path folder) throws IOException {
        Registry registry = Membership.of(scene.hospital().home());
        Path officers = scene.hospital().home().resolve("officers");
        List<Signer> two = List.of(
                PeopleDrills.officer(officers.resolve("direction.key")),
                PeopleDrills.officer(officers.resolve("informatique.key")));
        try (PartyLine line = PeerDrills.operator(scene, Party.DATA)) {
            for (Statement statement : statements(name, folder.resolve("enrolment.card"))) {
                SignedStatement signed = SignedStatement.signed(registry.origin(), statement, two);
                Outcome<Response> answer = line.ask(PeopleDrills.append(registry.origin(), signed));
                if (answer instanceof Outcome.Refused<Response>(var refusal) && refusal.code() != Code.DUPLICATE) {
                    throw new IllegalStateException("the second station is not enrolled: " + refusal);
                }
            }
        }
    }

    private static List<Statement> statements(String name, Path card) throws IOException {
        try {
            return Reader.whole(Bytes.wrap(Files.readAllBytes(card)), reader -> {
                RecordTime now = new RecordTime(System.currentTimeMillis());
                reader.u8();
                List<Statement> all = new ArrayList<>();
                all.add(new Statement.StationEnrolment(name, reader.digest(), CellId.NONE, now));
                all.add(new Statement.Grant(
                        PublicKey.read(reader), Statement.BadgeKind.STATION, List.of(), List.of(), List.of(), now));
                all.addAll(reader.list(CLIENTS_MAX, client -> {
                    client.text(NAME_BYTES_MAX);
                    return new Statement.Grant(
                            PublicKey.read(client),
                            Statement.BadgeKind.SERVICE,
                            List.of("service"),
                            List.of("system/*.cruds"),
                            List.of(),
                            now);
                }));
                return all;
            });
        } catch (MalformedException foreign) {
            throw new IllegalStateException(card + " is no station's card", foreign);
        }
    }

    private Process begin() {
        Path output = scene.scratch().resolve(name + ".out");
        Process begun = scene.hospital()
                .commands()
                .begin(List.of(), List.of("serve", "station", "--folder", folder.toString()), output);
        try {
            Waiting.until(READY_SECONDS_MAX, "the station " + name + " is ready", () -> {
                // The command line starts the station as a process of its own.
                begun.descendants().forEach(Leash::hold);
                if (!begun.isAlive()) {
                    throw new IllegalStateException("the station " + name + " ended: " + TrialHospital.text(output));
                }
                return TrialHospital.text(output).contains("READY ");
            });
            return begun;
        } catch (IllegalStateException late) {
            // Nobody else knows of it.
            end(begun);
            throw late;
        }
    }

    FhirClient client() {
        Said token = scene.hospital().commands().run("token", "--client", CLIENT, "--folder", folder.toString());
        if (!token.isWell()) {
            throw new IllegalStateException("no token at the second station: " + token);
        }
        return new FhirClient(
                URI.create("http://localhost:" + port + "/fhir"), token.out().strip());
    }

    Path configuration() {
        return folder.resolve("party.conf");
    }

    /** The key it speaks under, by which the record knows it. */
    Digest line() {
        return AlteredTier.stationIn(folder).peerId().keyDigest();
    }

    long outboxBytes() throws IOException {
        return Files.size(folder.resolve("outbox"));
    }

    /** What it counts; nothing while it does not run. */
    SortedMap<String, Long> counters() {
        return counters(folder);
    }

    /** What the station in a folder counts. */
    static SortedMap<String, Long> counters(Path folder) {
        return StatusSocket.read(folder.resolve(COUNTERS)) instanceof Outcome.Done<SortedMap<String, Long>>(var all)
                ? all
                : new TreeMap<>();
    }

    /** {@code kill -9}, and its disk is gone. */
    void destroyed() {
        close();
        TrialHospital.remove(folder);
    }

    /** {@code kill -9} of the station itself, and a start. */
    void again() {
        close();
        process = begin();
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }
}
