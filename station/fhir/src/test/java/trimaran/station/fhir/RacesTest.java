package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RacesTest {

    private static final int WRITERS = 80;

    @Test
    void of_eighty_writers_with_one_version_exactly_one_wins_each() {
        try (OpenDoor door = new OpenDoor()) {
            String id = door.created("Patient", Texts.patient("Course", "C", "1990-01-01"));
            for (int version = 1; version <= 3; version++) {
                List<Integer> codes = race(door, id, version);
                assertThat(codes).containsOnly(200, 412);
                assertThat(codes.stream().filter(code -> code == 200).count()).isEqualTo(1);
            }
            assertThat(door.get("/Patient/" + id + "/_history").body()).contains("\"total\":4");
        }
    }

    private static List<Integer> race(OpenDoor door, String id, int version) {
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String json = ReadsAndWritesTest.withId(Texts.patient("Course", "C" + i, "1990-01-01"), id);
            running.add(door.http.sendAsync(
                    door.to("/Patient/" + id)
                            .header("If-Match", "W/\"" + version + "\"")
                            .PUT(BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        return running.stream().map(one -> one.join().statusCode()).toList();
    }
}
