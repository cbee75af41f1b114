package trimaran.operations;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;

/** The station's FHIR door as a client sees it, on this machine, under a bearer token. */
final class FhirDoor implements AutoCloseable {

    /** A transaction of 64 MiB on a slow machine. */
    private static final Duration REQUEST_MAX = Duration.ofMinutes(10);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /** What is kept of an answer: an OperationOutcome fits many times. */
    private static final int ANSWER_BYTES_MAX = 256 << 10;

    private static final String FHIR_JSON = "application/fhir+json";
    private static final Pattern DIAGNOSTICS =
            Pattern.compile("\"diagnostics\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){0,400})");

    private static final Pattern EXPRESSION = Pattern.compile("\"expression\"\\s*:\\s*\\[\\s*\"([^\"]{1,200})\"");

    /** The status of one entry of a batch answer that was refused. */
    private static final Pattern ENTRY_REFUSED = Pattern.compile("\"status\"\\s*:\\s*\"([45]\\d\\d)");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final URI base;
    private final String token;

    /** @param base without a slash at its end */
    FhirDoor(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * What the door said.
     *
     * @param status the HTTP status
     * @param body its beginning
     * @param entriesRefused entries of a batch that were refused although the batch was taken
     */
    record Said(int status, String body, long entriesRefused) {

        boolean isDone() {
            return status / 100 == 2 && entriesRefused == 0;
        }

        /** Whether trying again later may help: the door is busy, or a party is away. */
        boolean isTransient() {
            return status == 503 || status == 429;
        }

        /** Whether it refers to something the record does not have, which may come with other inputs. */
        boolean lacksReference() {
            return status == Code.BAD_REFERENCE.httpStatus() && body.contains('"' + Code.BAD_REFERENCE.tag() + '"');
        }

        /** What a person should know of a refusal, with the place inside the input. */
        String why() {
            Matcher diagnostics = DIAGNOSTICS.matcher(body);
            Matcher expression = EXPRESSION.matcher(body);
            String place = expression.find() ? ": " + expression.group(1) : "";
            String said = place + (diagnostics.find() ? ": " + diagnostics.group(1) : "");
            return entriesRefused > 0 ? entriesRefused + " entries refused" + said : "HTTP " + status + said;
        }
    }

    /**
     * Sends one input. The door keeps the key, so that an input whose answer was lost is not taken twice.
     *
     * @param path below {@code /fhir}: empty for a Bundle
     */
    Said send(String method, String path, BodyPublisher body, Digest key) throws IOException, InterruptedException {
        return exchange(request(path)
                .header("Content-Type", FHIR_JSON)
                .header("Prefer", "return=minimal")
                .header("Idempotency-Key", key.hex())
                .method(method, body)
                .build());
    }

    /** Asking again later may help. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        BusyException(String why) {
            super(why);
        }
    }

    /** Reads one resource whole. */
    Optional<String> read(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() == 200) {
            return Optional.of(response.body());
        }
        Said said = new Said(response.statusCode(), response.body(), 0);
        throw said.isTransient() ? new BusyException(said.why()) : new IOException(said.why());
    }

    /**
     * Fetches something that is no resource, as the bytes it is.
     *
     * @param most bytes; more is refused
     */
    byte[] fetch(String path, String contentType, String language, int most)
            throws IOException, InterruptedException, RefusedException {
        HttpRequest request = request(path)
                .setHeader("Accept", contentType + ", " + FHIR_JSON)
                .header("Accept-Language", language)
                .GET()
                .build();
        HttpResponse<java.io.InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var in = response.body()) {
            byte[] body = in.readNBytes(most + 1);
            boolean wanted = response.headers()
                    .firstValue("Content-Type")
                    .filter(contentType::equals)
                    .isPresent();
            if (response.statusCode() == 200 && wanted && body.length <= most) {
                return body;
            }
            Code code = response.statusCode() == 404
                    ? Code.NOT_FOUND
                    : response.statusCode() / 100 == 5 || response.statusCode() == 429
                            ? Code.UNAVAILABLE
                            : Code.NOT_ALLOWED;
            String said = new String(body, 0, Math.min(body.length, ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            throw new RefusedException(
                    response.statusCode() == 200 ? Code.BROKEN : code,
                    "the station gives none: " + new Said(response.statusCode(), said, 0).why());
        }
    }

    private HttpRequest.Builder request(String path) {
        // A Bundle goes to the base itself, which has no slash at its end.
        String target = base + (path.isEmpty() ? "" : "/" + path);
        return HttpRequest.newBuilder(URI.create(target))
                .timeout(REQUEST_MAX)
                .header("Accept", FHIR_JSON)
                .header("Authorization", "Bearer " + token);
    }

    /** Reads the answer through to its end but keeps only the beginning; counts refused entries on the way. */
    private Said exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var in = response.body()) {
            String head = new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            long refused = refusals(head);
            byte[] more = in.readNBytes(ANSWER_BYTES_MAX);
            while (more.length > 0) {
                // A status that lies across two pieces is missed; the next of a refused batch is not.
                refused += refusals(new String(more, StandardCharsets.UTF_8));
                more = in.readNBytes(ANSWER_BYTES_MAX);
            }
            return new Said(response.statusCode(), head, response.statusCode() / 100 == 2 ? refused : 0);
        }
    }

    private static long refusals(String text) {
        return ENTRY_REFUSED.matcher(text).results().count();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
