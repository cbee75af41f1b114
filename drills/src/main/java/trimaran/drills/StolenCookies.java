package trimaran.drills;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;

/**
 * Another browser, at another address, that shows the cookies of somebody who logged in elsewhere and typed nothing itself. It takes no
 * cookie it is given and follows no redirect, so that what the door says is what is seen.
 */
final class StolenCookies implements AutoCloseable {

    /** Not the address the ward's own browsers come from. */
    static final String ADDRESS = "127.0.0.2";

    private static final String LOG_IN = "/connexion";

    private final PageForms pages;

    /** @param cookies as a browser sends them; empty for a stranger */
    StolenCookies(int port, String cookies) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(ADDRESS))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String station = "http://127.0.0.1:" + port;
        this.pages = cookies.isEmpty()
                ? new PageForms(http, station, "User-Agent", "another browser")
                : new PageForms(http, station, "User-Agent", "another browser", "Cookie", cookies);
    }

    HttpResponse<String> look(String path) {
        return pages.look(path);
    }

    HttpResponse<String> post(String path, String... fields) {
        return pages.post(path, fields);
    }

    /** Whether the door asks who this is, and shows nothing. */
    static boolean isTurnedAway(HttpResponse<String> answer) {
        return answer.statusCode() == 303
                && answer.headers().firstValue("Location").orElse("").startsWith(LOG_IN);
    }

    @Override
    public void close() {
        pages.close();
    }
}
