package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.station.WriteResult;

class ReadsAndWritesTest {

    private static OpenDoor door;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void a_created_resource_comes_back_with_its_address_version_and_time() {
        HttpResponse<String> answer = door.post("/Patient", Texts.patient("Martin", "Anne", "1970-01-02"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Location"))
                .startsWith(door.base() + "/Patient/")
                .endsWith("/_history/1");
        assertThat(header(answer, "ETag")).isEqualTo("W/\"1\"");
        assertThat(header(answer, "Last-Modified"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} 20\\d\\d [0-9:]{8} GMT");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/fhir+json; charset=utf-8");
        assertThat(answer.body())
                .startsWith("{\"resourceType\":\"Patient\",\"id\":\"")
                .contains("\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"")
                .contains("\"family\":\"Martin\"");
    }

    @Test
    void a_resource_is_read_as_it_was_written() {
        String id = door.created("Patient", Texts.patient("Petit", "Luc", "1950-05-05"));
        HttpResponse<String> answer = door.get("/Patient/" + id);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "ETag")).isEqualTo("W/\"1\"");
        assertThat(answer.body()).contains("\"id\":\"" + id + "\"").contains("\"family\":\"Petit\"");
    }

    @Test
    void a_reader_that_has_the_version_is_told_so() {
        String id = door.created("Patient", Texts.patient("Roux", "Luc", "1950-05-05"));
        HttpResponse<String> answer = door.send(
                door.to("/Patient/" + id).header("If-None-Match", "W/\"1\"").GET());

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void HEAD_gives_the_headers_of_GET_and_no_body() {
        String id = door.created("Patient", Texts.patient("Blanc", "Luc", "1950-05-05"));
        HttpResponse<String> get = door.get("/Patient/" + id);
        HttpResponse<String> head = door.send(door.to("/Patient/" + id).HEAD());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo("W/\"1\"");
        assertThat(header(head, "Content-Length")).isEqualTo(header(get, "Content-Length"));
    }

    @Test
    void what_does_not_exist_is_not_found() {
        assertThat(door.get("/Patient/00000000000000000000000001-0000000000").statusCode())
                .isEqualTo(404);
        assertThat(door.get("/Patient/chosen-by-nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void a_resource_is_not_read_as_another_type() {
        String id = door.created("Patient", Texts.patient("Noir", "Luc", "1950-05-05"));

        assertThat(door.get("/Observation/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void an_update_makes_a_new_version_and_the_old_one_can_still_be_read() {
        String id = door.created("Patient", Texts.patient("Durand", "Zoe", "1980-01-01"));
        String changed = withId(Texts.patient("Dupont", "Zoe", "1980-01-01"), id);
        HttpResponse<String> answer = door.put("/Patient/" + id, changed, "If-Match", "W/\"1\"");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "ETag")).isEqualTo("W/\"2\"");
        assertThat(door.get("/Patient/" + id).body()).contains("Dupont");
        assertThat(door.get("/Patient/" + id + "/_history/1").body()).contains("Durand");
        assertThat(door.get("/Patient/" + id + "/_history/3").statusCode()).isEqualTo(404);
        assertThat(door.get("/Patient/" + id + "/_history").body())
                .contains("\"type\":\"history\",\"total\":2")
                .containsSubsequence(
                        "\"versionId\":\"2\"", "\"method\":\"PUT\"", "\"versionId\":\"1\"", "\"method\":\"POST\"");
    }

    static String withId(String json, String id) {
        return json.replaceFirst("\"identifier\"", "\"id\":\"" + id + "\",\"identifier\"");
    }

    @Test
    void an_update_of_a_version_that_is_not_the_last_fails_its_condition() {
        String id = door.created("Patient", Texts.patient("Vidal", "Zoe", "1980-01-01"));
        String changed = withId(Texts.patient("Vidal", "Zoé", "1980-01-01"), id);

        assertThat(door.put("/Patient/" + id, changed, "If-Match", "W/\"2\"").statusCode())
                .isEqualTo(412);
        assertThat(door.put("/Patient/" + id, changed, "If-Match", "soon").statusCode())
                .isEqualTo(400);
        assertThat(door.get("/Patient/" + id + "/_history").body()).contains("\"total\":1");
    }

    @Test
    void an_update_that_names_no_version_and_meets_a_faster_one_is_in_conflict() {
        String id = door.created("Patient", Texts.patient("Leroy", "Zoe", "1980-01-01"));
        door.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.VERSION_CONFLICT, "somebody was faster"));
        HttpResponse<String> answer = door.put("/Patient/" + id, withId(Texts.patient("L", "Z", "1980-01-01"), id));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("TRI-202");
    }

    @Test
    void an_update_needs_the_id_of_its_address_in_the_resource() {
        String id = door.created("Patient", Texts.patient("Colin", "Zoe", "1980-01-01"));

        assertThat(door.put("/Patient/" + id, Texts.patient("C", "Z", "1980-01-01"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(door.put("/Patient/" + id, withId(Texts.patient("C", "Z", "1980-01-01"), "other"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(door.put("/Observation/" + id, withId(Texts.patient("C", "Z", "1980-01-01"), id))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_id_its_author_chose_leads_to_the_resource() {
        String json = withId(Texts.patient("Choisi", "Zoe", "1980-01-01"), "my-own.id");
        HttpResponse<String> created = door.put("/Patient/my-own.id", json);
        HttpResponse<String> again = door.put("/Patient/my-own.id", json.replace("Zoe", "Chloe"));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(header(again, "ETag")).isEqualTo("W/\"2\"");
        assertThat(door.get("/Patient/my-own.id").body()).contains("Chloe");
        assertThat(header(door.get("/Patient/my-own.id"), "Content-Location")).startsWith(door.base() + "/Patient/");
    }

    @Test
    void what_was_deleted_is_gone_and_its_earlier_versions_stay() {
        String id = door.created("Patient", Texts.patient("Parti", "Zoe", "1980-01-01"));
        HttpResponse<String> deleted = door.delete("/Patient/" + id);

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(header(deleted, "ETag")).isEqualTo("W/\"2\"");
        assertThat(door.get("/Patient/" + id).statusCode()).isEqualTo(410);
        assertThat(door.get("/Patient/" + id + "/_history/2").statusCode()).isEqualTo(410);
        assertThat(door.get("/Patient/" + id + "/_history/1").statusCode()).isEqualTo(200);
        assertThat(door.get("/Patient/" + id + "/_history").body()).contains("\"method\":\"DELETE\"");
        assertThat(door.delete("/Patient/" + id).statusCode()).isEqualTo(204);
        assertThat(door.delete("/Patient/00000000000000000000000001-0000000000").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_delete_of_another_version_fails_its_condition() {
        String id = door.created("Patient", Texts.patient("Reste", "Zoe", "1980-01-01"));

        assertThat(door.send(door.to("/Patient/" + id)
                                .header("If-Match", "W/\"7\"")
                                .DELETE())
                        .statusCode())
                .isEqualTo(412);
        assertThat(door.get("/Patient/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void a_conditional_create_finds_what_is_there() {
        String json = Texts.patient("Unique", "Zoe", "1980-01-01");
        String id = door.created("Patient", json);
        HttpResponse<String> again = door.send(door.to("/Patient")
                .header("If-None-Exist", "identifier=urn:ipp|Unique")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json)));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"id\":\"" + id + "\"");
        assertThat(header(again, "Location")).contains(id);
    }

    @Test
    void who_prefers_it_gets_no_body() {
        HttpResponse<String> answer = door.send(door.to("/Patient")
                .header("Prefer", "return=minimal")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(Texts.patient("Mini", "M", "1980-01-01"))));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Location")).contains("/Patient/");
    }

    @Test
    void what_is_only_in_the_outbox_is_accepted_and_said_so() {
        door.record.nextWrite = new WriteResult.Waiting(
                Digest.ZERO, java.util.List.of(), Refusal.of(Code.UNAVAILABLE, "no tier has answered yet"));
        HttpResponse<String> answer = door.post("/Patient", Texts.patient("Attend", "A", "1980-01-01"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("not yet shared").contains("\"severity\":\"information\"");
    }

    @Test
    void a_resource_the_strict_check_refuses_is_refused_with_its_place() {
        HttpResponse<String> answer =
                door.post("/Patient", "{\"resourceType\":\"Patient\",\"birthDate\":\"yesterday\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"resourceType\":\"OperationOutcome\"")
                .contains("\"system\":\"urn:trimaran:code\",\"code\":\"TRI-105\"")
                .contains("\"expression\":[\"Patient.birthDate\"]")
                .doesNotContain("yesterday");
    }

    @Test
    void a_fault_of_the_program_shows_nothing_of_itself() {
        door.record.nextFault = new IllegalStateException("secret Dupont");
        HttpResponse<String> answer = door.get("/Patient/00000000000000000000000001-0000000000");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("TRI-504").doesNotContain("secret").doesNotContain("java");
        assertThat(door.events)
                .anyMatch(event ->
                        event instanceof DoorEvent.Broken(Throwable thrown) && thrown.getStackTrace().length > 0);
    }
}
