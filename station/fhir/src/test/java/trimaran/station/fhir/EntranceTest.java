package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.StrictParser;

class EntranceTest {

    private static OpenDoor door;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(door.base() + path));
    }

    @Test
    void the_capability_statement_says_what_is_there_and_passes_the_strict_check() {
        HttpResponse<String> answer = door.send(bare("/metadata").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(StrictParser.parse(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(Outcome.Done.class);
        for (Interaction interaction : Interaction.values()) {
            assertThat(answer.body())
                    .contains("\"code\":\"" + interaction.code()
                            + "\"".repeat(interaction.code().isEmpty() ? 0 : 1));
        }
        assertThat(answer.body())
                .contains("\"name\":\"everything\"", "{\"code\":\"transaction\"}", "\"fhirVersion\":\"4.0.1\"")
                .doesNotContain("patch", "\"Bundle\"", "history-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic dXNlcjpwYXNz",
                "Bearer ",
                "Bearer tri_bench_wrong",
                "Bearer tri_nobody_0123456789abcdefghijkl",
                "Bearer tri_../../etc_x",
                "Bearer tri_BENCH_0123456789abcdefghijkl",
                "Bearer tri_bench_",
                "Bearer tri_bench",
                "Bearer xyz"
            })
    void without_a_good_token_nobody_gets_in(String authorization) {
        HttpRequest.Builder request =
                bare("/Patient/00000000000000000000000001-0000000000").GET();
        HttpResponse<String> answer =
                door.send(authorization.isEmpty() ? request : request.header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"trimaran\"");
        assertThat(answer.body()).contains("TRI-300").doesNotContain("0123456789");
    }

    @Test
    void a_good_token_is_asked_about_once_and_a_bad_one_not_again_at_once() {
        try (OpenDoor fresh = new OpenDoor()) {
            for (int i = 0; i < 5; i++) {
                fresh.get("/Patient/00000000000000000000000001-0000000000");
                fresh.send(HttpRequest.newBuilder(URI.create(fresh.base() + "/Patient/a"))
                        .header("Authorization", "Bearer tri_bench_guess")
                        .GET());
            }
            assertThat(fresh.asked).hasValue(2);
        }
    }

    @Test
    void a_session_that_ended_is_opened_again_by_itself() {
        try (OpenDoor fresh = new OpenDoor()) {
            String id = fresh.created("Patient", Texts.patient("Fin", "F", "1990-01-01"));
            fresh.record.nextRefusal = Refusal.of(Code.SESSION_ENDED, "this session has ended");

            assertThat(fresh.get("/Patient/" + id).statusCode()).isEqualTo(200);
            assertThat(fresh.asked).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+xml",
                "text/html",
                "application/fhir+json;q=0",
                "application/fhir+json; fhirVersion=3.0"
            })
    void other_formats_are_not_given(String accept) {
        assertThat(door.send(bare("/metadata").header("Accept", accept).GET()).statusCode())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "application/json",
                "*/*",
                "text/html, application/fhir+json;q=0.9",
                "application/fhir+json; fhirVersion=4.0",
                "application/fhir+json;charset=UTF-8"
            })
    void json_is_given_under_all_its_names(String accept) {
        assertThat(door.send(bare("/metadata").header("Accept", accept).GET()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_format_parameter_counts_before_the_header() {
        assertThat(door.send(bare("/metadata?_format=xml").GET()).statusCode()).isEqualTo(406);
        assertThat(door.send(bare("/metadata?_format=json")
                                .header("Accept", "text/html")
                                .GET())
                        .statusCode())
                .isEqualTo(200);
        assertThat(door.send(bare("/metadata?_format=application/fhir%2Bjson").GET())
                        .statusCode())
                .isEqualTo(200);
        assertThat(door.send(bare("/metadata?_format=application/fhir+json").GET())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+xml", "text/plain", "application/fhir+json; charset=iso-8859-1", "x"})
    void other_formats_are_not_read(String type) {
        HttpResponse<String> answer = door.send(HttpRequest.newBuilder(URI.create(door.base() + "/Patient"))
                .header("Authorization", "Bearer " + OpenDoor.TOKEN)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(Texts.patient("A", "B", "1990-01-01"))));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void methods_that_are_not_offered_are_refused_with_those_that_are() {
        HttpResponse<String> answer = door.send(door.to("/Patient/a").method("PATCH", BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, DELETE, OPTIONS");
        assertThat(door.send(door.to("/Patient").DELETE()).statusCode()).isEqualTo(405);
        assertThat(door.send(door.to("").GET()).statusCode()).isEqualTo(405);
    }

    @Test
    void OPTIONS_says_what_an_address_takes() {
        HttpResponse<String> answer = door.send(bare("/Patient").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST, GET, HEAD, PUT, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Nothing",
                "/Nothing/1",
                "/Patient/1/$other",
                "/Patient/1/_history/1/2",
                "/Patient/a%2Fb",
                "/Patient/a%00",
                "/Patient/" + "x",
                "/Patient/../Patient/..",
                "/Patient/a;b=c",
                "/Patient/1/_history/0",
                "/Patient/1/_history/99999999999999999999",
                "/Bundle/1",
                "//Patient"
            })
    void where_nothing_is_nothing_is_found(String path) {
        HttpResponse<String> answer = door.get(path);

        assertThat(answer.statusCode()).as(path).isIn(400, 404);
        assertThat(answer.body()).contains("OperationOutcome");
    }

    @Test
    void there_is_nothing_beside_the_door() throws IOException, InterruptedException {
        for (String path : List.of("/", "/fhirX", "/metadata", "/favicon.ico")) {
            HttpResponse<String> answer = door.http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_line_stays_open_after_a_body_was_read() {
        HttpResponse<String> answer = door.post("/Patient", Texts.patient("Ouvert", "O", "1990-01-01"));

        assertThat(answer.headers().firstValue("Connection").orElse("keep-alive"))
                .isEqualTo("keep-alive");
    }

    @Test
    void a_body_that_is_no_json_is_refused() {
        for (String body : new String[] {"", "{", "[]", "null", "\u0000", "{\"resourceType\":\"Patient\"}x"}) {
            HttpResponse<String> answer = door.post("/Patient", body);
            assertThat(answer.statusCode()).as(body).isIn(400, 422);
            assertThat(answer.body()).contains("OperationOutcome");
        }
    }

    // ---- limits, each just over

    @Test
    void a_body_just_over_the_limit_is_refused_by_its_announced_length() {
        try (OpenDoor small = new OpenDoor(OpenDoor.SMALL)) {
            String over = padded(OpenDoor.SMALL.bodyBytes() + 1);
            HttpResponse<String> answer = small.post("/Patient", over);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("TRI-101");
            assertThat(small.post("/Patient", over.substring(1)).statusCode()).isEqualTo(201);
        }
    }

    private static String padded(int size) {
        String json = Texts.patient("Long", "L", "1990-01-01");
        return " ".repeat(size - json.length()) + json;
    }

    @Test
    void a_body_just_over_the_limit_is_refused_by_counting() {
        try (OpenDoor small = new OpenDoor(OpenDoor.SMALL)) {
            byte[] over = padded(OpenDoor.SMALL.bodyBytes() + 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            HttpResponse<String> answer = small.send(
                    small.to("/Patient").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(over))));

            assertThat(answer.statusCode()).isEqualTo(413);
            HttpResponse<String> fits = small.send(small.to("/Patient")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(over, 1, over.length - 1))));
            assertThat(fits.statusCode()).isEqualTo(201);
        }
    }

    @Test
    void a_header_or_a_line_just_over_the_limit_is_refused() {
        try (OpenDoor small = new OpenDoor(OpenDoor.SMALL)) {
            HttpResponse<String> header = small.send(small.to("/metadata")
                    .header("X-Long", "x".repeat(OpenDoor.SMALL.headerBytes()))
                    .GET());
            HttpResponse<String> line = small.get("/Patient?identifier=a%7C" + "x".repeat(OpenDoor.SMALL.lineBytes()));

            assertThat(header.statusCode()).isBetween(400, 499);
            assertThat(line.statusCode()).isBetween(400, 499);
            assertThat(header.body()).contains("OperationOutcome");
            assertThat(small.send(small.to("/metadata").GET()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void parameters_and_alternatives_just_over_the_limit_are_refused() {
        String many = "&_id=a".repeat(DoorLimits.PARAMETERS_MAX);

        assertThat(door.get("/Patient?" + many.substring(1) + "&_id=a").statusCode())
                .isEqualTo(400);
        assertThat(door.get("/Patient?" + many.substring(1)).statusCode()).isEqualTo(200);
        String alternatives = "a,".repeat(DoorLimits.ALTERNATIVES_MAX);
        assertThat(door.get("/Patient?_id=" + alternatives + "a").statusCode()).isEqualTo(400);
        assertThat(door.get("/Patient?_id=" + alternatives.substring(0, alternatives.length() - 1))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_batch_just_over_the_limit_is_refused() {
        try (OpenDoor small = new OpenDoor(OpenDoor.SMALL)) {
            String[] entries = new String[OpenDoor.SMALL.batchEntries() + 1];
            java.util.Arrays.fill(entries, Texts.entry("", "", "GET", "Patient/a", ""));

            assertThat(small.post("", Texts.bundle("batch", entries)).statusCode())
                    .isEqualTo(413);
            assertThat(small.post(
                                    "",
                                    Texts.bundle(
                                            "batch",
                                            List.of(entries)
                                                    .subList(1, entries.length)
                                                    .toArray(String[]::new)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void one_request_more_than_places_is_told_to_come_back() {
        try (OpenDoor small = new OpenDoor(OpenDoor.SMALL)) {
            String id = small.created("Patient", Texts.patient("Foule", "F", "1990-01-01"));
            small.record.delayMillis = 700;
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            for (int i = 0; i < OpenDoor.SMALL.requests() + 4; i++) {
                running.add(small.http.sendAsync(
                        small.to("/Patient/" + id).GET().build(), HttpResponse.BodyHandlers.ofString()));
            }
            List<Integer> codes =
                    running.stream().map(one -> one.join().statusCode()).toList();
            small.record.delayMillis = 0;

            assertThat(codes).containsOnly(200, 503);
            assertThat(codes.stream().filter(code -> code == 200).count()).isEqualTo(OpenDoor.SMALL.requests());
            assertThat(small.get("/Patient/" + id).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void every_code_has_a_text_in_both_languages_and_no_text_is_left_over() {
        TreeSet<String> codes = new TreeSet<>();
        for (Code code : Code.values()) {
            codes.add(code.tag());
            assertThat(CodeTexts.of(code, Locale.FRENCH)).isNotEqualTo(code.tag());
            assertThat(CodeTexts.of(code, Locale.ENGLISH)).isNotEqualTo(code.tag());
        }
        Properties french = CodeTexts.properties("fr");
        Properties english = CodeTexts.properties("en");

        assertThat(new TreeSet<Object>(french.keySet())).isEqualTo(codes);
        assertThat(new TreeSet<Object>(english.keySet())).isEqualTo(codes);
    }

    @Test
    void every_refusal_is_an_operation_outcome_that_passes_the_strict_check() {
        for (Code code : Code.values()) {
            byte[] json = Issues.error(Refusal.at(code, "Patient.name[0]", "a \"sentence\"\nwith é and \u0001"));
            assertThat(StrictParser.parse(json)).as(code.tag()).isInstanceOf(Outcome.Done.class);
        }
    }
}
