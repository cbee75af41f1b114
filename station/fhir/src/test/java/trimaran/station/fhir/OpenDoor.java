package trimaran.station.fhir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/** A door over a record in memory, and a client that knows its token. */
final class OpenDoor implements AutoCloseable {

    static final String TOKEN = "tri_bench_0123456789abcdefghijkl";
    static final DoorLimits SMALL =
            new DoorLimits(1 << 20, 3 << 20, 8 << 10, 4 << 10, 2_000, 2_000, 8, 64, 64 << 10, 40);

    final FakeRecord record = new FakeRecord(Long.getLong("seed", 1));
    final List<DoorEvent> events = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Door door;

    OpenDoor() {
        this(DoorLimits.STANDARD);
    }

    OpenDoor(DoorLimits limits) {
        DoorSetting setting = new DoorSetting(
                "127.0.0.1",
                0,
                "",
                limits,
                ZoneId.of("Europe/Paris"),
                System::nanoTime,
                new SecureRandom()::nextBytes,
                events::add);
        Clients clients = (client, secret) -> {
            asked.incrementAndGet();
            boolean known = client.equals("bench") && new String(secret).equals("0123456789abcdefghijkl");
            return known ? Outcome.done(record) : Outcome.refused(Code.NOT_SIGNED_IN, "no such client");
        };
        door = opened(Door.open(setting, clients));
    }

    private static Door opened(Outcome<Door> outcome) {
        return switch (outcome) {
            case Outcome.Done<Door>(Door open) -> open;
            case Outcome.Refused<Door>(var refusal) -> throw new IllegalStateException(refusal.toString());
        };
    }

    int port() {
        return door.port();
    }

    String base() {
        return "http://127.0.0.1:" + door.port() + "/fhir";
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/fhir+json");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(to(path).DELETE());
    }

    HttpResponse<String> post(String path, String body) {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, String body, String... headers) {
        HttpRequest.Builder request = to(path).PUT(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Creates a resource and gives its id. */
    String created(String type, String json) {
        HttpResponse<String> answer = post("/" + type, json);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        String location = answer.headers().firstValue("Location").orElseThrow();
        String[] steps = location.split("/", -1);
        return steps[steps.length - 3];
    }

    @Override
    public void close() {
        http.close();
        door.close();
    }
}
