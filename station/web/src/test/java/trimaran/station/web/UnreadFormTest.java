package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who sends a form nobody takes sees the answer, not a broken line: browsers send all of it before they read. */
final class UnreadFormTest {

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void aFormRefusedBeforeItIsReadIsAnswered() throws IOException {
        byte[] form = new byte[4 << 20];
        for (String head : List.of(
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://elsewhere.example")) {
            String answer = said(head, form);
            assertThat(answer).as(head).startsWith("HTTP/1.1 4").contains("Connection: close", "<html");
        }
        assertThat(web.events).isEmpty();
    }

    @Test
    void aFormOfUnsaidLengthThatIsTooLongIsAnswered() throws IOException {
        String own = "Content-Type: application/x-www-form-urlencoded";
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
            line.setSoTimeout(20_000);
            OutputStream out = line.getOutputStream();
            out.write(("POST /verrouiller HTTP/1.1\r\nHost: x\r\n" + own + "\r\nTransfer-Encoding: chunked\r\n\r\n")
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

    private String said(String head, byte[] form) throws IOException {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
            line.setSoTimeout(20_000);
            OutputStream out = line.getOutputStream();
            String lines = "POST /verrouiller HTTP/1.1\r\nHost: x\r\n" + head + "\r\nContent-Length: " + form.length
                    + "\r\n\r\n";
            out.write(lines.getBytes(StandardCharsets.US_ASCII));
            out.write(form);
            return new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
