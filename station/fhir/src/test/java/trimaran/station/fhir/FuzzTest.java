package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Any bytes at the port: a refusal or a closed line, no fault of the program, and the door stays open. */
class FuzzTest {

    private static final int CONNECTIONS = 250;
    private static final long SECONDS_MAX = 12;

    private static final String[] SEEDS = {
        "GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /fhir/Patient?family=x&birthdate=1970-01-01 HTTP/1.1\r\nHost: a\r\nAUTH\r\n\r\n",
        "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAUTH\r\nTYPE\r\nContent-Length: 26\r\n\r\n{\"resourceType\":\"Patient\"}",
        "POST /fhir HTTP/1.1\r\nHost: a\r\nAUTH\r\nTYPE\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"res\r\n0\r\n\r\n",
        "PUT /fhir/Patient/a%2e HTTP/1.1\r\nHost: [::1]:80\r\nIf-Match: W/\"1\"\r\nExpect: 100-continue\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
    };

    @Test
    void any_bytes_are_refused_and_the_door_stays_open() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FuzzTest -Dseed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (OpenDoor door = new OpenDoor(OpenDoor.SMALL)) {
            String id = door.created("Patient", Texts.patient("Debout", "D", "1990-01-01"));
            long end = System.nanoTime() + SECONDS_MAX * 1_000_000_000;
            int done = 0;
            while (done < CONNECTIONS && System.nanoTime() < end) {
                byte[] sent = bytes(random);
                String answer = answer(door.port(), sent, random);
                assertThat(answer)
                        .as("to " + new String(sent, StandardCharsets.ISO_8859_1))
                        .doesNotContain("HTTP/1.1 5")
                        .doesNotContain("java.")
                        .doesNotContain("Exception")
                        .doesNotContain("\tat ");
                done++;
            }
            assertThat(done).isGreaterThan(20);
            assertThat(door.get("/Patient/" + id).statusCode()).isEqualTo(200);
            assertThat(door.events).noneMatch(DoorEvent.Broken.class::isInstance);
        }
    }

    private static byte[] bytes(SplittableRandom random) {
        if (random.nextInt(8) == 0) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            return noise;
        }
        String text = SEEDS[random.nextInt(SEEDS.length)]
                .replace("AUTH", "Authorization: Bearer " + OpenDoor.TOKEN)
                .replace("TYPE", "Content-Type: application/fhir+json");
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                case 2 -> bytes = repeated(bytes, at, random.nextInt(600));
                default -> bytes[at] = (byte) "\r\n\0 :;%\"{}/".charAt(random.nextInt(11));
            }
        }
        return bytes;
    }

    private static byte[] repeated(byte[] bytes, int at, int times) {
        byte[] longer = new byte[bytes.length + times];
        System.arraycopy(bytes, 0, longer, 0, at);
        java.util.Arrays.fill(longer, at, at + times, bytes[at]);
        System.arraycopy(bytes, at, longer, at + times, bytes.length - at);
        return longer;
    }

    private static String answer(int port, byte[] bytes, SplittableRandom random) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(150);
            socket.getOutputStream().write(bytes);
            if (random.nextBoolean()) {
                socket.shutdownOutput();
            }
            byte[] read = new byte[8_192];
            int count = socket.getInputStream().read(read);
            return count < 0 ? "" : new String(read, 0, count, StandardCharsets.ISO_8859_1);
        } catch (IOException closed) {
            return "";
        }
    }
}
