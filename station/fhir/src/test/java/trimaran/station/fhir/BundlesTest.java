package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.WriteResult;

class BundlesTest {

    private static final Pattern LOCATION = Pattern.compile("\"location\":\"([A-Za-z]+)/([^/\"]+)");

    private static final String A = "urn:uuid:00000000-0000-4000-8000-00000000000a";
    private static final String B = "urn:uuid:00000000-0000-4000-8000-00000000000b";

    private static OpenDoor door;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static String id(HttpResponse<String> answer, String type) {
        return LOCATION.matcher(answer.body())
                .results()
                .map(MatchResult::group)
                .map(found -> found.split("[\"/]", -1))
                .filter(parts -> parts[3].equals(type))
                .map(parts -> parts[4])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_transaction_creates_all_and_resolves_what_its_entries_call_each_other() {
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry(A, Texts.patient("Un", "U", "1990-01-01"), "POST", "Patient", ""),
                        Texts.entry(B, Texts.observation(A, "8867-4"), "POST", "Observation", "")));
        String patient = id(answer, "Patient");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[{\"response\":{")
                .contains("\"status\":\"201 Created\"", "\"etag\":\"W/\\\"1\\\"\"", "\"lastModified\":\"20")
                .contains("/_history/1\"");
        assertThat(door.get("/Observation/" + id(answer, "Observation")).body())
                .contains("\"reference\":\"Patient/" + patient + "\"");
    }

    @Test
    void a_transaction_updates_deletes_and_creates_at_once() {
        String one = door.created("Patient", Texts.patient("Deux", "D", "1990-01-01"));
        String two = door.created("Patient", Texts.patient("Trois", "T", "1990-01-01"));
        String changed = ReadsAndWritesTest.withId(Texts.patient("Deuxième", "D", "1990-01-01"), one);
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry("", changed, "PUT", "Patient/" + one, ",\"ifMatch\":\"W/\\\"1\\\"\""),
                        Texts.entry("", "", "DELETE", "Patient/" + two, ""),
                        Texts.entry("", Texts.patient("Neuf", "N", "1990-01-01"), "POST", "Patient", "")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).containsSubsequence("\"200 OK\"", "\"204 No Content\"", "\"201 Created\"");
        assertThat(door.get("/Patient/" + one).body()).contains("Deuxième");
        assertThat(door.get("/Patient/" + two).statusCode()).isEqualTo(410);
    }

    @Test
    void one_bad_entry_refuses_the_whole_transaction_and_names_its_place() {
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry(A, Texts.patient("Rien", "U", "1990-01-01"), "POST", "Patient", ""),
                        Texts.entry("", "{\"resourceType\":\"Observation\"}", "POST", "Observation", "")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"expression\":[\"Bundle.entry[1].resource");
        assertThat(door.get("/Patient?identifier=urn:ipp%7CRien").body()).contains("\"total\":0");
    }

    @Test
    void a_failed_condition_refuses_the_whole_transaction() {
        String one = door.created("Patient", Texts.patient("Quatre", "D", "1990-01-01"));
        String changed = ReadsAndWritesTest.withId(Texts.patient("Quatre", "D", "1991-01-01"), one);
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry("", Texts.patient("Perdu", "N", "1990-01-01"), "POST", "Patient", ""),
                        Texts.entry("", changed, "PUT", "Patient/" + one, ",\"ifMatch\":\"W/\\\"9\\\"\"")));

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.body()).contains("Bundle.entry[1]");
        assertThat(door.get("/Patient?identifier=urn:ipp%7CPerdu").body()).contains("\"total\":0");
    }

    @Test
    void conditional_creates_and_references_find_what_is_there() {
        String one = door.created("Patient", Texts.patient("Cinq", "D", "1990-01-01"));
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry(
                                A,
                                Texts.patient("Cinq", "D", "1990-01-01"),
                                "POST",
                                "Patient",
                                ",\"ifNoneExist\":\"identifier=urn:ipp|Cinq\""),
                        Texts.entry(
                                "",
                                Texts.observation("Patient?identifier=urn:ipp|Cinq", "8867-4"),
                                "POST",
                                "Observation",
                                "")));

        assertThat(answer.body()).containsSubsequence("\"200 OK\"", "\"location\":\"Patient/" + one, "\"201 Created\"");
        assertThat(door.get("/Observation/" + id(answer, "Observation")).body()).contains("Patient/" + one);
    }

    @Test
    void a_conditional_update_changes_the_one_that_fits_or_creates() {
        String json = Texts.patient("Six", "S", "1990-01-01");
        String entry = Texts.entry("", json, "PUT", "Patient?identifier=urn:ipp|Six", "");
        HttpResponse<String> first = door.post("", Texts.bundle("transaction", entry));
        HttpResponse<String> second = door.post("", Texts.bundle("transaction", entry));

        assertThat(first.body()).contains("201 Created");
        assertThat(second.body()).contains("200 OK", "/_history/2");
    }

    @Test
    void a_conditional_update_that_is_overtaken_changes_what_the_other_created() {
        door.record.faster = () -> door.created("Patient", Texts.patient("Dix", "A", "1990-01-01"));
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry(B, Texts.observation(A, "8867-4"), "POST", "Observation", ""),
                        Texts.entry(
                                A,
                                Texts.patient("Dix", "B", "1990-01-01"),
                                "PUT",
                                "Patient?identifier=urn:ipp|Dix",
                                "")));

        assertThat(answer.body()).containsSubsequence("\"201 Created\"", "\"200 OK\"", "/_history/2\"");
        assertThat(door.get("/Patient?identifier=urn:ipp%7CDix").body())
                .contains("\"total\":1", "\"B\"")
                .doesNotContain("\"A\"");
        assertThat(door.get("/Observation/" + id(answer, "Observation")).body())
                .contains("Patient/" + id(answer, "Patient"));
    }

    @Test
    void a_transaction_refuses_what_it_does_not_offer() {
        assertRefused(Texts.entry("", "", "GET", "Patient", ""), 404, "Bundle.entry[0].request.method");
        assertRefused(Texts.entry("", "", "DELETE", "Patient?identifier=a|b", ""), 400, "Bundle.entry[0].request.url");
        assertRefused(Texts.entry("", "", "DELETE", "Nothing/1", ""), 404, "Bundle.entry[0].request.url");
        assertRefused(
                Texts.entry("", Texts.patient("A", "B", "1990-01-01"), "POST", "Observation", ""),
                400,
                "Bundle.entry[0].request.url");
        assertRefused(
                Texts.entry(
                        "", Texts.patient("A", "B", "1990-01-01"), "POST", "Patient", ",\"ifNoneExist\":\"name=x\""),
                400,
                "Bundle.entry[0].request.ifNoneExist");
        assertRefused(
                Texts.entry("", Texts.observation(B, "1"), "POST", "Observation", ""),
                422,
                "Observation.subject.reference");
    }

    private static void assertRefused(String entry, int status, String place) {
        HttpResponse<String> answer = door.post("", Texts.bundle("transaction", entry));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"expression\":[\"" + place);
    }

    @Test
    void two_entries_that_change_one_resource_are_refused() {
        String one = door.created("Patient", Texts.patient("Sept", "D", "1990-01-01"));
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry("", "", "DELETE", "Patient/" + one, ""),
                        Texts.entry("", "", "DELETE", "Patient/" + one, "")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(door.get("/Patient/" + one).statusCode()).isEqualTo(200);
    }

    @Test
    void two_entries_with_one_condition_are_refused_before_either_creates() {
        String entry =
                Texts.entry("", Texts.patient("Onze", "O", "1990-01-01"), "PUT", "Patient?identifier=urn:ipp|Onze", "");

        assertRefused(entry + "," + entry, 422, "Bundle.entry[1].request.url");
        assertThat(door.get("/Patient?identifier=urn:ipp%7COnze").body()).contains("\"total\":0");
    }

    @Test
    void what_an_application_refuses_is_refused_with_its_code() {
        door.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.BED_TAKEN, "the bed is taken"));
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "transaction",
                        Texts.entry("", Texts.patient("Lit", "N", "1990-01-01"), "POST", "Patient", "")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("TRI-400", "Le lit est occupé.", "business-rule");
    }

    @Test
    void a_batch_carries_out_each_entry_for_itself() {
        String one = door.created("Patient", Texts.patient("Huit", "H", "1990-01-01"));
        HttpResponse<String> answer = door.post(
                "",
                Texts.bundle(
                        "batch",
                        Texts.entry("", Texts.patient("Lot", "L", "1990-01-01"), "POST", "Patient", ""),
                        Texts.entry("", "{\"resourceType\":\"Observation\"}", "POST", "Observation", ""),
                        Texts.entry("", "", "GET", "Patient/" + one, ""),
                        Texts.entry("", "", "PATCH", "Patient/" + one, ""),
                        Texts.entry("", "", "GET", "Patient?identifier=urn:ipp|Huit", "")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"type\":\"batch-response\"")
                .containsSubsequence(
                        "\"status\":\"201 Created\"",
                        "\"status\":\"422\"",
                        "Bundle.entry[1].resource",
                        "\"resource\":{\"resourceType\":\"Patient\"",
                        "\"status\":\"200 OK\"",
                        "\"status\":\"404\"",
                        "\"type\":\"searchset\",\"total\":1");
    }

    @Test
    void an_empty_transaction_does_nothing() {
        HttpResponse<String> answer = door.post("", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("transaction-response");
    }

    @Test
    void other_bundles_are_not_carried_out() {
        assertThat(door.post("", "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(door.post("", Texts.patient("A", "B", "1990-01-01")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void every_answer_to_an_entry_is_counted() {
        String[] entries = new String[30];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Texts.entry("", Texts.patient("N" + i, "N", "1990-01-01"), "POST", "Patient", "");
        }
        HttpResponse<String> answer = door.post("", Texts.bundle("batch", entries));

        assertThat(LOCATION.matcher(answer.body())
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .hasSize(30);
    }
}
