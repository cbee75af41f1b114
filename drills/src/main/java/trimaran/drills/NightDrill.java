package trimaran.drills;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * A ward's night alone: its station reaches nobody and begins anew twice; its people log in, open the ward's sealed copy and write of
 * somebody whose record nobody has open any more. Then the lines are back.
 */
final class NightDrill {

    private static final String NURSE = "veilleuse";

    /** A copy of a ward is made every five minutes, and soon after a start. */
    private static final long COPY_SECONDS_MAX = 420;

    /** A station that has just begun lets nobody in by itself for ten seconds. */
    private static final long IN_SECONDS_MAX = 120;

    private static final long BACK_SECONDS_MAX = 180;

    private NightDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "night-alone",
                "50",
                "the cables of a ward's station to everybody, for long, and its process is killed twice meanwhile",
                "its people log in, read the ward's sealed copy and write; with the cables back all of it is read in another ward,"
                        + " once",
                NightDrill::night));
    }

    /** Somebody who lies in a bed of a ward. */
    private record Lying(String ward, String patient, String family) {}

    private static void night(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        scene.gaps().stationFalls();
        Path home = hospital.home().resolve("stations/" + TrialHospital.STATION);
        Path conf = home.resolve("party.conf");
        String configuration = Files.readString(conf);
        BudgetDrill.enrol(scene, NURSE, "nurse");
        Lying lying = admitted(scene);
        try (SecondStation second = SecondStation.joined(scene);
                FhirClient away = second.client();
                Cables cables = new Cables(hospital)) {
            try {
                String copies = WardBadges.made(home, scene.scratch().resolve("ward-badges"));
                Files.writeString(conf, cables.rewired(configuration) + copies);
                long begun = System.currentTimeMillis();
                scene.forgetAtTheStation();
                Waiting.until(COPY_SECONDS_MAX, "the ward's copy is made", () -> newest(home, lying.ward()) > begun);
                List<String> written = alone(scene, cables, lying);
                cables.heal();
                scene.awaitCare("after the cables are back");
                judge(scene, away, lying, written);
            } finally {
                Files.writeString(conf, configuration);
                scene.forgetAtTheStation();
            }
        }
    }

    private static Lying admitted(Scene scene) {
        FhirClient client = scene.client();
        String run = String.valueOf(scene.scratch().getFileName());
        String ward = created(client, "Location", place("Service de nuit " + run, "wa", ""));
        String bed = created(client, "Location", place("Lit 1", "bd", ward));
        String family = "Veille" + run.replaceAll("[^A-Za-z0-9]", "");
        String patient = created(
                client,
                "Patient",
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + family
                        + "\",\"given\":[\"Zoé\"]}],\"birthDate\":\"1970-01-01\"}");
        created(
                client,
                "Encounter",
                "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"IMP\"},\"subject\":{\"reference\":"
                        + "\"Patient/" + patient + "\"},\"period\":{\"start\":\"2026-03-01T08:00:00Z\"},\"location\":"
                        + "[{\"location\":{\"reference\":\"Location/" + bed + "\"},\"status\":\"active\"}]}");
        return new Lying(ward, patient, family);
    }

    private static String place(String name, String kind, String within) {
        String partOf = within.isEmpty() ? "" : ",\"partOf\":{\"reference\":\"Location/" + within + "\"}";
        return "{\"resourceType\":\"Location\",\"status\":\"active\",\"name\":\"" + name
                + "\",\"mode\":\"instance\",\"physicalType\":{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/location-physical-type\",\"code\":\"" + kind + "\"}]}"
                + partOf
                + "}";
    }

    private static String created(FhirClient client, String type, String resource) {
        FhirClient.Reply[] reply = new FhirClient.Reply[1];
        Waiting.until(BACK_SECONDS_MAX, "a " + type + " is written", () -> {
            reply[0] = client.create(type, resource);
            return reply[0].isDone();
        });
        return reply[0].id();
    }

    /** When the newest copy of a ward was made; 0 without any. */
    private static long newest(Path station, String ward) {
        try (Stream<Path> files = Files.list(station.resolve("ward-copies"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(ward + "."))
                    .mapToLong(name -> Long.parseLong(name.substring(ward.length() + 1)))
                    .max()
                    .orElse(0);
        } catch (IOException none) {
            return 0;
        }
    }

    /** Writes a note in each of two lives of the station. Returns what was said in them. */
    private static List<String> alone(Scene scene, Cables cables, Lying lying) {
        TrialHospital hospital = scene.hospital();
        cables.cut();
        scene.strike();
        long passed = cables.bytes();
        long before = outboxBytes(hospital);
        List<String> written = new ArrayList<>();
        for (int life = 1; life <= 2; life++) {
            hospital.kill(TrialHospital.STATION);
            hospital.start(TrialHospital.STATION);
            try (PlainBrowser nurse = in(hospital)) {
                String list = opened(scene, nurse, lying);
                scene.evidence(
                        list.contains(lying.family().toUpperCase(java.util.Locale.ROOT)),
                        "begun anew alone (" + life + "), a nurse logged in and the ward's copy names its patient");
                String text = "vu seul " + life + " " + lying.family();
                written.add(noted(scene, nurse, lying, text));
                nurse.post("/verrouiller");
            }
        }
        long bytes = outboxBytes(hospital) - before;
        scene.evidence(
                cables.broken() > 0 && cables.bytes() == passed && bytes > 0,
                "nobody is reached: " + cables.broken() + " connections broken or tried in vain, and " + bytes
                        + " bytes came to the outbox");
        return written;
    }

    private static long outboxBytes(TrialHospital hospital) {
        return hospital.home()
                .resolve("stations/" + TrialHospital.STATION + "/outbox")
                .toFile()
                .length();
    }

    private static PlainBrowser in(TrialHospital hospital) {
        PlainBrowser[] in = new PlainBrowser[1];
        Waiting.until(IN_SECONDS_MAX, "a badge opens at the station that is alone", () -> {
            try {
                in[0] = new PlainBrowser(hospital, NURSE);
                return true;
            } catch (IllegalStateException notYet) {
                return false;
            }
        });
        return in[0];
    }

    private static String opened(Scene scene, PlainBrowser nurse, Lying lying) {
        nurse.get("/copie");
        HttpResponse<String> opened = nurse.post(
                "/copie",
                "service",
                lying.ward(),
                "badge",
                WardBadges.NAME,
                "pin",
                TrialHospital.PIN,
                "faire",
                "ecrire");
        scene.require(
                opened.statusCode() == 200,
                Breach.Kind.UNDEFENDED,
                "the ward's copy does not open: " + opened.statusCode());
        return opened.body();
    }

    private static String noted(Scene scene, PlainBrowser nurse, Lying lying, String text) {
        String record = "/patients/" + lying.patient();
        HttpResponse<String> form = nurse.look(record + "/transmettre");
        HttpResponse<String> answer =
                nurse.post(record + "/transmettre", "cible", "nuit", "donnees", text, "demande", text);
        scene.say("  alone: the form " + form.statusCode() + ", the note " + answer.statusCode());
        scene.require(
                answer.statusCode() == 200 && answer.body().contains("pas encore partagé"),
                Breach.Kind.UNDEFENDED,
                "a note is not taken while the station is alone: " + answer.statusCode());
        return text;
    }

    private static void judge(Scene scene, FhirClient away, Lying lying, List<String> written) {
        String[] there = {""};
        try {
            Waiting.until(BACK_SECONDS_MAX, "all that was written alone is shown in the other ward", () -> {
                there[0] = notes(away, lying.patient());
                return written.stream().allMatch(there[0]::contains);
            });
        } catch (IllegalStateException missing) {
            scene.say("  " + missing.getMessage());
        }
        for (String text : written) {
            long times = TrialHospital.count(there[0], java.util.regex.Pattern.quote(text));
            scene.require(times > 0, Breach.Kind.LOST, "\"" + text + "\" was taken alone and is lost");
            scene.require(times < 2, Breach.Kind.FORGED, "\"" + text + "\" is there " + times + " times");
            scene.say("  \"" + text + "\" is read in the other ward, times: " + times);
        }
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
    }

    /** What all notes of a patient say. */
    private static String notes(FhirClient client, String patient) {
        String page = client.read("DocumentReference?subject=Patient/" + patient + "&_count=200")
                .body();
        StringBuilder all = new StringBuilder();
        java.util.regex.Matcher data = java.util.regex.Pattern.compile("\"data\":\"([A-Za-z0-9+/=]+)\"")
                .matcher(page);
        while (data.find()) {
            all.append(new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return all.toString();
    }
}
