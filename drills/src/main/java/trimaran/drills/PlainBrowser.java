package trimaran.drills;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import trimaran.trial.TrialHospital;

/** Somebody at a browser without a script, who logged in with badge and PIN. MAY be used from many threads. */
final class PlainBrowser implements AutoCloseable {

    private final CookieManager jar = new CookieManager();
    private final PageForms pages;

    PlainBrowser(TrialHospital hospital, String badge) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(jar)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        this.pages = new PageForms(http, "http://localhost:" + hospital.port());
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
        return pages.look(path);
    }

    HttpResponse<String> post(String path, String... fields) {
        return pages.post(path, fields);
    }

    @Override
    public void close() {
        pages.close();
    }
}
