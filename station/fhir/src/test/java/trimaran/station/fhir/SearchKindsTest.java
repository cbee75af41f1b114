package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

/** One patient's ward stay, searched by every kind of parameter, sorted, with what it refers to, page by page. */
class SearchKindsTest {

    private static final Pattern NEXT = Pattern.compile("\"relation\":\"next\",\"url\":\"([^\"]+)\"");
    private static final Pattern ENTRY =
            Pattern.compile("\"fullUrl\":\"[^\"]+/(\\w+/[^\"/]+)\"(?:(?!\"fullUrl\").)*\"mode\":\"(\\w+)\"");

    private static OpenDoor door;
    private static String patient;
    private static String nurse;
    private static String stay;
    private static final List<String> pulses = new ArrayList<>();

    @BeforeAll
    static void open() {
        door = new OpenDoor();
        patient = door.created("Patient", Texts.patient("Lévêque", "Anne-Marie", "1970-01-02"));
        nurse = door.created(
                "Practitioner",
                "{\"resourceType\":\"Practitioner\",\"active\":true,\"name\":[{\"family\":\"N'Diaye\",\"given\":[\"Awa\"]}]}");
        door.created(
                "Practitioner",
                "{\"resourceType\":\"Practitioner\",\"active\":false,\"name\":[{\"family\":\"Zola\"}]}");
        stay = door.created(
                "Encounter",
                "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"IMP\"},\"subject\":"
                        + "{\"reference\":\"Patient/" + patient
                        + "\"},\"period\":{\"start\":\"2026-11-20T08:00:00Z\"}}");
        pulses.add(pulse("8867-4", "2026-11-27T10:00:00+01:00", "final"));
        pulses.add(pulse("8867-4", "2026-11-27T00:30:00+01:00", "amended"));
        pulses.add(pulse("9279-1", "2026-11-25T10:00:00+01:00", "final"));
        pulses.add(door.created(
                "Observation",
                Texts.observation("Patient/" + patient, "3141-9").replace("\"final\"", "\"preliminary\"")));
    }

    private static String pulse(String code, String when, String status) {
        String plain = Texts.observation("Patient/" + patient, code).replace("\"final\"", "\"" + status + "\"");
        return door.created(
                "Observation",
                plain.substring(0, plain.length() - 1) + ",\"effectiveDateTime\":\"" + when
                        + "\",\"encounter\":{\"reference\":\"Encounter/" + stay
                        + "\"},\"performer\":[{\"reference\":\"Practitioner/"
                        + nurse
                        + "\"}],\"category\":[{\"coding\":[{\"system\":\"urn:c\",\"code\":\"vital-signs\"}]}]}");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    /** What was found, in order. */
    private static List<String> found(String path, String mode) {
        HttpResponse<String> answer = door.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        Matcher entries = ENTRY.matcher(answer.body());
        while (entries.find()) {
            if (Objects.equals(entries.group(2), mode)) {
                found.add(Objects.requireNonNull(entries.group(1)));
            }
        }
        return found;
    }

    private static String observations(String query) {
        return "/Observation?patient=" + patient + (query.isEmpty() ? "" : "&") + query;
    }

    @ParameterizedTest
    @CsvSource({
        "status=final, 2",
        "status=final%2Camended, 3",
        "status:not=final, 2",
        "category=vital-signs, 3",
        "category=urn:c%7Cvital-signs, 3",
        "category=urn:c%7C, 3",
        "category=%7Cvital-signs, 0",
        "category:missing=true, 1",
        "category:missing=false, 3",
        "date=2026-11-27, 2",
        "date=ge2026-11-25&date=lt2026-11-27, 1",
        "date=2026-11, 3",
        "date:missing=true, 1",
        "code=8867-4&date=gt2026-11-27T08:00:00Z, 1",
        "encounter:missing=false, 3",
        "_lastUpdated=ge2020, 4",
        "_lastUpdated=gt2999, 0"
    })
    void observations_by_codes_and_dates(String query, int count) {
        assertThat(found(observations(query), "match")).hasSize(count);
    }

    @Test
    void by_what_they_refer_to() {
        assertThat(found(observations("encounter=Encounter/" + stay), "match")).hasSize(3);
        assertThat(found(observations("encounter=" + stay), "match")).hasSize(3);
        assertThat(found(observations("encounter:Encounter=" + stay), "match")).hasSize(3);
        assertThat(found(observations("performer=" + door.base() + "/Practitioner/" + nurse), "match"))
                .hasSize(3);
        assertThat(found(observations("performer=Practitioner/" + stay), "match"))
                .isEmpty();
        assertThat(found("/Observation?subject:Patient=" + patient, "match")).hasSize(4);
        assertThat(found("/Encounter?patient=" + patient + "&class=IMP&date=2026-11-22", "match"))
                .isEmpty();
        assertThat(found("/Encounter?patient=" + patient + "&class=IMP&date=ge2026-11-22&status=in-progress", "match"))
                .hasSize(1);
    }

    @Test
    void staff_is_found_without_a_patient_and_people_by_any_name() {
        assertThat(found("/Practitioner?name=ndia", "match")).containsExactly("Practitioner/" + nurse);
        assertThat(found("/Practitioner?active=true", "match")).containsExactly("Practitioner/" + nurse);
        assertThat(found("/Practitioner?_sort=-family", "match"))
                .hasSize(2)
                .element(1)
                .isEqualTo("Practitioner/" + nurse);
        assertThat(found("/Patient?family:exact=L%C3%A9v%C3%AAque", "match")).hasSize(1);
        assertThat(found("/Patient?family:exact=leveque", "match")).isEmpty();
        assertThat(found("/Patient?name=leveque", "match")).hasSize(1);
        assertThat(found("/Patient?family=leveque&given:contains=marie", "match"))
                .hasSize(1);
        assertThat(found("/Patient?family=leveque&birthdate=lt1970-01-02", "match"))
                .isEmpty();
        assertThat(found("/Patient?family=leveque&birthdate=1970", "match")).hasSize(1);
    }

    @Test
    void patients_are_found_by_each_alternative_and_what_no_index_can_be_asked_is_refused() {
        door.created("Patient", Texts.patient("Quémener", "Yann", "1981-05-06"));
        assertThat(found("/Patient?family=quemener,leveque", "match")).hasSize(2);
        assertThat(found("/Patient?given=yann,anne", "match")).hasSize(2);
        assertThat(found("/Patient?name=quem,leveq", "match")).hasSize(2);
        assertThat(found("/Patient?birthdate=1981-05-06,1970-01-02", "match")).hasSize(2);
        assertThat(found("/Patient?family=quemener&birthdate=ge1981", "match")).hasSize(1);
        for (String query : List.of(
                "birthdate=ge1980-01-01",
                "birthdate=1980",
                "family:contains=pont",
                "birthdate:missing=true",
                "family=-")) {
            assertThat(door.get("/Patient?" + query).statusCode()).as(query).isEqualTo(400);
        }
    }

    @Test
    void sorted_by_date_then_by_code_with_what_has_none_at_the_end() {
        assertThat(found(observations("_sort=date"), "match"))
                .containsExactly(
                        "Observation/" + pulses.get(2),
                        "Observation/" + pulses.get(1),
                        "Observation/" + pulses.get(0),
                        "Observation/" + pulses.get(3));
        assertThat(found(observations("_sort=-date"), "match")).first().isEqualTo("Observation/" + pulses.get(0));
        assertThat(found(observations("_sort=-date"), "match")).last().isEqualTo("Observation/" + pulses.get(3));
        assertThat(found(observations("_sort=code,-date"), "match"))
                .containsExactly(
                        "Observation/" + pulses.get(3),
                        "Observation/" + pulses.get(0),
                        "Observation/" + pulses.get(1),
                        "Observation/" + pulses.get(2));
    }

    @Test
    void what_is_referred_to_comes_along_once() {
        String path = observations("code=8867-4&_include=Observation:encounter&_include=Observation:performer");

        assertThat(found(path, "match")).hasSize(2);
        assertThat(found(path, "include")).containsExactlyInAnyOrder("Encounter/" + stay, "Practitioner/" + nurse);
        assertThat(found(observations("_include=Observation:performer:Organization"), "include"))
                .isEmpty();
        assertThat(found(observations("_include=Observation:patient"), "include"))
                .containsExactly("Patient/" + patient);
    }

    @Test
    void pages_follow_one_another_by_links_that_say_nothing_and_what_comes_in_front_moves_nobody() {
        String other = door.created("Patient", Texts.patient("Pagès", "Luc", "1980-01-02"));
        List<String> written = new ArrayList<>();
        for (String day : new String[] {"10", "11", "12", "13"}) {
            written.add("Observation/" + dated(other, day));
        }
        List<String> seen = new ArrayList<>();
        String next = "/Observation?patient=" + other + "&_sort=date&_count=1&_include=Observation:patient";
        while (!next.isEmpty() && seen.size() < 9) {
            HttpResponse<String> answer = door.get(next);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Matcher entry = ENTRY.matcher(answer.body());
            assertThat(entry.find()).isTrue();
            seen.add(Objects.requireNonNull(entry.group(1)));
            assertThat(entry.find()).as("the patient comes along on each page").isTrue();
            Matcher link = NEXT.matcher(answer.body());
            next = link.find()
                    ? Objects.requireNonNull(link.group(1))
                            .substring(door.base().length())
                    : "";
            assertThat(next).doesNotContain(other);
            if (seen.size() == 2) {
                dated(other, "09");
            }
        }

        assertThat(seen).isEqualTo(written);
    }

    private static String dated(String patient, String day) {
        String plain = Texts.observation("Patient/" + patient, "8867-4");
        return door.created(
                "Observation",
                plain.substring(0, plain.length() - 1) + ",\"effectiveDateTime\":\"2026-11-" + day + "\"}");
    }

    @Test
    void a_changed_link_or_one_of_another_list_is_refused() {
        Matcher link = NEXT.matcher(door.get(observations("_count=1")).body());
        assertThat(link.find()).isTrue();
        String url = Objects.requireNonNull(link.group(1)).substring(door.base().length());
        String sealed = url.substring(url.indexOf('=') + 1);
        char last = sealed.charAt(sealed.length() - 2);
        String changed = sealed.substring(0, sealed.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 1);

        assertThat(door.get(url).statusCode()).isEqualTo(200);
        for (String path : List.of(
                "/Observation?_page=" + changed,
                "/Encounter?_page=" + sealed,
                "/Patient/" + patient + "/$everything?_page=" + sealed,
                "/Observation?_page=" + sealed + "&_count=5",
                "/Observation?_page=" + sealed.substring(0, 12),
                "/Observation?_page=*",
                "/Observation?_page=")) {
            HttpResponse<String> answer = door.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("\"expression\":[\"_page\"]");
        }
    }

    @Test
    void a_search_too_long_for_the_links_of_its_pages_says_so() {
        String many = "x".repeat(6_500);
        String path = observations("_count=1&status:not=" + many);

        assertThat(door.get(path).statusCode()).as("over the length of a link").isEqualTo(400);
        assertThat(door.get(observations("status:not=" + many)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date=27/11/2026",
                "date=xx2026",
                "date:exact=2026",
                "status:text=final",
                "category=%7C",
                "category:missing=maybe",
                "category:missing=true%2Cfalse",
                "_id:missing=true",
                "encounter=Encounter/a/b",
                "encounter=Nothing/1",
                "encounter:Nothing=1",
                "encounter:Encounter=Patient/1",
                "patient:Encounter=1",
                "_sort=shoe-size",
                "_sort=",
                "_sort=date&_sort=code",
                "_sort=date,date,date,date,date,date",
                "_include=Observation",
                "_include=Observation:code",
                "_include=Patient:link",
                "_include=Observation:encounter:Nothing",
                "_revinclude=Observation:patient"
            })
    void what_cannot_be_meant_is_refused_with_its_name(String query) {
        HttpResponse<String> answer = door.get(observations(query));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"expression\":[\"" + query.substring(0, query.indexOf('=')) + "\"]");
    }

    @Test
    void a_page_that_would_include_more_than_the_limit_is_refused() {
        String other = door.created("Patient", Texts.patient("Beaucoup", "Luc", "1980-01-02"));
        assertThat(door.get(performed(other, Includes.INCLUDES_MAX)).statusCode())
                .isEqualTo(200);

        HttpResponse<String> answer = door.get(performed(other, Includes.INCLUDES_MAX + 1));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"expression\":[\"_include\"]");
    }

    /** An observation by so many, and the search for it with all of them. */
    private static String performed(String patient, int count) {
        StringBuilder performers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            ResourceId id = new ResourceId(new CellId(7, 7), i);
            performers
                    .append(i == 0 ? "" : ",")
                    .append("{\"reference\":\"Practitioner/")
                    .append(id)
                    .append("\"}");
        }
        String plain = Texts.observation("Patient/" + patient, "8867-4");
        String id = door.created(
                "Observation", plain.substring(0, plain.length() - 1) + ",\"performer\":[" + performers + "]}");
        return "/Observation?_id=" + id + "&_include=Observation:performer";
    }

    @Test
    void a_search_is_sorted_by_so_many_parameters_at_most() {
        String keys = "date,".repeat(Sorting.KEYS_MAX).replaceAll(",$", "");

        assertThat(door.get(observations("_sort=" + keys)).statusCode()).isEqualTo(200);
        assertThat(door.get(observations("_sort=" + keys + ",date")).statusCode())
                .isEqualTo(400);
    }
}
