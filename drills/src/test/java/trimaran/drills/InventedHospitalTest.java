package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.hospital.DemoHospital;
import trimaran.hospital.Setting;
import trimaran.kernel.Code;
import trimaran.trial.FhirClient;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A hospital of twenty beds, filled as {@code up} fills one: application agrees to all of it, and everybody lies where they should. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class InventedHospitalTest {

    private static final long FILLED_SECONDS_MAX = 400;
    private static final String IPP = "urn:trimaran:demo:ipp";
    private static final String PLACE = "urn:trimaran:demo:lieu";

    private static final Pattern PERSON = Pattern.compile("\"system\":\"" + IPP + "\",\"value\":\"([0-9]+)\"");
    private static final Pattern LIES = Pattern.compile(
            "Location\\?identifier=" + PLACE + "\\|([^\"]+)\",\"display\":\"[^\"]*\"\\},\"status\":\"(\\w+)\"");

    @TempDir
    Path scratch;

    /** Where somebody lies, will lie, or lay last. */
    private record Place(String code, String status) {}

    @Test
    void everybodyIsAdmittedAndLiesWhereTheyShould() throws IOException {
        try (TrialHospital hospital =
                TrialHospital.foundToFill(House.found().briefly(), scratch.resolve("filled"), 20)) {
            Waiting.until(
                    FILLED_SECONDS_MAX,
                    "the hospital is filled",
                    () -> hospital.upSaid().contains("FILLED "));
            assertThat(hospital.upSaid()).contains("FILLED 20 beds in 3 wards").contains(" 0 refused");
            DemoHospital invented = new DemoHospital(setting(hospital));
            try (FhirClient client = hospital.client()) {
                Map<String, Place> places = new LinkedHashMap<>();
                invented.queues()
                        .forEach(queue -> queue.forEach(number -> {
                            String load = invented.patient(number).body();
                            places.put(first(PERSON, load, 1), last(load));
                        }));
                places.forEach((person, place) ->
                        assertThat(read(client, person)).as(person).isEqualTo(place));
                oneBedHoldsOnePatient(client, places);
            }
            assertThat(Settling.verified(hospital, 120).isWell()).isTrue();
            itIsNotFilledTwice(hospital);
        }
    }

    private static Setting setting(TrialHospital hospital) throws IOException {
        Map<String, String> plan = new LinkedHashMap<>();
        for (String line : Files.readAllLines(hospital.home().resolve("demo/plan"))) {
            String[] pair = line.split(" = ", 2);
            plan.put(pair[0], pair[1]);
        }
        return new Setting(
                Long.parseLong(plan.getOrDefault("seed", "")), 20, LocalDateTime.parse(plan.getOrDefault("now", "")));
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(pattern + " in " + text).isTrue();
        return Objects.requireNonNull(found.group(group));
    }

    private static Place last(String load) {
        List<Place> all = LIES.matcher(load)
                .results()
                .map(found -> new Place(Objects.requireNonNull(found.group(1)), Objects.requireNonNull(found.group(2))))
                .toList();
        return all.getLast();
    }

    /** Asks as a client would: by the patient's number, their stay, and the place it names. */
    private static Place read(FhirClient client, String person) {
        Map<String, Object> patient = only(client, "Patient?identifier=" + FhirClient.encoded(IPP + "|" + person));
        Map<String, Object> stay = only(client, "Encounter?patient=" + JsonTree.at(patient, "id"));
        Map<String, Object> location = JsonTree.objects(stay, "location").getLast();
        Object reference = JsonTree.at(JsonTree.object(JsonTree.at(location, "location")), "reference");
        FhirClient.Reply place = client.read(String.valueOf(reference));
        assertThat(place.isDone()).as(place.toString()).isTrue();
        String code = String.valueOf(JsonTree.at(
                JsonTree.objects(JsonTree.read(place.body()), "identifier").getFirst(), "value"));
        return new Place(code, String.valueOf(JsonTree.at(location, "status")));
    }

    private static Map<String, Object> only(FhirClient client, String query) {
        FhirClient.Reply reply = client.read(query);
        assertThat(reply.isDone()).as(reply.toString()).isTrue();
        List<Map<String, Object>> entries = JsonTree.objects(JsonTree.read(reply.body()), "entry");
        assertThat(entries).as(query).hasSize(1);
        return JsonTree.object(JsonTree.at(entries.getFirst(), "resource"));
    }

    /** The board that application judges by is the one these patients made. */
    private static void oneBedHoldsOnePatient(FhirClient client, Map<String, Place> places) {
        String taken = places.values().stream()
                .filter(place -> place.status().equals("active") && place.code().matches("MED-A-[0-9]+[PF]?"))
                .map(Place::code)
                .findFirst()
                .orElseThrow();
        FhirClient.Reply refused = client.transaction(admission(taken));
        assertThat(refused.status()).isEqualTo(Code.BED_TAKEN.httpStatus());
        assertThat(refused.body()).contains(Code.BED_TAKEN.tag());
        FhirClient.Reply unplaced = client.transaction(admission("MED-A"));
        assertThat(unplaced.isDone()).as(unplaced.toString()).isTrue();
    }

    private static String admission(String place) {
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[
                {"fullUrl":"urn:uuid:8f0a1d3e-53a1-4c3b-9f0e-2b1a57c7f001","resource":{"resourceType":"Patient",
                 "name":[{"family":"Essai"}]},"request":{"method":"POST","url":"Patient"}},
                {"resource":{"resourceType":"Encounter","status":"in-progress",
                 "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},
                 "subject":{"reference":"urn:uuid:8f0a1d3e-53a1-4c3b-9f0e-2b1a57c7f001"},
                 "period":{"start":"2026-01-01T08:00:00Z"},
                 "location":[{"location":{"reference":"Location?identifier=%s|%s"},"status":"active"}]},
                 "request":{"method":"POST","url":"Encounter"}}]}
                """.formatted(PLACE, place);
    }

    private static void itIsNotFilledTwice(TrialHospital hospital) {
        assertThat(hospital.down().isWell()).isTrue();
        hospital.up();
        assertThat(hospital.upSaid()).doesNotContain("filling").doesNotContain("FILLED");
    }
}
