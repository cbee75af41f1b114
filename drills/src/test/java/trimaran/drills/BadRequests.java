package trimaran.drills;

import java.util.ArrayList;
import java.util.List;

/** What a client of the FHIR door may send and should not: each breaks HTTP, FHIR or a limit in one way. */
record BadRequests(String token) {

    List<String> all() {
        String deep = "{\"resourceType\":\"Patient\",\"contained\":" + "[".repeat(50_000);
        List<String> requests = new ArrayList<>(List.of(
                "GET /fhir/Patient HTTP/1.1\r\n\r\n",
                request("BREW /fhir/Patient", ""),
                request("GET /fhir/../../etc/passwd", ""),
                request("GET /fhir/Patient/%00%ff", ""),
                request("GET /fhir/Patient?_id=%zz", ""),
                request("GET /" + "a".repeat(20 << 10), ""),
                request("GET /fhir/Patient", "X-Long: " + "a".repeat(40 << 10) + "\r\n"),
                request("POST /fhir/Patient", "Content-Length: " + ((64L << 20) + 1) + "\r\n"),
                request("POST /fhir/Patient", "Content-Length: -5\r\n"),
                request("POST /fhir/Patient", "Content-Length: 99999999999999999999\r\n"),
                request("POST /fhir/Patient", "Transfer-Encoding: chunked\r\n") + "zz\r\nhello\r\n",
                request("POST /fhir/Patient", "Transfer-Encoding: chunked\r\n") + "ffffffffffffffff\r\nhello\r\n",
                "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer tri_bench_nobody\r\n"
                        + "Content-Type: application/fhir+json\r\nContent-Length: 2\r\n\r\n{}"));
        for (String body : List.of(
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"resourceType\":\"Patient\",\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Nothing\"}",
                "{\"resourceType\":\"Patient\",\"foot\":1}",
                "\u0000\u0001",
                deep,
                "{\"resourceType\":\"Patient\",\"birthDate\":NaN}",
                "{\"resourceType\":\"Patient\",\"id\":\"\u00c3(\"}")) {
            requests.add(request("POST /fhir/Patient", "Content-Length: " + body.length() + "\r\n") + body);
            requests.add(request("POST /fhir", "Content-Length: " + body.length() + "\r\n") + body);
        }
        return requests;
    }

    String request(String what, String headers) {
        return what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/fhir+json\r\n" + headers + "\r\n";
    }
}
