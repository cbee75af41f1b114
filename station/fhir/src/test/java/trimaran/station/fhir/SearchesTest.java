package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchesTest {

    private static final Pattern NEXT = Pattern.compile("\"relation\":\"next\",\"url\":\"([^\"]+)\"");
    private static final Pattern FULL_URL = Pattern.compile("\"fullUrl\":\"([^\"]+)\"");

    private static OpenDoor door;
    private static String anne;
    private static String luc;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
        anne = door.created("Patient", Texts.patient("Lévêque", "Anne-Marie", "1970-01-02"));
        luc = door.created("Patient", Texts.patient("Levasseur", "Luc", "1971-03-04"));
        for (String code : new String[] {"8867-4", "9279-1", "8867-4"}) {
            door.created("Observation", Texts.observation("Patient/" + anne, code));
        }
        door.created("Observation", Texts.observation("Patient/" + luc, "8867-4"));
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static int total(String path) {
        HttpResponse<String> answer = door.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher total = Pattern.compile("\"total\":(\\d+)").matcher(answer.body());
        assertThat(total.find()).isTrue();
        return Integer.parseInt(Objects.requireNonNull(total.group(1)));
    }

    @Test
    void everything_of_a_patient_is_a_searchset_with_the_patient_first() {
        HttpResponse<String> answer = door.get("/Patient/" + anne + "/$everything?_count=200");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(
                        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":4,\"link\":[{\"relation\":\"self\"")
                .containsSubsequence(
                        "\"fullUrl\":\"" + door.base() + "/Patient/" + anne,
                        "\"fullUrl\":\"" + door.base() + "/Observation/")
                .doesNotContain(luc)
                .doesNotContain("\"next\"");
        assertThat(FULL_URL.matcher(answer.body()).results()).hasSize(4);
    }

    @Test
    void everything_of_nobody_is_not_found() {
        assertThat(door.get("/Patient/00000000000000000000000001-0000000000/$everything")
                        .statusCode())
                .isEqualTo(404);
        assertThat(door.get("/Observation/" + anne + "/$everything").statusCode())
                .isEqualTo(404);
    }

    @Test
    void everything_of_a_deleted_patient_is_gone() {
        String id = door.created("Patient", Texts.patient("Ancien", "A", "1970-01-02"));
        door.delete("/Patient/" + id);

        assertThat(door.get("/Patient/" + id + "/$everything").statusCode()).isIn(404, 410);
    }

    @Test
    void pages_follow_each_other_without_a_gap_or_a_repetition() {
        Set<String> seen = new HashSet<>();
        String next = door.base() + "/Patient/" + anne + "/$everything?_count=2";
        int pages = 0;
        while (!next.isEmpty()) {
            String body = door.get(next.substring(door.base().length())).body();
            FULL_URL.matcher(body)
                    .results()
                    .forEach(found -> assertThat(seen.add(found.group())).isTrue());
            Matcher link = NEXT.matcher(body);
            next = link.find() ? Objects.requireNonNull(link.group(1)) : "";
            pages++;
        }

        assertThat(seen).hasSize(4);
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void a_page_of_none_gives_the_count_alone() {
        String body = door.get("/Patient/" + anne + "/$everything?_count=0").body();

        assertThat(body).contains("\"total\":4").doesNotContain("entry");
    }

    @Test
    void observations_of_a_patient_by_code() {
        String of = "/Observation?subject=Patient/" + anne;

        assertThat(total(of + "&code=http://loinc.org%7C8867-4")).isEqualTo(2);
        assertThat(total(of + "&code=9279-1")).isEqualTo(1);
        assertThat(total(of + "&code=http://loinc.org%7C8867-4,9279-1")).isEqualTo(3);
        assertThat(total(of + "&code=http://other.org%7C8867-4")).isZero();
        assertThat(total(of + "&code=%7C8867-4")).isZero();
        assertThat(total(of + "&code=http://loinc.org%7C")).isEqualTo(3);
        assertThat(total("/Observation?patient=" + anne)).isEqualTo(3);
        assertThat(total("/Observation?subject=" + door.base() + "/Patient/" + anne))
                .isEqualTo(3);
        assertThat(total("/Observation?patient=00000000000000000000000001-0000000000"))
                .isZero();
    }

    @Test
    void by_id_and_by_identifier() {
        assertThat(total("/Patient?_id=" + anne)).isEqualTo(1);
        assertThat(total("/Patient?_id=" + anne + "," + luc)).isEqualTo(2);
        assertThat(total("/Observation?_id=" + anne)).isZero();
        assertThat(total("/Patient?identifier=urn:ipp%7CLevasseur")).isEqualTo(1);
        assertThat(total("/Patient?identifier=urn:other%7CLevasseur")).isZero();
        assertThat(total("/Patient?identifier=urn:ipp%7CLevasseur&birthdate=1999-01-01"))
                .isZero();
    }

    @Test
    void an_identifier_a_resource_had_once_no_longer_finds_it() {
        String id = door.created("Patient", Texts.patient("Avant", "A", "1970-01-02"));
        door.put("/Patient/" + id, ReadsAndWritesTest.withId(Texts.patient("Après", "A", "1970-01-02"), id));

        assertThat(total("/Patient?identifier=urn:ipp%7CAvant")).isZero();
        assertThat(total("/Patient?identifier=urn:ipp%7CApr%C3%A8s")).isEqualTo(1);
    }

    @Test
    void patients_by_the_beginning_of_a_name_however_it_is_spelt() {
        assertThat(total("/Patient?family=leveque")).isEqualTo(1);
        assertThat(total("/Patient?family=Lev")).isEqualTo(2);
        assertThat(total("/Patient?family=lev&given=anne")).isEqualTo(1);
        assertThat(total("/Patient?family=lev&birthdate=1971-03-04")).isEqualTo(1);
        assertThat(total("/Patient?birthdate=eq1970-01-02&family=L%C3%A9v%C3%AAque"))
                .isEqualTo(1);
    }

    @Test
    void unknown_parameters_are_refused_by_name() {
        for (String path : new String[] {
            "/Patient?shoe-size=44",
            "/Patient?family:phonetic=x",
            "/Observation?_include=a",
            "/Patient?_offset=1",
            "/Patient/" + anne + "?_summary=true",
            "/Patient/" + anne + "/$everything?start=2020",
            "/Medication?patient=" + anne
        }) {
            HttpResponse<String> answer = door.get(path);
            String name = path.substring(path.indexOf('?') + 1, path.indexOf('=', path.indexOf('?')));

            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("TRI-109", "\"expression\":[\"" + name + "\"]");
        }
    }

    @Test
    void bad_values_are_refused_by_name() {
        for (String query : new String[] {
            "_count=many",
            "_count=-1",
            "identifier=no-bar",
            "birthdate=70",
            "birthdate=gt",
            "family=",
            "_id=%ff",
            "_count=1&_count=2"
        }) {
            assertThat(door.get("/Patient?" + query).statusCode()).as(query).isEqualTo(400);
        }
    }

    @Test
    void a_search_for_all_is_refused() {
        assertThat(door.get("/Patient").statusCode()).isEqualTo(400);
        assertThat(door.get("/Observation?code=8867-4").statusCode()).isEqualTo(400);
    }

    @Test
    void who_may_not_search_all_patients_is_told_so() {
        door.record.mayIndex = false;
        try {
            assertThat(door.get("/Patient?family=lev").statusCode()).isEqualTo(403);
        } finally {
            door.record.mayIndex = true;
        }
    }
}
