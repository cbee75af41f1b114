package trimaran.station.fhir;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import trimaran.kernel.RecordTime;

/** Sends an {@link Answer} over HTTP (RFC 9110). */
final class Answers {

    private static final Header CONTENT_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Negotiation.FHIR_JSON);
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Answers() {}

    /** @param base the address of the door */
    static void send(ServerRequest request, ServerResponse response, String base, Answer answer) {
        response.status(Status.create(answer.status()));
        response.header(NO_STORE);
        response.header(NO_SNIFF);
        if (answer.version() > 0) {
            response.header(HeaderValues.create(HeaderNames.ETAG, "W/\"" + answer.version() + "\""));
        }
        if (!answer.lastModified().equals(RecordTime.ZERO)) {
            String date = HTTP_DATE.format(answer.lastModified().instant().atOffset(ZoneOffset.UTC));
            response.header(HeaderValues.create(HeaderNames.LAST_MODIFIED, date));
        }
        if (!answer.location().isEmpty()) {
            response.header(HeaderValues.create(HeaderNames.LOCATION, base + "/" + answer.location()));
        }
        answer.more().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (isUnread(request)) {
            // What is left of a refused body is thrown away, and the line with it.
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        byte[] body = answer.body().unsafeArray();
        if (body.length == 0) {
            response.send();
            return;
        }
        if (!answer.more().containsKey("Content-Type")) {
            response.header(CONTENT_TYPE);
        }
        if (request.prologue().method().text().equals("HEAD")) {
            response.contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    /** Whether a body was sent, or is still to come, that nobody took. */
    static boolean isUnread(ServerRequest request) {
        return request.content().hasEntity() && !request.content().consumed();
    }
}
