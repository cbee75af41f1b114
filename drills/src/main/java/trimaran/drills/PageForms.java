package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A station's pages and forms as a browser without a script asks for them, each form with what the last page gave to forms. MAY be used
 * from many threads: what forms are sent with is the same for all of one log-in.
 */
final class PageForms implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String station;
    private final String[] headers;
    private volatile String token = "";

    /**
     * @param station where it serves, without a path
     * @param headers names and values in turn, sent with each request
     */
    PageForms(HttpClient http, String station, String... headers) {
        this.http = http;
        this.station = station;
        this.headers = headers.clone();
    }

    HttpResponse<String> look(String path) {
        return send(to(path).GET());
    }

    /** @param fields names and values in turn */
    HttpResponse<String> post(String path, String... fields) {
        StringBuilder body = new StringBuilder("jeton=" + token);
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&').append(fields[i]).append('=');
            body.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(station + path))
                .header("Accept-Language", "fr")
                .timeout(ANSWER_MAX);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Matcher found = TOKEN.matcher(answer.body());
            if (found.find()) {
                token = Objects.requireNonNull(found.group(1));
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
