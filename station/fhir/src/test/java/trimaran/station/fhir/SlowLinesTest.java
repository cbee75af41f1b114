package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that hold the door up: none for longer than its limits, and no more at once than its limits. */
class SlowLinesTest {

    private static final String POST = "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
            + OpenDoor.TOKEN + "\r\nContent-Type: application/fhir+json\r\nContent-Length: 1000\r\n\r\n{";

    private static Socket line(OpenDoor door) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
        socket.setSoTimeout(8_000);
        return socket;
    }

    private static String answer(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException open) {
            return "still open";
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void a_body_that_stops_in_the_middle_is_given_up() throws IOException {
        try (OpenDoor door = new OpenDoor(OpenDoor.SMALL);
                Socket socket = line(door)) {
            socket.getOutputStream().write(POST.getBytes(StandardCharsets.US_ASCII));

            assertThat(answer(socket)).isEmpty();
        }
    }

    @Test
    void a_body_that_trickles_is_given_up() throws IOException, InterruptedException {
        try (OpenDoor door = new OpenDoor(OpenDoor.SMALL);
                Socket socket = line(door)) {
            socket.getOutputStream().write(POST.getBytes(StandardCharsets.US_ASCII));
            int sent = 0;
            while (sent < 60 && isTaken(socket)) {
                Thread.sleep(100);
                sent++;
            }

            assertThat(sent).isLessThan(60);
            assertThat(answer(socket)).matches("(?s)|HTTP/1.1 408.*");
        }
    }

    private static boolean isTaken(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
            return socket.getInputStream().available() == 0;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void a_header_that_stops_in_the_middle_is_given_up() throws IOException {
        try (OpenDoor door = new OpenDoor(OpenDoor.SMALL);
                Socket socket = line(door)) {
            socket.getOutputStream().write("GET /fhir/metadata HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));

            assertThat(answer(socket)).doesNotContain("still open").doesNotContain("HTTP/1.1 2");
        }
    }

    @Test
    void who_asks_for_the_end_of_the_line_is_not_kept_waiting_for_it() throws IOException {
        try (OpenDoor door = new OpenDoor();
                Socket socket = line(door)) {
            socket.getOutputStream()
                    .write("GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 200")
                    .contains("CapabilityStatement")
                    .endsWith("}");
        }
    }

    @Test
    void an_answer_nobody_reads_is_given_up() throws IOException {
        try (OpenDoor door = new OpenDoor(OpenDoor.SMALL);
                Socket socket = line(door)) {
            byte[] many = "GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n\r\n"
                    .repeat(1_000)
                    .getBytes(StandardCharsets.US_ASCII);
            // Until the line is full and then cut: far more than systems hold for it.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 5_000; i++) {
                            socket.getOutputStream().write(many);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(first(door)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void one_connection_more_than_the_limit_is_not_served_until_another_ends() throws IOException {
        DoorLimits few = new DoorLimits(1 << 20, 3 << 20, 8 << 10, 4 << 10, 9_000, 9_000, 8, 4, 64 << 10, 40);
        List<Socket> held = new ArrayList<>();
        try (OpenDoor door = new OpenDoor(few)) {
            for (int i = 0; i < few.connections(); i++) {
                held.add(line(door));
                held.getLast()
                        .getOutputStream()
                        .write("GET /fhir/metadata HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(first(door)).isEqualTo("not served");
            for (Socket socket : held) {
                socket.close();
            }
            String served = "not served";
            for (int tries = 0; tries < 20 && !served.startsWith("HTTP/1.1 200"); tries++) {
                served = first(door);
            }
            assertThat(served).startsWith("HTTP/1.1 200");
        }
    }

    private static String first(OpenDoor door) {
        try (Socket socket = line(door)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream()
                    .write("GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(12);
            return line.length == 0 ? "not served" : new String(line, StandardCharsets.US_ASCII);
        } catch (IOException closed) {
            return "not served";
        }
    }
}
