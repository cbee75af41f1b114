package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
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
import java.util.stream.Collectors;
import trimaran.trial.TrialHospital;

/**
 * Somebody at a browser without a script, who logged in with badge and PIN. MAY be used from many threads: what forms are sent
 * with is the same for all of one log-in.
 */
final class PlainBrowser implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");

    private final TrialHospital hospital;
    private final CookieManager jar = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(jar)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private volatile String token = "";

    PlainBrowser(TrialHospital hospital, String badge) {
        this.hospital = hospital;
        get("/connexion");
        HttpResponse<String> in = post("/connexion", "badge", badge, "pin", TrialHospital.PIN);
        if (in.statusCode() != 200) {
            throw new IllegalStateException("the badge does not open: " + in.statusCode() + " " + in.body());
        }
    }

    /** All it was given, as a browser shows them: what somebody takes who reads its jar. */
    String cookies() {
        return jar.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    String get(String path) {
        return look(path).body();
    }

    /** A page with its status. */
    HttpResponse<String> look(String path) {
        return send(to(path).GET());
    }

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
        return HttpRequest.newBuilder(URI.create("http://localhost:" + hospital.port() + path))
                .header("Accept-Language", "fr")
                .timeout(Duration.ofSeconds(60));
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
