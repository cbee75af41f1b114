package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** R4 http, line by line: what is asked, and the status, the OperationOutcome's code and its expression that answer it. */
class MatrixTest {

    private static final Pattern CODE = Pattern.compile("\"severity\":\"(\\w+)\",\"code\":\"([a-z-]+)\"");
    private static final Pattern EXPRESSION = Pattern.compile("\"expression\":\\[\"([^\"]*)\"\\]");

    private static OpenDoor door;
    private static String there;
    private static String gone;

    /**
     * @param headers {@code Name: value}, separated by bars; empty for none
     * @param code the code; empty if no OperationOutcome answers
     */
    private record Row(
            String method, String path, String headers, String body, int status, String code, String expression) {

        @Override
        public String toString() {
            return method + " " + path + " " + headers;
        }
    }

    private static Row row(String request, String headers, String body, int status, String code, String expression) {
        String[] line = request.split(" ", 2);
        return new Row(line[0], line[1], headers, body, status, code, expression);
    }

    @BeforeAll
    static void open() {
        door = new OpenDoor();
        there = door.created("Patient", Texts.patient("Présent", "Zoe", "1980-01-01"));
        gone = door.created("Patient", Texts.patient("Absent", "Zoe", "1980-01-01"));
        door.delete("/Patient/" + gone);
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static String patient(String id) {
        return ReadsAndWritesTest.withId(Texts.patient("Présent", "Zoe", "1980-01-01"), id);
    }

    private static HttpResponse<String> answer(Row row) {
        HttpRequest.Builder request = door.to(row.path().replace("THERE", there).replace("GONE", gone));
        if (!row.headers().isEmpty()) {
            for (String header : row.headers().split("\\|", -1)) {
                String[] pair = header.split(": ", 2);
                request.setHeader(pair[0], pair[1]);
            }
        }
        return door.send(request.method(
                row.method(),
                row.body().isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(row.body())));
    }

    private static void check(List<Row> rows) {
        assertThat(rows).allSatisfy(row -> {
            HttpResponse<String> answer = answer(row);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.status());
            Matcher code = CODE.matcher(answer.body());
            boolean outcome = answer.body().startsWith("{\"resourceType\":\"OperationOutcome\"");
            assertThat(outcome ? found(code, 2) : "").isEqualTo(row.code());
            assertThat(outcome ? found(EXPRESSION.matcher(answer.body()), 1) : "")
                    .isEqualTo(row.expression());
            assertThat(answer.body()).doesNotContain("Exception", "\tat ");
            if (row.status() >= 400 && !row.method().equals("HEAD")) {
                assertThat(outcome).isTrue();
            }
        });
    }

    private static String found(Matcher matcher, int group) {
        return matcher.find() ? Objects.requireNonNull(matcher.group(group)) : "";
    }

    @Test
    void reading() {
        check(List.of(
                row("GET /Patient/THERE", "", "", 200, "", ""),
                row("GET /Patient/THERE?_format=json", "", "", 200, "", ""),
                row("GET /Patient/THERE?_format=xml", "", "", 406, "not-supported", "_format"),
                row("GET /Patient/THERE", "Accept: application/fhir+xml", "", 406, "not-supported", "Accept"),
                row("GET /Patient/THERE", "Accept: text/html,application/fhir+json;q=0.5", "", 200, "", ""),
                row("GET /Patient/THERE", "If-None-Match: W/\"1\"", "", 304, "", ""),
                row("GET /Patient/THERE", "If-None-Match: W/\"2\"", "", 200, "", ""),
                row("HEAD /Patient/THERE", "", "", 200, "", ""),
                row("HEAD /Patient/GONE", "", "", 410, "", ""),
                row("GET /Patient/GONE", "", "", 410, "deleted", ""),
                row("GET /Patient/GONE/_history/1", "", "", 200, "", ""),
                row("GET /Patient/GONE/_history/2", "", "", 410, "deleted", ""),
                row("GET /Patient/GONE/_history/3", "", "", 404, "not-found", ""),
                row("GET /Patient/THERE/_history/zero", "", "", 404, "not-found", ""),
                row("GET /Patient/00000000000000000000000001-0000000000", "", "", 404, "not-found", ""),
                row("GET /Patient/nobody", "", "", 404, "not-found", ""),
                row("GET /Observation/THERE", "", "", 404, "not-found", ""),
                row("GET /Patient/THERE/_history?_since=2020-01-01", "", "", 400, "value", "_since"),
                row("GET /Patient/THERE/Observation", "", "", 404, "not-supported", ""),
                row("GET /Klingon/1", "", "", 404, "not-supported", ""),
                row("GET /_history", "", "", 404, "not-supported", "")));
    }

    @Test
    void writing() {
        String fresh = Texts.patient("Neuf", "Zoe", "1980-01-01");
        check(List.of(
                row("POST /Patient", "Prefer: return=minimal", fresh, 201, "", ""),
                row("POST /Patient", "Prefer: return=OperationOutcome", fresh, 201, "informational", ""),
                row("POST /Patient", "", patient("ignored-by-a-create"), 201, "", ""),
                row("POST /Patient", "If-None-Exist: identifier=urn:ipp%7CNeuf", fresh, 200, "", ""),
                row("POST /Patient", "If-None-Exist: name=x", fresh, 400, "value", "If-None-Exist"),
                row(
                        "POST /Patient",
                        "If-None-Exist: identifier=a%7Cb&identifier=c%7Cd",
                        fresh,
                        400,
                        "value",
                        "If-None-Exist"),
                row("POST /Patient?_pretty=true", "", fresh, 400, "value", "_pretty"),
                row("POST /Observation", "", fresh, 400, "value", "Patient"),
                row("POST /Patient", "Content-Type: text/plain", fresh, 415, "not-supported", "Content-Type"),
                row("POST /Patient", "", "", 400, "structure", ""),
                row("POST /Patient/_search", "", "x=1", 404, "not-supported", ""),
                row("PUT /Patient?identifier=urn:ipp%7Cx", "", patient("THERE-NOT"), 201, "", ""),
                row("PUT /Patient?identifier=x", "", fresh, 400, "value", "identifier"),
                row("PUT /Patient?family=x", "", fresh, 400, "value", "identifier"),
                row("PUT /Patient", "", fresh, 400, "value", "identifier"),
                row("PUT /Patient?identifier=urn:ipp%7Cnew", "If-Match: W/\"1\"", fresh, 412, "conflict", ""),
                row("PUT /Patient/other", "", patient("unlike"), 400, "value", "Patient.id"),
                row("PUT /Patient/THERE", "If-Match: W/\"99\"", patient(there), 412, "conflict", ""),
                row("PUT /Patient/THERE", "If-Match: 1", patient(there), 400, "value", "If-Match"),
                row("PUT /Patient/new-one", "If-Match: W/\"1\"", patient("new-one"), 412, "conflict", ""),
                row("PATCH /Patient/THERE", "", "[]", 405, "not-supported", ""),
                row("DELETE /Patient?identifier=urn:ipp%7Cx", "", "", 405, "not-supported", ""),
                row("DELETE /Patient/THERE", "If-Match: W/\"99\"", "", 412, "conflict", ""),
                row("DELETE /Patient/GONE", "", "", 204, "", ""),
                row("DELETE /Patient/00000000000000000000000001-0000000000", "", "", 404, "not-found", "")));
    }

    @Test
    void searching() {
        check(List.of(
                row("GET /Patient?family=pres", "", "", 200, "", ""),
                row("HEAD /Patient?family=pres", "", "", 200, "", ""),
                row("GET /Patient?family=pres&shoe-size=44", "", "", 400, "value", "shoe-size"),
                row("GET /Patient?family=pres&shoe-size=44", "Prefer: handling=strict", "", 400, "value", "shoe-size"),
                row("GET /Patient?family=pres&shoe-size=44", "Prefer: handling=lenient", "", 200, "", ""),
                row("GET /Patient?shoe-size=44", "Prefer: handling=lenient", "", 400, "value", ""),
                row("GET /Patient?family=pres&_summary=count", "", "", 200, "", ""),
                row("GET /Patient?family=pres&_summary=false", "", "", 200, "", ""),
                row("GET /Patient?family=pres&_summary=true", "", "", 400, "value", "_summary"),
                row("GET /Patient?family=pres&_total=accurate", "", "", 200, "", ""),
                row("GET /Patient?family=pres&_total=perhaps", "", "", 400, "value", "_total"),
                row("GET /Patient?family:exact=pres", "", "", 200, "", ""),
                row("GET /Patient?family:phonetic=pres", "", "", 400, "value", "family:phonetic"),
                row("GET /Patient?family=pres&_sort=family", "", "", 200, "", ""),
                row("GET /Patient?_include=Patient:gender", "", "", 400, "value", "_include"),
                row("GET /Patient?identifier=nobar", "", "", 400, "value", "identifier"),
                row("GET /Patient?family=a&_count=x", "", "", 400, "value", "_count"),
                row("GET /?_type=Patient", "", "", 405, "not-supported", "")));
    }

    @Test
    void what_a_lenient_search_left_out_is_not_in_the_link_to_itself() {
        HttpResponse<String> answer =
                answer(row("GET /Patient?family=pres&shoe-size=44", "Prefer: handling=lenient", "", 200, "", ""));

        assertThat(answer.body()).contains("family=pres").doesNotContain("shoe-size");
    }

    @Test
    void a_summary_of_the_count_alone_has_no_entries() {
        assertThat(door.get("/Patient?family=pres&_summary=count").body())
                .contains("\"total\":")
                .doesNotContain("\"entry\"");
    }

    @Test
    void transactions() {
        String one = entry(
                "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
                "POST",
                "Patient",
                "",
                Texts.patient("Un", "Zoe", "1980-01-01"));
        check(List.of(
                transaction("", 200, "", ""),
                transaction(one, 200, "", ""),
                transaction(one + "," + one, 422, "value", "Bundle.entry[1].fullUrl"),
                transaction(
                        entry("", "GET", "Patient/" + there, "", ""),
                        404,
                        "not-supported",
                        "Bundle.entry[0].request.method"),
                transaction(
                        entry("", "PATCH", "Patient/" + there, "", ""),
                        404,
                        "not-supported",
                        "Bundle.entry[0].request.method"),
                transaction(
                        entry("", "POST", "Klingon", "", patient("x")),
                        404,
                        "not-supported",
                        "Bundle.entry[0].request.url"),
                transaction(
                        entry("", "POST", "Observation", "", patient("x")),
                        400,
                        "value",
                        "Bundle.entry[0].request.url"),
                transaction(
                        entry("", "PUT", "Patient/" + there, "W/\\\"99\\\"", patient(there)),
                        412,
                        "conflict",
                        "Bundle.entry[0]"),
                transaction(
                        entry("", "DELETE", "Patient/" + gone, "", ""), 410, "deleted", "Bundle.entry[0].request.url"),
                transaction(
                        entry("", "PUT", "Patient/" + there, "", patient(there)) + ","
                                + entry("", "DELETE", "Patient/" + there, "", ""),
                        422,
                        "value",
                        "Bundle.entry[1].request.url"),
                transaction(entry("", "POST", "", "", patient("x")), 422, "value", "Bundle.entry[0].request.url")));
        assertThat(door.get("/Patient/" + there).body()).contains("\"versionId\":\"1\"");
    }

    private static Row transaction(String entries, int status, String code, String expression) {
        String list = entries.isEmpty() ? "" : ",\"entry\":[" + entries + "]";
        return row(
                "POST ",
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"" + list + "}",
                status,
                code,
                expression);
    }

    private static String entry(String fullUrl, String method, String url, String ifMatch, String resource) {
        return "{" + (fullUrl.isEmpty() ? "" : "\"fullUrl\":\"" + fullUrl + "\",")
                + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",")
                + "\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\""
                + (ifMatch.isEmpty() ? "" : ",\"ifMatch\":\"" + ifMatch + "\"") + "}}";
    }

    @Test
    void what_the_capability_statement_says_is_there_and_nothing_else_is() {
        String statement = door.get("/metadata").body();
        for (String type : List.of("Patient", "Observation", "Organization", "Medication", "Basic")) {
            int at = statement.indexOf("{\"type\":\"" + type + "\",\"interaction\"");
            String own = statement.substring(at, statement.indexOf("\"searchParam\"", at));
            String id = "00000000000000000000000001-0000000000";
            assertThat(offered(own, "read")).isEqualTo(exists("GET", "/" + type + "/" + id));
            assertThat(offered(own, "vread")).isEqualTo(exists("GET", "/" + type + "/" + id + "/_history/1"));
            assertThat(offered(own, "history-instance")).isEqualTo(exists("GET", "/" + type + "/" + id + "/_history"));
            assertThat(offered(own, "history-type")).isEqualTo(exists("GET", "/" + type + "/_history"));
            assertThat(offered(own, "update")).isEqualTo(exists("PUT", "/" + type + "/" + id));
            assertThat(offered(own, "patch")).isEqualTo(exists("PATCH", "/" + type + "/" + id));
            assertThat(offered(own, "delete")).isEqualTo(exists("DELETE", "/" + type + "/" + id));
            assertThat(offered(own, "create")).isEqualTo(exists("POST", "/" + type));
            assertThat(offered(own, "search-type")).isEqualTo(exists("GET", "/" + type));
            assertThat(own.contains("\"conditionalUpdate\":true")).isEqualTo(exists("PUT", "/" + type));
            assertThat(own.contains("\"conditionalDelete\":\"single\"")).isEqualTo(exists("DELETE", "/" + type));
            int end = statement.indexOf("]", at + own.length());
            String parameters = statement.substring(at + own.length(), end);
            for (String name :
                    List.of("_id", "identifier", "family", "given", "birthdate", "patient", "subject", "code")) {
                boolean refused =
                        door.get("/" + type + "?" + name + "=a%7Cb").body().contains("is not supported here");
                assertThat(parameters.contains("\"name\":\"" + name + "\""))
                        .as(type + " " + name)
                        .isEqualTo(!refused);
            }
        }
        assertThat(statement).contains("{\"code\":\"transaction\"},{\"code\":\"batch\"}");
        assertThat(statement.indexOf("Patient-everything")).isEqualTo(statement.lastIndexOf("-everything") - 7);
    }

    private static boolean offered(String resource, String interaction) {
        return resource.contains("{\"code\":\"" + interaction + "\"}");
    }

    /** Whether a route leads there: not whether what is asked for is. */
    private static boolean exists(String method, String path) {
        HttpResponse<String> answer = door.send(door.to(path)
                .method(
                        method,
                        method.startsWith("P")
                                ? HttpRequest.BodyPublishers.ofString("{}")
                                : HttpRequest.BodyPublishers.noBody()));
        return answer.statusCode() != 405 && !answer.body().contains("TRI-108");
    }
}
