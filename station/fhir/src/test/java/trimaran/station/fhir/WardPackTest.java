package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ward on paper, through the door. */
class WardPackTest {

    private static OpenDoor door;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void aWardComesAsPdfInTheLanguageAskedFor() {
        HttpResponse<String> answer = door.get("/Location/$ward-pack?ward=MED-A");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/pdf");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.body()).isEqualTo("%PDF fr");
        HttpRequest.Builder english = door.to("/Location/$ward-pack?ward=MED-A")
                .header("Accept-Language", "en")
                .GET();
        assertThat(door.send(english).body()).isEqualTo("%PDF en");
    }

    @Test
    void aWardThatIsNoneIsNotFound() {
        HttpResponse<String> answer = door.get("/Location/$ward-pack?ward=MED-Z");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("TRI-200");
    }

    @Test
    void aWardMustBeNamedAndNotAtLength() {
        String longest = "a".repeat(WardPack.NAME_CHARACTERS_MAX);
        assertThat(door.get("/Location/$ward-pack").statusCode()).isEqualTo(400);
        assertThat(door.get("/Location/$ward-pack?ward=" + longest).statusCode())
                .isEqualTo(404);
        assertThat(door.get("/Location/$ward-pack?ward=" + longest + "a").statusCode())
                .isEqualTo(400);
        assertThat(door.get("/Patient/$ward-pack?ward=MED-A").statusCode()).isEqualTo(404);
        assertThat(door.post("/Location/$ward-pack?ward=MED-A", "{}").statusCode())
                .isEqualTo(405);
    }
}
