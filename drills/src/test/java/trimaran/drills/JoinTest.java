package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.trial.Commands;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A hospital whose parties stand on machines of their own: each has a folder nobody else looks into, and only cards are carried. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class JoinTest {

    private static final List<String> KEYED = List.of("access", "application", "data", "witness", "station");
    private static final List<String> PARTIES = List.of("witness", "data", "access", "application", "relay", "station");
    private static final long READY_SECONDS_MAX = 180;

    private static final long COPY_SECONDS_MAX = 120;

    @TempDir
    Path world;

    private final List<Process> processes = new ArrayList<>();
    private final Map<String, Process> serving = new HashMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private Commands commands = new Commands(House.found(), Path.of(""));

    @BeforeEach
    void prepare() throws IOException {
        commands = new Commands(House.found().briefly(), Files.createDirectory(world.resolve("said")));
        Files.createDirectory(world.resolve("carried"));
        for (String party : PARTIES) {
            ports.put(party, TrialHospital.freePort());
        }
    }

    @AfterEach
    void leaveNothingRunning() {
        processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void partiesOnMachinesOfTheirOwnAreFoundedJoinAndWork() throws Exception {
        for (String party : KEYED) {
            joins(party);
        }
        founds();
        for (String party : PARTIES) {
            takesTheFounding(party);
        }
        for (String party : PARTIES.subList(0, 5)) {
            serves(party);
        }
        well("enrol", "--home", office().toString());
        String stick = Files.createDirectory(world.resolve("stick"))
                .resolve("garde.key")
                .toString();
        well("badge", "--file", stick, "--ward", machine("station"), "--wards", "all");
        serves("station");
        works();
        stops();
    }

    private void joins(String party) throws IOException {
        List<String> join = new ArrayList<>(List.of("join", party, "--folder", machine(party)));
        if (party.equals("station")) {
            join.addAll(List.of("--client", "bench"));
        }
        well(join.toArray(String[]::new));
        Said again = commands.run(join.toArray(String[]::new));
        assertThat(again.isWell()).isFalse();
        assertThat(again.err().strip().lines()).hasSize(1);
        Files.copy(
                Path.of(machine(party)).resolve(party.equals("station") ? "enrolment.card" : "card"),
                world.resolve("carried").resolve(party));
    }

    private void founds() throws IOException {
        List<String> found =
                new ArrayList<>(List.of("found", "--home", office().toString(), "--name", "Hôpital réparti"));
        for (String party : KEYED) {
            found.addAll(
                    List.of("--card", party + "=" + world.resolve("carried").resolve(party)));
        }
        StringBuilder addresses = new StringBuilder();
        ports.forEach((party, port) ->
                addresses.append(party).append(" = 127.0.0.1:").append(port).append('\n'));
        Path parties = Files.writeString(world.resolve("carried/parties"), addresses);
        found.addAll(List.of("--parties", parties.toString()));
        for (String officer : List.of("un", "deux", "trois")) {
            Path badge = world.resolve(officer + ".key");
            well("badge", "--file", badge.toString());
            found.addAll(List.of("--officer", badge.toString()));
        }
        Said tooFew = commands.run(List.of(), found.subList(0, found.size() - 2));
        assertThat(tooFew.isWell()).isFalse();
        assertThat(tooFew.err().strip().lines()).hasSize(1);
        assertThat(office()).doesNotExist();
        // One more than are needed, as a reserve.
        Path fourth = world.resolve("quatre.key");
        well("badge", "--file", fourth.toString());
        found.addAll(List.of("--officer", fourth.toString()));
        well(found.toArray(String[]::new));
        Files.copy(office().resolve("card/founding"), world.resolve("carried/founding"));
    }

    private void takesTheFounding(String party) {
        Path carried = world.resolve("carried");
        well(
                "join",
                party,
                "--folder",
                machine(party),
                "--founding",
                carried.resolve("founding").toString(),
                "--parties",
                carried.resolve("parties").toString());
    }

    private void serves(String party) {
        Path output = world.resolve(party + ".out");
        Process process = commands.begin(List.of(), List.of("serve", party, "--folder", machine(party)), output);
        processes.add(process);
        serving.put(party, process);
        Waiting.until(READY_SECONDS_MAX, party + " is ready", () -> {
            assertThat(process.isAlive()).as(TrialHospital.text(output)).isTrue();
            return TrialHospital.text(output).contains("READY ");
        });
    }

    private static Reply created(FhirClient client, String type, String resource) {
        Reply reply = client.create(type, resource);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply;
    }

    /** In a ward of a house that had none. */
    private static String lies(FhirClient client, String patient) {
        Reply ward = created(client, "Location", """
            {"resourceType":"Location","status":"active","name":"Urgences","mode":"instance","physicalType":{"coding":[
             {"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"wa"}]}}""");
        created(client, "Encounter", """
            {"resourceType":"Encounter","status":"in-progress","class":{"system":
             "http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"subject":{"reference":"Patient/PATIENT"},
             "period":{"start":"2026-03-01T08:00:00Z"},"location":[{"location":{"reference":"Location/WARD"},"status":"active"}]}""".replace("PATIENT", patient).replace("WARD", ward.id()));
        return ward.id();
    }

    /** Its ward badge was made on its machine; what it says of its wards is carried to the office, where two officers sign. */
    private void keepsACopyAndIsGrantedItsWards(String ward) throws IOException, InterruptedException {
        Path station = Path.of(machine("station"));
        if (!keepsACopy(station, ward)) {
            // It looked before anybody lay in a ward, and would look again five minutes later.
            ends("station");
            serves("station");
        }
        Waiting.until(COPY_SECONDS_MAX, "the station keeps a sealed copy", () -> keepsACopy(station, ward));
        Path carried = Files.copy(station.resolve("wards"), world.resolve("carried/wards"));
        assertThat(enrolled("--wards", carried.toString()).err()).contains("ward Urgences");
        String nurse = world.resolve("infirmiere.key").toString();
        well("badge", "--file", nurse);
        assertThat(enrolled("--person", nurse, "--role", "nurse", "--wards", carried.toString())
                        .err())
                .contains("ward Urgences", "is enrolled as nurse");
    }

    private static boolean keepsACopy(Path station, String ward) {
        String[] copies = station.resolve("ward-copies").toFile().list();
        return copies != null && Stream.of(copies).anyMatch(copy -> copy.startsWith(ward + "."));
    }

    private Said enrolled(String... what) {
        List<String> enrol = new ArrayList<>(List.of("enrol", "--home", office().toString()));
        for (String officer : List.of("un", "deux")) {
            enrol.addAll(List.of("--officer", world.resolve(officer + ".key").toString()));
        }
        enrol.addAll(List.of(what));
        return well(enrol.toArray(String[]::new));
    }

    private void works() throws IOException, InterruptedException {
        String ward;
        String token = well("token", "--client", "bench", "--folder", machine("station"))
                .out()
                .strip();
        try (FhirClient client =
                new FhirClient(URI.create("http://localhost:" + ports.get("station") + "/fhir"), token)) {
            Reply patient = created(client, "Patient", Load.patient("far-1"));
            ward = lies(client, patient.id());
            created(client, "Observation", Load.observation("far-2", "Patient/" + patient.id()));
            assertThat(client.read("Patient/" + patient.id()).untimed()).isEqualTo(patient.untimed());
        }
        well("status", "--home", office().toString());
        Waiting.until(60, "every copy is whole", () -> {
            Said status = commands.run("status", "--json", "--home", office().toString());
            return TrialHospital.count(status.out(), "\"lacks\":0[,}]") == 3;
        });
        isMadeAnew("access");
        keepsACopyAndIsGrantedItsWards(ward);
        assertThat(well("verify", "--json", "--home", office().toString()).out())
                .contains("\"clean\":true");
    }

    private void ends(String party) throws InterruptedException {
        Process fallen = Objects.requireNonNull(serving.get(party));
        processes.remove(fallen);
        fallen.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(fallen.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Its machine is lost: keys are made on another, two officers sign at the office, and what it has to know is carried back. */
    private void isMadeAnew(String party) throws IOException, InterruptedException {
        ends(party);
        TrialHospital.remove(Path.of(machine(party)));
        List<String> rebuild = List.of(
                "rebuild",
                party,
                "--officer",
                world.resolve("un.key").toString(),
                "--officer",
                world.resolve("deux.key").toString(),
                "--home",
                office().toString());
        Said without = commands.run(List.of(), rebuild);
        assertThat(without.status()).as(without.toString()).isEqualTo(Code.NOT_SUPPORTED.exitCode());
        assertThat(without.err()).contains("trimaran join access", "--generation 1", "--card", "Nothing was changed");

        losesItsNextMachineToo(party, rebuild);

        Path card = world.resolve("carried/new-card");
        Said made = well("join", party, "--folder", machine(party), "--generation", "1");
        Files.copy(Path.of(machine(party)).resolve("card"), card);
        List<String> named = new ArrayList<>(rebuild);
        named.addAll(List.of("--card", card.toString()));
        Path said = world.resolve("rebuild.out");
        Process office = commands.begin(List.of(), named, said);
        Path parcel = office().resolve("parcels/access-epoch-3");
        Waiting.until(
                READY_SECONDS_MAX,
                "the office says what to carry",
                () -> TrialHospital.text(said).contains("Carry this folder to its machine: " + parcel));
        String fingerprint = (made.out() + made.err())
                .lines()
                .filter(line -> line.contains("fingerprint of this card: "))
                .findFirst()
                .orElseThrow();
        assertThat(TrialHospital.text(said))
                .as("two people compare it")
                .contains(fingerprint, "two officers began epoch 2 (new keys of access)");
        // Somebody's line breaks while they carry it: what was begun is seen through.
        office.destroyForcibly().waitFor();
        Path stranger = Files.createDirectory(world.resolve("carried/torn"));
        Said torn = commands.run("join", party, "--folder", machine(party), "--parcel", stranger.toString());
        assertThat(torn.isWell()).isFalse();
        assertThat(torn.err()).contains("is not whole", "copy it again");
        well("join", party, "--folder", machine(party), "--parcel", parcel.toString());
        serves(party);
        List<String> resumed = new ArrayList<>(rebuild);
        resumed.add("--resume");
        Said whole = commands.run(List.of(), resumed);
        assertThat(whole.isWell()).as(whole.toString()).isTrue();
        assertThat(whole.err()).containsPattern("access is whole again: [\\d,]+ entries");
        assertThat(parcel).doesNotExist();
    }

    /** While the parties are asked: what one of them agreed to has no keys any more, and the office was not told that all did. */
    private void losesItsNextMachineToo(String party, List<String> rebuild) throws IOException, InterruptedException {
        Path lost = world.resolve("machine-lost");
        well("join", party, "--folder", lost.toString(), "--generation", "1");
        List<String> named = new ArrayList<>(rebuild);
        named.addAll(List.of("--card", lost.resolve("card").toString()));
        Process office = commands.begin(List.of(), named, world.resolve("lost.out"));
        Path signed = office().resolve("parcels/access-epoch-2/epoch");
        Waiting.until(READY_SECONDS_MAX, "two officers signed", () -> Files.exists(signed));
        office.destroyForcibly().waitFor();
        Bytes change = Bytes.wrap(Files.readAllBytes(signed));
        try (PartyLine line = PartyLine.got(PartyLine.open(
                PartyLine.console(office()),
                Membership.of(office()),
                Party.APPLICATION,
                Objects.requireNonNull(ports.get("application"))))) {
            assertThat(line.ask(new Request.ChangeEpoch(change)).isDone()).isTrue();
        }
        for (String file : List.of("epoch-2", "rebuilding-access")) {
            Files.deleteIfExists(office().resolve("card").resolve(file));
        }
        TrialHospital.remove(lost);
    }

    private void stops() throws InterruptedException {
        List<ProcessHandle> parties =
                processes.stream().flatMap(Process::descendants).toList();
        assertThat(parties).hasSize(PARTIES.size());
        for (Process process : processes.reversed()) {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(parties).noneMatch(ProcessHandle::isAlive);
    }

    private String machine(String party) {
        return world.resolve("machine-of-" + party).toString();
    }

    /** Where the officers sit: it has the founding and the operator's line, and no party's folder. */
    private Path office() {
        return world.resolve("office");
    }

    private Said well(String... arguments) {
        Said said = commands.run(arguments);
        assertThat(said.isWell()).as(List.of(arguments) + " " + said).isTrue();
        return said;
    }
}
