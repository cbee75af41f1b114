package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** Two doors at one listener: each answers what is its own, also what broke off. */
class NeighbourTest {

    private static final Neighbour PAGES = new Neighbour() {
        @Override
        public void handle(ServerRequest request, ServerResponse response) {
            response.send("a page");
            throw new CloseConnectionException("one page a line");
        }

        @Override
        public Early early(Refusal refusal) {
            return new Early(
                    Map.of("Content-Type", "text/html", "Content-Security-Policy", "default-src 'none'"),
                    Bytes.ofText("<h1>" + refusal.code().tag() + "</h1>"));
        }
    };

    @Test
    void eachAnswersWhatIsItsOwn() throws IOException {
        try (Door door = open()) {
            assertThat(said(door, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("a page");
            assertThat(said(door, "GET /fhirx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .contains("a page");
            assertThat(said(door, "GET /fhir/metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .contains("CapabilityStatement");
        }
    }

    @Test
    void aRequestThatBreaksOffIsAnsweredByWhoeverItWasFor() throws IOException {
        String large =
                "GET %s HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(DoorLimits.STANDARD.headerBytes() + 1) + "\r\n\r\n";
        try (Door door = open()) {
            assertThat(said(door, large.formatted("/services")))
                    .startsWith("HTTP/1.1 4")
                    .contains("Content-Security-Policy: default-src 'none'")
                    .contains("<h1>TRI-");
            assertThat(said(door, large.formatted("/fhir/Patient")))
                    .startsWith("HTTP/1.1 4")
                    .contains("OperationOutcome");
            assertThat(said(door, "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"))
                    .startsWith("HTTP/1.1 4")
                    .contains("<h1>TRI-");
        }
    }

    private static Door open() {
        DoorSetting setting = new DoorSetting(
                "127.0.0.1",
                0,
                "",
                DoorLimits.STANDARD,
                ZoneId.of("Europe/Paris"),
                System::nanoTime,
                new SecureRandom()::nextBytes,
                event -> {});
        Clients nobody = (client, secret) -> Outcome.refused(Code.NOT_SIGNED_IN, "nobody comes in here");
        return switch (Door.open(setting, nobody, Optional.of(PAGES))) {
            case Outcome.Done<Door>(Door door) -> door;
            case Outcome.Refused<Door>(Refusal refusal) -> throw new IllegalStateException(refusal.toString());
        };
    }

    private static String said(Door door, String request) throws IOException {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            line.setSoTimeout(10_000);
            line.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            line.getOutputStream().flush();
            return new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
