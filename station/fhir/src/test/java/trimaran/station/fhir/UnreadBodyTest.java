package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Who sends a body nobody takes sees the refusal, not a broken line: clients send all of it before they read. */
class UnreadBodyTest {

    @Test
    void aBodyRefusedBeforeItIsReadIsAnswered() throws IOException {
        try (OpenDoor door = new OpenDoor()) {
            assertThat(said(door, "POST /fhir/Patient", "Content-Type: application/fhir+json"))
                    .startsWith("HTTP/1.1 401")
                    .contains("OperationOutcome");
            assertThat(said(door, "POST /fhir/Nothing", "Content-Type: application/fhir+json"))
                    .startsWith("HTTP/1.1 4")
                    .contains("OperationOutcome");
        }
    }

    @Test
    void aBodyOverTheLimitIsAnsweredWhetherAnnouncedOrNot() throws IOException {
        String own = "Content-Type: application/fhir+json\r\nAuthorization: Bearer " + OpenDoor.TOKEN;
        try (OpenDoor door = new OpenDoor(OpenDoor.SMALL);
                Socket line = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            assertThat(said(door, "POST /fhir/Patient", own))
                    .startsWith("HTTP/1.1 413")
                    .contains("TRI-101");
            line.setSoTimeout(20_000);
            OutputStream out = line.getOutputStream();
            out.write(("POST /fhir/Patient HTTP/1.1\r\nHost: x\r\n" + own + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 64; i++) {
                out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[1 << 16]);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            line.shutdownOutput();
            assertThat(new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void whoWaitsToBeAskedForTheBodyIsToldAtOnce() throws IOException {
        try (OpenDoor door = new OpenDoor();
                Socket line = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            line.setSoTimeout(20_000);
            line.getOutputStream().write(head("POST /fhir/Patient", "Expect: 100-continue", 4 << 20));
            assertThat(new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 401");
        }
    }

    private static String said(OpenDoor door, String request, String header) throws IOException {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            line.setSoTimeout(20_000);
            byte[] body = new byte[4 << 20];
            OutputStream out = line.getOutputStream();
            out.write(head(request, header, body.length));
            out.write(body);
            return new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] head(String request, String header, int length) {
        return (request + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
