package trimaran.trial;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the FHIR door, as outside programs are. MAY be used from many threads. */
public final class FhirClient implements AutoCloseable {

    /** No answer for so long is none: longer than the station's own patience. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    private static final Pattern ID = Pattern.compile("^\\{\"resourceType\":\"\\w+\",\"id\":\"([^\"]+)\"");

    private static final Pattern LAST_UPDATED = Pattern.compile(",\"lastUpdated\":\"[^\"]+\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI door;
    private final String token;

    public FhirClient(URI door, String token) {
        this.door = door;
        this.token = token;
    }

    /** @param status 0 if no answer came at all, as when the station was killed meanwhile */
    public record Reply(int status, String body) {

        public boolean isDone() {
            return status / 100 == 2;
        }

        /** Nobody listened, so nobody heard of the request either. */
        public boolean isUnsent() {
            return status == 0 && body.startsWith(ConnectException.class.getName());
        }

        /**
         * The body but for when it was last updated. What two tiers held while data was away has the time they said; once data has
         * placed it, the time of its place may be another, of the same version (DESIGN §12).
         */
        public String untimed() {
            return LAST_UPDATED.matcher(body).replaceFirst("");
        }

        /** The logical id of the resource that was answered. */
        public String id() {
            Matcher id = ID.matcher(body);
            return id.find() ? body.substring(id.start(1), id.end(1)) : "";
        }
    }

    public Reply create(String type, String resource) {
        return send("POST", type, resource, "");
    }

    public Reply transaction(String bundle) {
        return send("POST", "", bundle, "");
    }

    /** @param ifMatch the version to replace, or empty */
    public Reply update(String reference, String resource, String ifMatch) {
        return send("PUT", reference, resource, ifMatch);
    }

    public Reply delete(String reference) {
        return send("DELETE", reference, "", "");
    }

    public Reply read(String reference) {
        return send("GET", reference, "", "");
    }

    /** How many resources of this type bear the identifier. */
    public int found(String type, String system, String value) {
        Reply reply = read(type + "?identifier=" + encoded(system + "|" + value));
        Matcher total = Pattern.compile("\"total\":(\\d+)").matcher(reply.body());
        if (reply.status() != 200 || !total.find()) {
            throw new IllegalStateException("search failed: " + reply);
        }
        return Integer.parseInt(reply.body(), total.start(1), total.end(1), 10);
    }

    /** A value as it may stand in a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Reply send(String method, String path, String body, String ifMatch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(door + (path.isEmpty() ? "" : "/" + path)))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/fhir+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", "W/\"" + ifMatch + "\"");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException lost) {
            return new Reply(0, String.valueOf(lost));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reply(0, "interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
