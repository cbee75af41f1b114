package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * A thief reads the memory of a fallen party; the exposure report, made from what the others have, names everybody the thief could
 * read, and nobody who was never shown.
 */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ExposureTest {

    private static final int PATIENTS = 3;
    private static final long SECONDS_MAX = 60;

    /** A little more than the clocks of two tiers may lie apart. */
    private static final long CLOCKS_APART_MILLIS = 11_000;

    private static final String PAGE = "/coques/exposition";

    @TempDir
    Path scratch;

    /** A patient and a text that is in their record alone. */
    private record Marked(String patient, Canary canary) {
        String handle() {
            return patient.substring(0, patient.indexOf('-'));
        }
    }

    @Test
    void whatApplicationWasShownIsReportedAndNothingElse(TrialHospital hospital) throws IOException {
        Instant from = Instant.now();
        List<Marked> shown = new ArrayList<>();
        try (FhirClient client = hospital.client()) {
            for (int i = 0; i < PATIENTS; i++) {
                Marked marked = admitted(client, i);
                assertThat(isInHeap(hospital, "application", marked))
                        .as("the thief reads what is shown")
                        .isTrue();
                shown.add(marked);
            }
            Instant to = Instant.now();
            // Later than clocks lie apart, so that the window is over by every one of them.
            Waiting.pause(CLOCKS_APART_MILLIS);
            Marked later = admitted(client, PATIENTS);
            settle(hospital);

            Map<String, String[]> report = report(hospital, from, to, "application");
            for (Marked marked : shown) {
                assertThat(report).containsKey(marked.handle());
                assertThat(row(report, marked)[1]).isEqualTo(marked.patient());
                assertThat(row(report, marked)[2]).isEqualTo("certain");
                assertThat(row(report, marked)[3]).contains("shown");
            }
            assertThat(report).doesNotContainKey(later.handle());
            assertThat(isInHeap(hospital, "access", later)).isFalse();
            assertThat(report(hospital, from, to, "access")).isEmpty();
            assertThat(report(hospital, from, to, "data")).isEmpty();
        }
    }

    /** The ledger of a tier that is away is read from the copies, which say nothing of what was not sent to them. */
    @Test
    void theReportDoesNotNeedTheTierThatWroteTheLine(TrialHospital hospital) throws IOException {
        Instant from = Instant.now();
        try (FhirClient client = hospital.client()) {
            Marked marked = admitted(client, 7);
            Instant to = Instant.now();
            Waiting.pause(CLOCKS_APART_MILLIS);
            admitted(client, 9);
            settle(hospital);
            hospital.kill("data");
            try {
                assertThat(row(report(hospital, from, to, "station", TrialHospital.STATION), marked)[2])
                        .isEqualTo("certain");
                Said partial = hospital.run(
                        "exposure",
                        "--party",
                        "station",
                        TrialHospital.STATION,
                        "--from",
                        from + "",
                        "--csv",
                        scratch + "/no.csv");
                assertThat(partial.isWell()).as(partial.toString()).isFalse();
                assertThat(partial.out())
                        .startsWith("INCOMPLET")
                        .contains("le registre de la coque données a été lu dans ses copies");
                assertThat(scratch.resolve("no.csv")).doesNotExist();
            } finally {
                hospital.start("data");
            }
        }
    }

    @Test
    void whatAStationOpenedIsReported(TrialHospital hospital) throws IOException {
        Marked marked;
        try (FhirClient client = hospital.client()) {
            marked = admitted(client, 8);
        }
        hospital.kill(TrialHospital.STATION);
        hospital.start(TrialHospital.STATION);
        Instant from = Instant.now();
        try (FhirClient client = hospital.client()) {
            Waiting.until(
                    SECONDS_MAX,
                    "the record opens",
                    () -> client.read("Patient/" + marked.patient() + "/$everything")
                                    .status()
                            == 200);
        }
        assertThat(isInHeap(hospital, TrialHospital.STATION, marked)).isTrue();
        settle(hospital);
        Map<String, String[]> station = report(hospital, from, Instant.now(), "station", TrialHospital.STATION);
        assertThat(row(station, marked)[2]).isEqualTo("certain");
        assertThat(row(station, marked)[3]).contains("opened");
        Map<String, String[]> client = report(hospital, from, Instant.now(), "client", "bench");
        assertThat(row(client, marked)[2]).isEqualTo("certain");
    }

    /** Names are read under a grant, and the letters go to those of the report and to nobody else. */
    @Test
    void everybodyInTheReportHasALetterAndNobodyElse(TrialHospital hospital) throws IOException {
        Instant from = Instant.now();
        List<Marked> all = new ArrayList<>();
        Instant to;
        try (FhirClient client = hospital.client()) {
            all.add(admitted(client, 20));
            all.add(admitted(client, 21));
            to = Instant.now();
            Waiting.pause(CLOCKS_APART_MILLIS);
            all.add(admitted(client, 22));
            settle(hospital);
        }
        Marked first = all.getFirst();
        Marked second = all.get(1);
        Marked later = all.getLast();
        Path facts = Files.writeString(scratch.resolve("faits.txt"), "Le serveur a été coupé à 6 h.");
        Path folder = scratch.resolve("lettres");
        Said said = hospital.run(
                "exposure",
                "--party",
                "application",
                "--from",
                from + "",
                "--to",
                to + "",
                "--letters",
                folder.toString(),
                "--client",
                "bench",
                "--facts",
                facts.toString(),
                "--contact",
                "la déléguée, 02 31 00 00 00");
        assertThat(said.isWell()).as(said.toString()).isTrue();
        String letters = Files.readString(folder.resolve("lettres.html"));
        // Those whom the tests before showed it count as possible, since it may have had them still.
        int named = report(hospital, from, to, "application").size();
        assertThat(letters.split("<article>", -1)).hasSize(named + 1);
        assertThat(letters)
                .contains("Zoé Essai exposure-" + first.canary().text())
                .contains("Zoé Essai exposure-" + second.canary().text())
                .contains("Le serveur a été coupé à 6 h.")
                .doesNotContain(later.canary().text());
        List<String> rows = Files.readAllLines(folder.resolve("envoi.csv"));
        assertThat(rows)
                .hasSize(named + 1)
                .noneMatch(row -> row.contains(later.canary().text()))
                .anyMatch(row ->
                        row.contains("certain;") && row.contains(first.canary().text()));
        assertThat(rows.get(1)).contains("adresse absente du dossier");
        assertThat(folder.resolve("lettres-mineurs.html")).exists();
        assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
    }

    /** What an officer reads at a station is what the operators' command says. */
    @Test
    void thePageNamesTheSameRecordsAsTheCommand(TrialHospital hospital) throws IOException {
        Instant from = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Marked marked;
        try (FhirClient client = hospital.client()) {
            marked = admitted(client, 5);
        }
        settle(hospital);
        ZonedDateTime local = from.atZone(ZoneId.of("Europe/Paris"));
        try (PlainBrowser officer = new PlainBrowser(hospital, "direction")) {
            officer.get(PAGE);
            officer.post(
                    PAGE,
                    "qui",
                    "application",
                    "debut-jour",
                    DateTimeFormatter.ofPattern("dd/MM/yyyy").format(local),
                    "debut-heure",
                    DateTimeFormatter.ofPattern("HH:mm").format(local),
                    "pin",
                    TrialHospital.PIN);
            Waiting.until(
                    SECONDS_MAX, "the report is made", () -> officer.get(PAGE).contains("autre=1"));
            assertThat(officer.get(PAGE)).contains("Complet").contains(marked.patient());
            List<String> page = officer.get(PAGE + "/liste").lines().skip(1).toList();
            Map<String, String[]> command = report(hospital, from, Instant.now(), "application");
            assertThat(command).containsKey(marked.handle());
            assertThat(page).hasSize(command.size());
            assertThat(page)
                    .allSatisfy(row -> assertThat(command.get(row.substring(0, row.indexOf(','))))
                            .isNotNull());
        }
    }

    @Test
    void whatCannotBeAnsweredIsSaidInOneLine(TrialHospital hospital) throws IOException {
        Path there = Files.createFile(scratch.resolve("there.csv"));
        says(
                hospital,
                List.of("--party", "application", "--from", "2026-01-02", "--to", "2026-01-01"),
                "the window ends (2026-01-01) before it begins (2026-01-02); name an earlier --from or a later --to");
        says(
                hospital,
                List.of("--party", "application", "--from", "yesterday"),
                "\"yesterday\" is no time; write a day as 2026-03-01, or a time as 2026-03-01T22:30");
        says(
                hospital,
                List.of("--party", "application", "--from", "2999-01-01"),
                "before it begins (2999-01-01); name an earlier --from or a later --to");
        says(
                hospital,
                List.of("--party", "application", "--from", "1999-01-01", "--to", "1999-02-01"),
                "this window ends before the hospital was founded, at 20",
                "; no ledger has lines of that time: name a later --to, or leave it out");
        says(
                hospital,
                List.of("--party", "nobody", "--from", "2026-01-01"),
                "there is no party nobody; name access, application, data, witness, or: station NAME, client NAME");
        says(
                hospital,
                List.of("--party", "application", "--from", "2026-01-01", "--zone", "Nowhere"),
                "there is no time zone Nowhere; write it as Europe/Paris");
        says(
                hospital,
                List.of("--party", "station", "nowhere", "--from", "2026-01-01"),
                "there is no station nowhere in this hospital; name one of: accueil");
        says(
                hospital,
                List.of("--party", "data", "--from", "2026-01-01", "--csv", there.toString()),
                there + " is there already; name a file that is not");
        assertThat(Files.size(there)).isZero();
    }

    /** In one line: what is wrong, and what to do instead. */
    private static void says(TrialHospital hospital, List<String> arguments, String... words) {
        List<String> all = new ArrayList<>(List.of("exposure"));
        all.addAll(arguments);
        Said said = hospital.run(all.toArray(new String[0]));
        assertThat(said.isWell()).as(said.toString()).isFalse();
        assertThat(said.err().strip().lines()).as(said.toString()).hasSize(1);
        assertThat(said.err()).contains(words);
        assertThat(said.out()).isEmpty();
    }

    /** A patient who is admitted for a reason nobody else has. */
    private static Marked admitted(FhirClient client, int number) {
        String word = "Motif" + Long.toString(System.nanoTime(), 36) + "x" + number + "zzzz";
        Reply patient = done(client.create("Patient", Load.patient("exposure-" + word)));
        String encounter = "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"IMP\"},\"subject\":{\"reference\":\"Patient/"
                + patient.id() + "\"},\"period\":{\"start\":\"2026-03-01T08:00:00Z\"},\"reasonCode\":[{\"text\":\""
                + word
                + "\"}]}";
        done(client.create("Encounter", encounter));
        return new Marked(patient.id(), new Canary(word));
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply;
    }

    private boolean isInHeap(TrialHospital hospital, String word, Marked marked) throws IOException {
        Path dump = scratch.resolve(word + ".hprof");
        HeapDump.take(hospital.house(), hospital.pid(word), dump);
        try (CanaryScanner scanner = new CanaryScanner(List.of(marked.canary()))) {
            return !scanner.heap(word, dump).isEmpty();
        } finally {
            Files.delete(dump);
        }
    }

    /** Until what was written has its place, and the ledgers their copies. */
    private static void settle(TrialHospital hospital) {
        Settling.await(hospital, SECONDS_MAX);
        Waiting.pause(1_000);
    }

    private static String[] row(Map<String, String[]> report, Marked marked) {
        assertThat(report).containsKey(marked.handle());
        return Objects.requireNonNull(report.get(marked.handle()));
    }

    /** The rows of the report by the handle of the patient's cell. */
    private Map<String, String[]> report(TrialHospital hospital, Instant from, Instant to, String... party)
            throws IOException {
        Path file = scratch.resolve("report-" + System.nanoTime() + ".csv");
        List<String> arguments = new ArrayList<>(List.of("exposure", "--party"));
        arguments.addAll(List.of(party));
        arguments.addAll(List.of("--from", from + "", "--to", to + "", "--csv", file.toString()));
        Said said = hospital.run(arguments.toArray(new String[0]));
        assertThat(said.isWell()).as(said.toString()).isTrue();
        System.out.println(said.out());
        Map<String, String[]> rows = new LinkedHashMap<>();
        Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .forEach(fields -> rows.put(fields[0], fields));
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(Arrays.asList(row)).hasSize(15));
        return rows;
    }
}
