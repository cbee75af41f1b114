package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries as browsers and simple tools send them, which encode less than RFC 3986 asks for. */
class RawQueryTest {

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
    void theBarOfATokenSearchMayStandAsItIs() throws IOException {
        door.created(
                "Patient",
                "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:1.2.3\",\"value\":\"bar\"}]}");

        String answer = asked("/fhir/Patient?identifier=urn:oid:1.2.3|bar");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"total\":1");
        assertThat(answer).as("links are encoded").contains("Patient?identifier=urn%3Aoid%3A1.2.3%7Cbar");
    }

    @Test
    void otherCharactersBrowsersLeaveAreReadAsThemselves() throws IOException {
        assertThat(asked("/fhir/Patient?family={d}^`x\\"))
                .startsWith("HTTP/1.1 200")
                .contains("\"total\":0");
    }

    @Test
    void aByteThatIsNoAsciiIsRefusedByName() throws IOException {
        assertThat(asked("/fhir/Patient?family=h\u00e9"))
                .startsWith("HTTP/1.1 400")
                .contains("percent-encoded");
    }

    @Test
    void aHashThatWouldCutAConditionShortIsRefused() throws IOException {
        assertThat(asked("/fhir/Patient?identifier=urn:oid:1.2.3|12#3"))
                .startsWith("HTTP/1.1 400")
                .contains("%23");
        assertThat(asked("/fhir/Patient?identifier=urn:oid:1.2.3|12#3#4")).startsWith("HTTP/1.1 400");
        assertThat(asked("/fhir/Patient?family=x#\"<script>"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("<script>");
    }

    @Test
    void aConditionInABundleIsNoUrlOnTheWireAndMayHaveAnyCharacter() {
        String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
                + "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:1.2.3\",\"value\":\"\u00e9 1\"}]},"
                + "\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"identifier=urn:oid:1.2.3|\u00e9 1\"}}]}";
        assertThat(door.post("", bundle).body()).contains("201 Created");
        assertThat(door.post("", bundle).body()).contains("200");
    }

    @Test
    void aControlCharacterIsRefused() throws IOException {
        assertThat(asked("/fhir/Patient?family=x\u0007y")).startsWith("HTTP/1.1 400");
        assertThat(door.get("/Patient?family=x").statusCode())
                .as("the door lives on")
                .isEqualTo(200);
    }

    private static String asked(String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.setSoTimeout(60_000);
            String request = "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                    + OpenDoor.TOKEN + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
