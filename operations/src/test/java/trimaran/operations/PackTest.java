package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;

/** A ward's pack as the command asks for it. */
class PackTest {

    private static final String PDF = "application/pdf";

    @TempDir
    Path folder;

    private static byte[] fetched(StandInDoor door, int most) throws Exception {
        try (FhirDoor client = new FhirDoor(URI.create("http://127.0.0.1:" + door.port() + "/fhir"), "secret")) {
            return client.fetch("Location/$ward-pack?ward=MED-A", PDF, "fr", most);
        }
    }

    private static void refused(StandInDoor door, int most, Code code, String words) {
        assertThatThrownBy(() -> fetched(door, most)).isInstanceOfSatisfying(RefusedException.class, no -> {
            assertThat(no.refusal().code()).isEqualTo(code);
            assertThat(no.refusal().sentence()).contains(words);
        });
    }

    @Test
    void thePackComesAsItIs() throws Exception {
        try (StandInDoor door = new StandInDoor()) {
            door.answer((head, sent) -> new StandInDoor.Said(200, "%PDF", PDF));
            assertThat(new String(fetched(door, 4), StandardCharsets.US_ASCII)).isEqualTo("%PDF");
            assertThat(door.heads().getFirst())
                    .startsWith("GET /fhir/Location/$ward-pack?ward=MED-A HTTP/1.1")
                    .contains("Accept-Language: fr", "Authorization: Bearer secret", "Accept: application/pdf");
        }
    }

    @Test
    void whyThereIsNoneIsOneSentence() throws Exception {
        try (StandInDoor door = new StandInDoor()) {
            door.answer(404, "{\"issue\":[{\"diagnostics\":\"TRI-200 there is no such ward\"}]}");
            refused(door, 100, Code.NOT_FOUND, "there is no such ward");
            door.answer(503, "{}");
            refused(door, 100, Code.UNAVAILABLE, "HTTP 503");
            door.answer(403, "{}");
            refused(door, 100, Code.NOT_ALLOWED, "HTTP 403");
            door.answer(200, "{}");
            refused(door, 100, Code.BROKEN, "HTTP 200");
        }
    }

    @Test
    void aPackLargerThanAnyWardsIsNoPack() throws IOException {
        assertThat(PackCommand.PACK_BYTES_MAX).isEqualTo(64 << 20);
        try (StandInDoor door = new StandInDoor()) {
            door.answer((head, sent) -> new StandInDoor.Said(200, "%PDF-", PDF));
            refused(door, 4, Code.BROKEN, "HTTP 200");
        }
    }

    @Test
    void withoutAHospitalNothingIsWritten() {
        StandIn.Said said = StandIn.run(
                "",
                "pack",
                "--home",
                folder.resolve("none").toString(),
                "--ward",
                "MED-A",
                "--out",
                folder.resolve("a.pdf").toString());
        assertThat(said.status()).isNotZero();
        assertThat(said.err().strip().lines()).hasSize(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLanguageThatIsNotSpokenIsOneLine() {
        StandIn.Said said = StandIn.run("", "pack", "--ward", "W", "--out", "x.pdf", "--language", "de");
        assertThat(said.status()).isEqualTo(Code.USAGE.exitCode());
        assertThat(said.err()).contains("fr or en");
    }
}
