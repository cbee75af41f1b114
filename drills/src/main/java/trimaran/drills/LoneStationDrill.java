package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Sanction;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A ward's station that reaches nobody dies with what it took: what lay at its buddy, too, is there afterwards. */
final class LoneStationDrill {

    /** What each ward writes while it is alone. */
    private static final int ALONE = 3;

    private static final long BACK_SECONDS_MAX = 180;

    /** Whoever has no buddy loses what it took: nobody could have brought it by then. */
    private static final long WITHOUT_SECONDS = 20;

    /** Words of the breach that is expected where the defence is missing. */
    static final String LOST = " was taken by a ward with a buddy and is lost";

    private LoneStationDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "lone-station-dies",
                "50",
                "the cables of three stations to everybody; two of them take what is measured, one with a buddy and one without; then both"
                        + " are killed, and their disks are gone",
                "what the one with a buddy said it had recorded is in the record, once, and flagged for review; what the other took is lost",
                LoneStationDrill::dying));
    }

    /** A ward that is cut off, and what it was answered meanwhile, by the text that was written. */
    private static final class Ward implements AutoCloseable {
        private final String name;
        private final SecondStation station;
        private final FhirClient client;
        private final Cables cables;
        private final Map<String, Reply> answers = new LinkedHashMap<>();

        Ward(Scene scene, String name, String more) throws IOException {
            this.name = name;
            this.station = SecondStation.joined(scene, name);
            this.client = station.client();
            this.cables = new Cables(scene.hospital());
            String configuration = Files.readString(station.configuration());
            Files.writeString(station.configuration(), cables.rewired(configuration) + "\n" + more);
            station.again();
        }

        void write(String patient) {
            for (int i = 0; i < ALONE; i++) {
                String text = name + " seul " + i;
                answers.put(text, client.create("Observation", measured(patient, text)));
            }
        }

        List<String> promised() {
            return answers.entrySet().stream()
                    .filter(one -> one.getValue().isDone())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        long count(String counter) {
            return station.counters().getOrDefault(counter, -1L);
        }

        @Override
        public void close() {
            client.close();
            cables.close();
            station.close();
        }
    }

    private static void dying(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        scene.gaps().stationFalls();
        Path home = hospital.home().resolve("stations/" + TrialHospital.STATION);
        Path conf = home.resolve("party.conf");
        String configuration = Files.readString(conf);
        int door = TrialHospital.freePort();
        String buddy = "buddy = " + TrialHospital.STATION + "\nbuddy.address = 127.0.0.1:" + door + "\n";
        String keeps = "\nbuddy.for = etage\nbuddy.listen = 127.0.0.1:" + door + "\n";
        try (Cables cables = new Cables(hospital);
                Ward with = new Ward(scene, "etage", buddy);
                Ward without = new Ward(scene, "isole", "")) {
            try {
                Files.writeString(conf, cables.rewired(configuration) + keeps);
                scene.forgetAtTheStation();
                Digest line = with.station.line();
                alone(scene, cables, with, without, home);
                cables.heal();
                scene.awaitCare("after the cables of the buddy are back");
                judge(scene, with, without, line);
            } finally {
                Files.writeString(conf, configuration);
                scene.forgetAtTheStation();
            }
        }
    }

    private static void alone(Scene scene, Cables cables, Ward with, Ward without, Path home) {
        String patient = "Patient/" + scene.cohort().patients().getLast().id();
        for (Ward ward : List.of(with, without)) {
            taken(ward, measured(patient, ward.name + " avant"));
        }
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        // A ward writes without anybody in what it has open, and what another wrote meanwhile it has once somebody
        // looks at it.
        Waiting.until(
                BACK_SECONDS_MAX,
                "both wards have the patient before them",
                () -> List.of(with, without).stream()
                        .allMatch(ward ->
                                ward.client.read(patient + "/$everything").isDone()));
        Waiting.until(BACK_SECONDS_MAX, "the buddy is reached", () -> with.count("buddy-reached") == 1);
        List.of(with.cables, without.cables, cables).forEach(Cables::cut);
        scene.strike();
        List<Thread> writers = new ArrayList<>();
        for (Ward ward : List.of(with, without)) {
            writers.add(Thread.ofPlatform().start(() -> ward.write(patient)));
        }
        writers.forEach(LoneStationDrill::awaited);
        Waiting.until(
                BACK_SECONDS_MAX,
                "the buddy has it all",
                () -> with.count("waiting") >= ALONE && with.count("buddy-kept") == with.count("waiting"));
        long kept = with.count("buddy-kept");
        long bytes = home.resolve("buddy-etage/outbox").toFile().length();
        for (Ward ward : List.of(with, without)) {
            scene.say("  " + ward.name + " alone was answered "
                    + ward.answers.values().stream().map(Reply::status).toList());
        }
        scene.evidence(
                with.promised().size() == ALONE && without.promised().size() == ALONE && kept >= ALONE && bytes > 0,
                with.promised().size() + " and " + without.promised().size() + " writes taken while nobody is reached, "
                        + kept + " entries and " + bytes + " bytes at the buddy");
        with.station.destroyed();
        without.station.destroyed();
        scene.evidence(
                with.cables.broken() > 0 && without.cables.broken() > 0 && cables.broken() > 0,
                "nobody was reached from any of the three; two are killed, and their folders are gone");
    }

    private static void awaited(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void taken(Ward ward, String resource) {
        Waiting.until(
                BACK_SECONDS_MAX,
                "a measurement is taken",
                () -> ward.client.create("Observation", resource).isDone());
    }

    /** Without an identifier: to know one again takes two tiers. */
    private static String measured(String patient, String text) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"température\"},\"subject\":{\"reference\":\""
                + patient + "\"},\"effectiveDateTime\":\"2026-03-02T08:00:00Z\",\"valueString\":\"" + text + "\"}";
    }

    private static long times(Scene scene, String text) {
        String patient = scene.cohort().patients().getLast().id();
        String page = scene.client()
                .read("Observation?subject=Patient/" + patient + "&_count=200")
                .body();
        return TrialHospital.count(page, Pattern.quote("\"valueString\":\"" + text + "\""));
    }

    private static void judge(Scene scene, Ward with, Ward without, Digest line) {
        long begun = System.nanoTime();
        try {
            Waiting.until(
                    BACK_SECONDS_MAX,
                    "all that was promised by the ward with a buddy is shown",
                    () -> with.promised().stream().allMatch(text -> times(scene, text) > 0));
        } catch (IllegalStateException missing) {
            scene.say("  " + missing.getMessage());
        }
        scene.say("  the buddy brought it within " + (System.nanoTime() - begun) / 1_000_000_000L + " s");
        for (String text : with.promised()) {
            long times = times(scene, text);
            scene.require(times > 0, Breach.Kind.LOST, "\"" + text + "\"" + LOST);
            scene.require(times < 2, Breach.Kind.FORGED, "\"" + text + "\" is there " + times + " times");
        }
        Waiting.pause(WITHOUT_SECONDS * 1_000);
        long lost = without.promised().stream()
                .filter(text -> times(scene, text) == 0)
                .count();
        // Else the drill would show nothing: what came back would have come back anyhow.
        scene.evidence(lost == ALONE, lost + " of " + ALONE + " writes of the ward without a buddy are lost");
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        flagged(scene, line);
    }

    /** What was brought later stands under its own ward's session, and says that application was not asked. */
    private static void flagged(Scene scene, Digest line) {
        Map<Digest, Digest> stations = new HashMap<>();
        int flagged = 0;
        for (SealedEntry entry : PeerDrills.shown(scene, Party.ACCESS, 0)) {
            Optional<Header> header = PeerDrills.header(entry);
            header.flatMap(LoneStationDrill::opening)
                    .ifPresent(opening -> stations.put(SignedStatement.id(opening), opening.station()));
            boolean late = header.filter(
                            one -> line.equals(stations.get(one.author().session())))
                    .filter(one -> one.sanction() instanceof Sanction.Unanswered)
                    .isPresent();
            flagged += late ? 1 : 0;
        }
        scene.require(
                flagged == ALONE,
                Breach.Kind.FORGED,
                flagged + " entries of the dead ward are flagged for review and not " + ALONE);
    }

    private static Optional<Statement.SessionOpening> opening(Header header) {
        try {
            return header.author().statement().isEmpty()
                    ? Optional.empty()
                    : Optional.of(SignedStatement.decode(header.author().statement())
                                    .statement())
                            .filter(Statement.SessionOpening.class::isInstance)
                            .map(Statement.SessionOpening.class::cast);
        } catch (MalformedException none) {
            return Optional.empty();
        }
    }
}
