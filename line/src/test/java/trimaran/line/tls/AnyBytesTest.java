package trimaran.line.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.line.CloseReason;
import trimaran.line.Network.Listening;
import trimaran.line.Route;
import trimaran.line.tls.Parties.Heard;

/** Any bytes at the port: the line is closed, nobody hears of it, and the next honest peer is served. */
@Timeout(120)
class AnyBytesTest {

    private static final int ROUNDS = 12;
    private static final int LINES_AT_ONCE = 12;

    /** Whoever shakes hands as it should gets through, however busy the machine is. */
    private static final TlsLimits UNHURRIED =
            new TlsLimits(4, 6, 2, 500, TlsLimits.STANDARD.handshakeMillis(), 100, 400, 300);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Parties parties = new Parties();
    private Parties.One data;
    private Parties.One station;
    private Listening listening;

    @BeforeEach
    void listen() {
        System.out.println("AnyBytesTest -Dseed=" + seed);
        listen(Parties.SMALL);
    }

    private void listen(TlsLimits limits) {
        data = parties.one("data", limits);
        station = parties.one("station", Parties.SMALL);
        Parties.acquaint(data, station);
        listening = data.listening();
    }

    @AfterEach
    void close() {
        parties.close();
    }

    @Test
    void garbageBeforeTlsOnlyClosesTheLine() throws Exception {
        byte[] hello = clientHello();
        for (int i = 0; i < ROUNDS; i++) {
            List<Socket> sockets = new ArrayList<>();
            for (int n = 0; n < LINES_AT_ONCE; n++) {
                sockets.add(sent(garbage(hello)));
            }
            for (Socket socket : sockets) {
                assertClosed(socket);
            }
        }
        assertThat(data.heard).isEmpty();
        assertServed();
    }

    private Socket sent(byte[] bytes) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), listening.address().port());
        socket.setSoTimeout(10_000);
        try {
            socket.getOutputStream().write(bytes);
            if (random.nextBoolean()) {
                socket.shutdownOutput();
            }
        } catch (IOException closed) {
            // Closed before all of it was read: that is looked at later.
            return socket;
        }
        return socket;
    }

    private static void assertClosed(Socket socket) {
        try (socket) {
            // The server may say in an alert why it closes.
            socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            assertThat(reset).isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Noise, noise that looks like a record, or a real hello cut short or with some bytes changed. */
    private byte[] garbage(byte[] hello) {
        byte[] noise = new byte[1 + random.nextInt(2000)];
        random.nextBytes(noise);
        return switch (random.nextInt(4)) {
            case 0 -> noise;
            case 1 -> {
                byte[] head = {22, 3, (byte) random.nextInt(5), (byte) random.nextInt(128), (byte) random.nextInt(256)};
                System.arraycopy(head, 0, noise, 0, Math.min(head.length, noise.length));
                yield noise;
            }
            case 2 -> Arrays.copyOf(hello, random.nextInt(hello.length));
            default -> {
                byte[] changed = hello.clone();
                for (int n = random.nextInt(8); n >= 0; n--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                yield changed;
            }
        };
    }

    @Test
    void garbageAfterTheHandshakeOnlyClosesThatChannel() throws Exception {
        listen(UNHURRIED);
        for (int i = 0; i < 30; i++) {
            try (RawClient raw = new RawClient(
                    station.identity, data.id(), listening.address().port())) {
                raw.greeting();
                byte[] noise = new byte[1 + random.nextInt(5000)];
                random.nextBytes(noise);
                try {
                    if (random.nextBoolean()) {
                        raw.sendBelow(noise);
                    } else {
                        // Begins with a length over the limit, so that it is no frame however it goes on.
                        noise[0] = (byte) (1 + random.nextInt(255));
                        raw.send(Arrays.copyOf(noise, Math.max(4, noise.length)));
                    }
                } catch (SocketException closed) {
                    // Its first bytes were enough: the channel was closed before the last were sent.
                }
                assertThat(data.next().what()).isEqualTo("opened");
                CloseReason reason = data.next().reason();
                assertThat(reason).isIn(CloseReason.BROKEN, CloseReason.FRAME_SIZE, CloseReason.PEER, CloseReason.IDLE);
            }
        }
        assertServed();
    }

    private void assertServed() throws InterruptedException {
        station.network.dial(data.id(), new Route.Direct(listening.address()), station.notebook());
        assertThat(station.next().what()).isEqualTo("opened");
        Heard opened = data.next();
        assertThat(opened.what()).isEqualTo("opened");
        while (data.network.handshakesUnderWay() > 0) {
            Thread.sleep(5);
        }
        assertThat(data.network.channelsOpen()).isEqualTo(1);
    }

    private static byte[] clientHello() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                new KeyManager[] {new OneKey(Parties.identity())},
                new TrustManager[] {new PinnedTrust(_ -> true)},
                null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(32_768);
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
