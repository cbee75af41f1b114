package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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
 * Another browser, at another address, that shows the cookies of somebody who logged in elsewhere and typed nothing itself. It takes no
 * cookie it is given and follows no redirect, so that what the door says is what is seen. To be used by one thread.
 */
final class StolenCookies implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");

    /** Not the address the ward's own browsers come from. */
    static final String ADDRESS = "127.0.0.2";

    private static final String LOG_IN = "/connexion";

    private final HttpClient http;
    private final int port;
    private final String cookies;
    private String token = "";

    /** @param cookies as a browser sends them; empty for a stranger */
    StolenCookies(int port, String cookies) {
        this.port = port;
        this.cookies = cookies;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(ADDRESS))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HttpResponse<String> look(String path) {
        return send(to(path).GET());
    }

    /** A form, with what the last page it was shown gives to forms. */
    HttpResponse<String> post(String path, String... fields) {
        StringBuilder body = new StringBuilder("jeton=" + token);
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&').append(fields[i]).append('=');
            body.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    /** Whether the door asks who this is, and shows nothing. */
    static boolean isTurnedAway(HttpResponse<String> answer) {
        return answer.statusCode() == 303
                && answer.headers().firstValue("Location").orElse("").startsWith(LOG_IN);
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Language", "fr")
                .header("User-Agent", "another browser")
                .timeout(Duration.ofSeconds(60));
        return cookies.isEmpty() ? request : request.header("Cookie", cookies);
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
