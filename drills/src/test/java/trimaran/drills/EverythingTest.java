package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * What is imported comes back whole: equal as JSON apart from ids, references, versionId and lastUpdated. In a hospital of its own:
 * with a patient of forty megabytes in it everything that is done to one afterwards takes longer.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class EverythingTest {

    private static final Pattern NEXT = Pattern.compile("\\{\"relation\":\"next\",\"url\":\"([^\"]+)\"");
    private static final Pattern FOUND = Pattern.compile("\"fullUrl\":\"[^\"]*/Patient/([^\"]+)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path house;

    private static TrialHospital hospital;
    private static FhirClient client;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void open() {
        hospital = TrialHospital.found(House.found().briefly(), house.resolve("everything"));
        client = hospital.client();
    }

    @AfterAll
    static void close() {
        client.close();
        hospital.close();
    }

    @Test
    void severalDeepPatientsComeBackEqual() throws IOException {
        long seed = Long.getLong("seed", 20_261_127L);
        System.out.println("invented patients of seed " + seed);
        List<InventedPatient> patients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            InventedPatient patient = new InventedPatient(seed + i, "deep" + i, 60 + 40 * i, 300);
            Files.writeString(folder.resolve("deep" + i + ".json"), patient.bundle());
            patients.add(patient);
        }
        importAll(4);
        patients.forEach(EverythingTest::assertEqual);
    }

    @Test
    void aPatientOfFortyMegabytesComesBackEqual() throws IOException {
        InventedPatient patient = new InventedPatient(7, "large", 14_000, 2_300);
        Path file = folder.resolve("large.json");
        Files.writeString(file, patient.bundle());
        assertThat(Files.size(file)).isBetween(40_000_000L, 60_000_000L);
        importAll(1);
        assertEqual(patient);
    }

    private void importAll(int count) {
        Said said = hospital.run("import", folder.toString());
        assertThat(said.isWell()).as(said.toString()).isTrue();
        assertThat(said.out()).contains(count + " imported, 0 there before, 0 refused");
        assertThat(hospital.run("import", folder.toString()).out())
                .contains("0 imported, " + count + " there before, 0 refused");
    }

    private static void assertEqual(InventedPatient sent) {
        Map<String, Map<String, Object>> returned = everything(sent);
        int count = sent.resources().size();
        assertThat(returned).hasSize(count);
        Map<String, String> targets = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> one = Objects.requireNonNull(returned.get(sent.identifier(i)), sent.identifier(i));
            targets.put(sent.url(i), one.get("resourceType") + "/" + one.get("id"));
        }
        for (int i = 0; i < count; i++) {
            Map<String, Object> one = Objects.requireNonNull(returned.get(sent.identifier(i)));
            Object expected = withTargets(JsonTree.of(sent.resources().get(i)), targets);
            assertThat(plain(one)).isEqualTo(plain(JsonTree.object(expected)));
        }
    }

    /** Every resource of the patient and what it refers to in the house, by its own identifier. */
    private static Map<String, Map<String, Object>> everything(InventedPatient sent) {
        String id = patientId(sent);
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        String next = "Patient/" + id + "/$everything";
        while (!next.isEmpty()) {
            Reply page = client.read(next);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            for (Object entry :
                    JsonTree.list(JsonTree.object(JsonTree.of(page.body())).get("entry"))) {
                Map<String, Object> resource =
                        JsonTree.object(JsonTree.object(entry).get("resource"));
                Object identifier = JsonTree.list(resource.get("identifier")).getFirst();
                String value = String.valueOf(JsonTree.object(identifier).get("value"));
                assertThat(all.put(value, resource)).as("twice: " + value).isNull();
            }
            Matcher link = NEXT.matcher(
                    page.body().substring(0, Math.min(2_000, page.body().length())));
            next = link.find() ? Objects.requireNonNull(link.group(1)).replaceFirst("^.*?/fhir/", "") : "";
        }
        return all;
    }

    /** A large entry may be on its way still when it is accepted. */
    private static String patientId(InventedPatient sent) {
        String query = "Patient?identifier=" + InventedPatient.SYSTEM + "%7C" + sent.identifier(2);
        Waiting.until(
                120, "the patient is shared", () -> client.read(query).body().contains("\"total\":1"));
        Matcher found = FOUND.matcher(client.read(query).body());
        assertThat(found.find()).isTrue();
        return Objects.requireNonNull(found.group(1));
    }

    private static Object withTargets(Object value, Map<String, String> targets) {
        if (value instanceof String text) {
            return targets.getOrDefault(text, text);
        }
        if (value instanceof List<?> items) {
            return items.stream().map(item -> withTargets(item, targets)).toList();
        }
        if (value instanceof Map<?, ?>) {
            Map<String, Object> members = new LinkedHashMap<>();
            JsonTree.object(value).forEach((name, member) -> members.put(name, withTargets(member, targets)));
            return members;
        }
        return value;
    }

    private static Map<String, Object> plain(Map<String, Object> resource) {
        Map<String, Object> plain = new LinkedHashMap<>(resource);
        plain.remove("id");
        Map<String, Object> meta = new LinkedHashMap<>(JsonTree.object(plain.getOrDefault("meta", Map.of())));
        meta.remove("versionId");
        meta.remove("lastUpdated");
        plain.remove("meta");
        if (!meta.isEmpty()) {
            plain.put("meta", meta);
        }
        return plain;
    }
}
