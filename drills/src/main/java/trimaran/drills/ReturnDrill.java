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
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Two wards whose cables are pulled go on writing, each alone and both of the same patient, and come back with what they wrote. */
final class ReturnDrill {

    /** What each ward writes while it is alone. */
    private static final int ALONE = 3;

    /** Resources both wards change while neither can know of the other. */
    private static final int BOTH = 2;

    private static final long BACK_SECONDS_MAX = 180;

    /** Words of the breach that is expected where the defence is missing. */
    static final String LOST = " was recorded at its ward and is lost";

    private ReturnDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "two-wards-return",
                "50",
                "the cables of two wards' stations to everybody: both write on, of the same patient, one of them is killed over it; then all"
                        + " come back",
                "what each said it had recorded is in the record, once and under the name it was written in; where both changed one"
                        + " thing both versions are there",
                ReturnDrill::returning));
    }

    /** A ward: its door, its cables, and what it was answered while alone, by the text that was written. */
    private static final class Ward implements AutoCloseable {
        /** Tells what is written this time from what another run of the drill wrote of the same patient. */
        private final String run;

        private final String name;
        private final FhirClient client;
        private final Cables cables;
        private final Map<String, Reply> answers = new LinkedHashMap<>();

        Ward(String name, FhirClient client, Scene scene) throws IOException {
            this.run = scene.scratch().getFileName() + " ";
            this.name = name;
            this.client = client;
            this.cables = new Cables(scene.hospital());
        }

        void cut() {
            cables.cut();
        }

        void heal() {
            cables.heal();
        }

        /** What it measures alone, and what both correct. */
        void write(String patient, List<Reply> shared) {
            for (int i = 0; i < ALONE; i++) {
                String text = run + name + " seul " + i;
                answers.put(text, client.create("Observation", measured(patient, text)));
            }
            for (int i = 0; i < shared.size(); i++) {
                String text = run + name + " corrige " + i;
                String id = shared.get(i).id();
                String changed = measured(patient, text).replace("\"status\":", "\"id\":\"" + id + "\",\"status\":");
                answers.put(text, client.update("Observation/" + id, changed, "1"));
            }
        }

        /** Those whose author was told that they are recorded. */
        List<String> promised() {
            return answers.entrySet().stream()
                    .filter(one -> one.getValue().isDone())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public void close() {
            cables.close();
        }
    }

    private static void returning(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        scene.gaps().stationFalls();
        Path conf = hospital.home().resolve("stations/" + TrialHospital.STATION + "/party.conf");
        String configuration = Files.readString(conf);
        try (SecondStation second = SecondStation.joined(scene);
                FhirClient away = second.client();
                Ward one = new Ward("accueil", scene.client(), scene);
                Ward other = new Ward("etage", away, scene)) {
            try {
                Files.writeString(conf, one.cables.rewired(configuration));
                scene.forgetAtTheStation();
                Files.writeString(
                        second.configuration(), other.cables.rewired(Files.readString(second.configuration())));
                second.again();
                alone(scene, second, one, other);
                scene.awaitCare("after both wards are back");
                judge(scene, second, one, other);
            } finally {
                Files.writeString(conf, configuration);
                scene.forgetAtTheStation();
            }
        }
    }

    private static void alone(Scene scene, SecondStation second, Ward one, Ward other) throws IOException {
        String patient = "Patient/" + scene.cohort().patients().getLast().id();
        List<Reply> shared = new ArrayList<>();
        for (int i = 0; i < BOTH; i++) {
            shared.add(taken(one, measured(patient, "vu par les deux " + i)));
        }
        // A ward writes without anybody in what it has open: it had to do with the patient before.
        taken(other, measured(patient, "etage avant"));
        Waiting.until(
                BACK_SECONDS_MAX,
                "both wards see the patient",
                () -> shared.stream()
                        .allMatch(reply ->
                                other.client.read("Observation/" + reply.id()).isDone()));
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        // What another wrote meanwhile a ward has once somebody looks at it.
        Waiting.until(
                BACK_SECONDS_MAX,
                "both wards have the patient before them",
                () -> List.of(one, other).stream()
                        .allMatch(ward ->
                                ward.client.read(patient + "/$everything").isDone()));
        List.of(one, other).forEach(Ward::cut);
        scene.strike();
        long passed = one.cables.bytes() + other.cables.bytes();
        List<Thread> writers = new ArrayList<>();
        for (Ward ward : List.of(one, other)) {
            writers.add(Thread.ofPlatform().start(() -> ward.write(patient, shared)));
        }
        writers.forEach(ReturnDrill::awaited);
        for (Ward ward : List.of(one, other)) {
            scene.say("  " + ward.name + " alone was answered "
                    + ward.answers.values().stream().map(Reply::status).toList());
        }
        scene.evidence(
                one.cables.broken() > 0
                        && other.cables.broken() > 0
                        && one.cables.bytes() + other.cables.bytes() == passed,
                "nobody is reached from either ward");
        long waiting = second.outboxBytes();
        second.again();
        scene.evidence(
                one.promised().size() == ALONE + BOTH && other.promised().size() == ALONE + BOTH && waiting > 0,
                one.promised().size() + " and " + other.promised().size() + " writes taken while alone, " + waiting
                        + " bytes of outbox were there when one ward's station was killed");
        List.of(one, other).forEach(Ward::heal);
    }

    private static void awaited(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply taken(Ward ward, String resource) {
        Reply[] reply = new Reply[1];
        Waiting.until(BACK_SECONDS_MAX, "a measurement is taken", () -> {
            reply[0] = ward.client.create("Observation", resource);
            return reply[0].isDone();
        });
        return reply[0];
    }

    /** Without an identifier: to know one again takes two tiers. */
    private static String measured(String patient, String text) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"température\"},\"subject\":{\"reference\":\""
                + patient + "\"},\"effectiveDateTime\":\"2026-03-01T08:00:00Z\",\"valueString\":\"" + text + "\"}";
    }

    private static void judge(Scene scene, SecondStation second, Ward one, Ward other) {
        String patient = scene.cohort().patients().getLast().id();
        List<String> promised = new ArrayList<>(one.promised());
        promised.addAll(other.promised());
        String[] there = {""};
        try {
            Waiting.until(BACK_SECONDS_MAX, "all that was promised is shown", () -> {
                there[0] = everything(scene.client(), patient);
                return promised.stream().allMatch(text -> there[0].contains("\"" + text + "\""));
            });
        } catch (IllegalStateException missing) {
            scene.say("  " + missing.getMessage());
        }
        for (String text : promised) {
            long times = TrialHospital.count(there[0], "\"valueString\":\"" + text + "\"");
            scene.require(times > 0, Breach.Kind.LOST, "\"" + text + "\"" + LOST);
            scene.require(times < 2, Breach.Kind.FORGED, "\"" + text + "\" is there " + times + " times");
        }
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        authors(scene, second, one, other);
    }

    /** All versions of all measurements of the patient. */
    private static String everything(FhirClient client, String patient) {
        StringBuilder all = new StringBuilder();
        String page = client.read("Observation?subject=Patient/" + patient + "&_count=200")
                .body();
        java.util.regex.Matcher id = Pattern.compile(
                        "\"resource\":\\{\"resourceType\":\"Observation\",\"id\":\"([^\"]+)\"")
                .matcher(page);
        while (id.find()) {
            all.append(client.read("Observation/" + id.group(1) + "/_history").body());
        }
        return all.toString();
    }

    /** What each ward wrote is in the record under its own sessions. */
    private static void authors(Scene scene, SecondStation second, Ward one, Ward other) {
        Map<Digest, Digest> stations = new HashMap<>();
        Map<Digest, Integer> counts = new HashMap<>();
        for (SealedEntry entry : PeerDrills.shown(scene, Party.ACCESS, 0)) {
            Optional<Header> header = PeerDrills.header(entry);
            header.flatMap(ReturnDrill::opening)
                    .ifPresent(opening -> stations.put(SignedStatement.id(opening), opening.station()));
            if (header.isEmpty() || header.get().author().parts().isEmpty()) {
                continue;
            }
            Digest session = header.get().author().session();
            counts.merge(stations.getOrDefault(session, Digest.ZERO), 1, Integer::sum);
        }
        int away = counts.getOrDefault(second.line(), 0);
        scene.require(
                away == other.promised().size() + 1,
                Breach.Kind.FORGED,
                "the record has " + away + " entries of the second ward, which was promised "
                        + other.promised().size());
        scene.say("  entries by station: " + counts.values() + "; promised alone "
                + one.promised().size() + " and " + other.promised().size());
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
