package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code PUT Type?identifier=…} by itself: it changes the one that fits, or creates it (R4 http, conditional update). */
class ConditionalUpdateTest {

    private static final int WRITERS = 12;

    private static OpenDoor door;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void it_creates_what_is_not_there_and_then_changes_it() {
        HttpResponse<String> first = put("Vingt", Texts.patient("Vingt", "A", "1990-01-01"), "");
        HttpResponse<String> second = put("Vingt", Texts.patient("Vingt", "B", "1990-01-01"), "");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(first.headers().firstValue("Location").orElse("")).endsWith("/_history/1");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(second.headers().firstValue("ETag").orElse("")).isEqualTo("W/\"2\"");
        assertThat(door.get("/Patient?identifier=urn:ipp%7CVingt").body())
                .contains("\"total\":1", "\"B\"")
                .doesNotContain("\"A\"");
    }

    @Test
    void the_id_in_the_resource_is_the_one_that_fits() {
        String id = door.created("Patient", Texts.patient("Vingtetun", "A", "1990-01-01"));
        String other = door.created("Patient", Texts.patient("Vingtdeux", "A", "1990-01-01"));
        String json = Texts.patient("Vingtetun", "B", "1990-01-01");

        assertThat(put("Vingtetun", ReadsAndWritesTest.withId(json, id), "").statusCode())
                .isEqualTo(200);
        HttpResponse<String> wrong = put("Vingtetun", ReadsAndWritesTest.withId(json, other), "");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("\"expression\":[\"Patient.id\"]");
        assertThat(put("Nobody", ReadsAndWritesTest.withId(json, other), "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_created_keeps_the_id_its_author_chose() {
        String json = ReadsAndWritesTest.withId(Texts.patient("Vingttrois", "A", "1990-01-01"), "my-own-choice");

        assertThat(put("Vingttrois", json, "").statusCode()).isEqualTo(201);
        assertThat(door.get("/Patient/my-own-choice").body()).contains("Vingttrois");
    }

    @Test
    void more_than_one_that_fits_is_refused() {
        door.created("Patient", Texts.patient("Vingtquatre", "A", "1990-01-01"));
        door.created("Patient", Texts.patient("Vingtquatre", "B", "1990-01-01"));

        HttpResponse<String> answer = put("Vingtquatre", Texts.patient("Vingtquatre", "C", "1990-01-01"), "");

        assertThat(answer.statusCode()).isEqualTo(412);
    }

    @Test
    void a_version_that_is_asked_for_is_held_to() {
        door.created("Patient", Texts.patient("Vingtcinq", "A", "1990-01-01"));
        String json = Texts.patient("Vingtcinq", "B", "1990-01-01");

        assertThat(put("Vingtcinq", json, "W/\"9\"").statusCode()).isEqualTo(412);
        assertThat(put("Vingtcinq", json, "W/\"1\"").statusCode()).isEqualTo(200);
    }

    @Test
    void in_a_batch_it_does_the_same() {
        String entry = Texts.entry(
                "", Texts.patient("Vingtsix", "A", "1990-01-01"), "PUT", "Patient?identifier=urn:ipp|Vingtsix", "");

        assertThat(door.post("", Texts.bundle("batch", entry)).body()).contains("201 Created");
        assertThat(door.post("", Texts.bundle("batch", entry)).body()).contains("200 OK", "/_history/2");
    }

    @Test
    void of_many_at_once_one_creates_and_nobody_is_left_out_silently() {
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            running.add(door.http.sendAsync(
                    request("Vingtsept", Texts.patient("Vingtsept", "A" + i, "1990-01-01"), ""),
                    HttpResponse.BodyHandlers.ofString()));
        }
        List<Integer> codes =
                running.stream().map(one -> one.join().statusCode()).toList();

        assertThat(codes).containsOnlyOnce(201).allMatch(code -> code == 200 || code == 201 || code == 409);
        long written = codes.stream().filter(code -> code < 300).count();
        String id = door.get("/Patient?identifier=urn:ipp%7CVingtsept").body();
        assertThat(id).contains("\"total\":1", "\"versionId\":\"" + written + "\"");
    }

    private static HttpResponse<String> put(String identifier, String json, String ifMatch) {
        return door.http
                .sendAsync(request(identifier, json, ifMatch), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private static HttpRequest request(String identifier, String json, String ifMatch) {
        HttpRequest.Builder request =
                door.to("/Patient?identifier=urn:ipp%7C" + identifier).PUT(HttpRequest.BodyPublishers.ofString(json));
        return (ifMatch.isEmpty() ? request : request.header("If-Match", ifMatch)).build();
    }
}
