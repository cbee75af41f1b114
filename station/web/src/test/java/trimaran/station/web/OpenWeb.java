package trimaran.station.web;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Entropy;
import trimaran.kernel.WallTime;
import trimaran.station.BuddyState;
import trimaran.station.WardCopyState;

/** A web door over a {@link FakeHospital}, and browsers that keep cookies as browsers do. */
final class OpenWeb implements AutoCloseable {

    /** 24 November 2026, 08:12 in Paris. */
    static final long NOW = 1_795_504_320_000L;

    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");

    final FakeHospital hospital = new FakeHospital();
    final FakeMessages messages = new FakeMessages();
    final List<WebEvent> events = new CopyOnWriteArrayList<>();
    final AtomicLong nanos = new AtomicLong(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WebDoor door;
    private final WebServer server;

    OpenWeb() {
        this(true);
    }

    /** How the sealed ward copies stand. */
    volatile WardCopyState copies = WardCopyState.NONE;

    /** How the station stands with others. */
    volatile BuddyState buddies = BuddyState.NONE;

    final FakeCopies sealed = new FakeCopies();

    /** Whom a card says to call. */
    volatile List<String> calls = List.of();

    OpenWeb(boolean demo) {
        this(demo, true);
    }

    OpenWeb(boolean demo, boolean checks) {
        this(demo, checks, Received.NONE);
    }

    OpenWeb(boolean demo, boolean checks, Received received) {
        SecureRandom random = new SecureRandom();
        Entropy entropy = random::nextBytes;
        WebSetting setting = new WebSetting(
                "Hôpital d’essai",
                "accueil",
                ZoneId.of("Europe/Paris"),
                demo,
                checks,
                () -> copies,
                () -> buddies,
                () -> Map.of("labo", FakeCuts.CLIENT),
                () -> calls,
                () -> new WallTime(NOW + nanos.get() / 1_000_000),
                nanos::get,
                entropy,
                events::add);
        hospital.add("""
                {'resourceType':'Patient','name':[{'use':'usual','family':'Morel','given':['Jeanne']}],'gender':'female',
                'birthDate':'1944-03-14','identifier':[{'system':'urn:trimaran:demo:ipp','value':'80041127'}]}""");
        door = new WebDoor(setting, hospital, hospital, messages, received, sealed);
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .routing(routing -> routing.any(door::handle))
                .build()
                .start();
    }

    int port() {
        return server.port();
    }

    void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    Browser browser() {
        return new Browser();
    }

    @Override
    public void close() {
        http.close();
        server.stop();
        door.close();
    }

    /** Keeps cookies and follows nothing by itself. */
    final class Browser {

        final Map<String, String> cookies = new LinkedHashMap<>();
        private String token = "";

        HttpResponse<String> get(String path, String... headers) {
            HttpRequest.Builder request = to(path).GET();
            return keep(
                    send(headers.length == 0 ? cooked(request) : cooked(request).headers(headers)));
        }

        HttpResponse<String> post(String path, String... fields) {
            return post(path, Map.of(), fields);
        }

        HttpResponse<String> post(String path, Map<String, String> headers, String... fields) {
            StringBuilder body = new StringBuilder("jeton=" + token);
            for (int i = 0; i < fields.length; i += 2) {
                body.append('&').append(fields[i]).append('=');
                body.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
            }
            return raw(path, headers, body.toString().getBytes(StandardCharsets.UTF_8));
        }

        HttpResponse<String> raw(String path, Map<String, String> headers, byte[] body) {
            HttpRequest.Builder request = to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .header("Content-Type", "application/x-www-form-urlencoded");
            headers.forEach(request::setHeader);
            return keep(send(cooked(request)));
        }

        /** Comes in by badge and PIN. */
        Browser in(String badge) {
            get("/connexion");
            HttpResponse<String> answer = post("/connexion", "badge", badge, "pin", FakeHospital.PIN);
            if (answer.statusCode() != 303) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            get(badge.equals(FakeCuts.OFFICER) ? "/coques" : "/services");
            return this;
        }

        void token(String other) {
            token = other;
        }

        String token() {
            return token;
        }

        private HttpRequest.Builder cooked(HttpRequest.Builder request) {
            StringBuilder all = new StringBuilder();
            cookies.forEach(
                    (name, value) -> all.append(all.isEmpty() ? "" : "; ").append(name + "=" + value));
            return all.isEmpty() ? request : request.header("Cookie", all.toString());
        }

        private HttpResponse<String> keep(HttpResponse<String> answer) {
            answer.headers().allValues("Set-Cookie").forEach(one -> {
                String[] pair = one.split(";", 2)[0].split("=", 2);
                if (one.contains("Max-Age=0")) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            });
            Matcher found = TOKEN.matcher(answer.body());
            if (found.find()) {
                token = Objects.requireNonNull(found.group(1));
            }
            return answer;
        }
    }
}
