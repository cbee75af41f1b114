package trimaran.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;

/** A browser somebody logged in at, as far as the station sees it: cookies, a line that is kept open, and no patience to wait. */
final class WardBrowser implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String address;

    WardBrowser(TrialHospital hospital, String badge) {
        this.address = "http://localhost:" + hospital.port();
        Matcher token = TOKEN.matcher(get("/connexion?badge=" + badge).body());
        if (!token.find()) {
            throw new IllegalStateException("there is no log-in form");
        }
        HttpResponse<String> in = send(HttpRequest.newBuilder(URI.create(address + "/connexion"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("badge=" + badge + "&pin=" + TrialHospital.PIN + "&vers=&jeton="
                        + FhirClient.encoded(String.valueOf(token.group(1))))));
        if (in.statusCode() / 100 != 3) {
            throw new IllegalStateException("the badge does not open: " + in.statusCode());
        }
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header("Cookie", String.join("; ", cookies.values()));
        }
        try {
            HttpResponse<String> answer = http.send(
                    request.timeout(ANSWER_MAX).header("Accept-Language", "fr").build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(set -> {
                String pair = set.split(";", 2)[0];
                cookies.put(pair.split("=", 2)[0], pair);
            });
            return answer;
        } catch (IOException lost) {
            throw new UncheckedIOException("the station does not answer", lost);
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
