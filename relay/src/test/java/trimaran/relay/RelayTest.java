package trimaran.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Address;

@Timeout(60)
class RelayTest {

    /** Connections 4, per source 4, preambles 2, and times a test can wait for. */
    private static final RelayLimits SMALL = new RelayLimits(4, 4, 2, 500, 1_000, 700);

    private static final Address LOOPBACK = new Address("127.0.0.1", 0);

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket tier;

    @BeforeEach
    void listen() throws IOException {
        tier = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        tier.setSoTimeout(5_000);
        open.add(tier);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private Relay relay(RelayLimits limits) {
        Address data = new Address("127.0.0.1", tier.getLocalPort());
        Address nobody = new Address("127.0.0.1", 1);
        Outcome<Relay> started = Relay.start(LOOPBACK, Map.of("data", data, "nobody", nobody), limits);
        if (!(started instanceof Outcome.Done<Relay>(Relay relay))) {
            throw new AssertionError(started.toString());
        }
        open.add(relay);
        return relay;
    }

    private Socket connected(Relay relay) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), relay.address().port());
        socket.setSoTimeout(5_000);
        open.add(socket);
        return socket;
    }

    private Socket joined(Relay relay) throws IOException {
        Socket socket = connected(relay);
        write(socket, "TRIMARAN-RELAY/1 data\n");
        assertThat(text(socket, 3)).isEqualTo("OK\n");
        return socket;
    }

    private Socket taken() throws IOException {
        Socket socket = tier.accept();
        socket.setSoTimeout(5_000);
        open.add(socket);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    /** Whether the other end closes, cleanly or not, without a word. */
    private static boolean closes(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void untilOpen(Relay relay, int count) throws InterruptedException {
        while (relay.connectionsOpen() != count) {
            Thread.sleep(5);
        }
    }

    @Test
    void bytesPassBothWaysAndNoneOfThePreamble() throws Exception {
        Relay relay = relay(RelayLimits.STANDARD);
        Socket station = connected(relay);
        write(station, "TRIMARAN-RELAY/1 data\nhello");
        assertThat(text(station, 3)).isEqualTo("OK\n");
        Socket there = taken();
        assertThat(text(there, 5)).isEqualTo("hello");
        write(there, "back");
        assertThat(text(station, 4)).isEqualTo("back");
    }

    @Test
    void moreThanABufferPassesWhole() throws Exception {
        Relay relay = relay(RelayLimits.STANDARD);
        Socket station = joined(relay);
        Socket there = taken();
        byte[] large = new byte[3_000_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i % 251);
        }
        Thread sending = Thread.ofVirtual().start(() -> {
            try {
                station.getOutputStream().write(large);
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        });
        assertThat(there.getInputStream().readNBytes(large.length)).isEqualTo(large);
        sending.join();
    }

    @Test
    void anEndThatHasFinishedStillHears() throws Exception {
        Relay relay = relay(RelayLimits.STANDARD);
        Socket station = joined(relay);
        Socket there = taken();
        write(station, "question");
        station.shutdownOutput();
        InputStream in = there.getInputStream();
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("question");
        write(there, "answer");
        there.close();
        assertThat(text(station, 100)).isEqualTo("answer");
        untilOpen(relay, 0);
    }

    @Test
    void whenOneSideDiesTheOtherIsClosed() throws Exception {
        Relay relay = relay(RelayLimits.STANDARD);
        Socket station = joined(relay);
        Socket there = taken();
        there.setSoLinger(true, 0);
        there.close();
        assertThat(closes(station)).isTrue();
        untilOpen(relay, 0);
        Socket second = joined(relay);
        Socket secondThere = taken();
        second.setSoLinger(true, 0);
        second.close();
        assertThat(closes(secondThere)).isTrue();
        untilOpen(relay, 0);
    }

    @Test
    void anUnknownDestinationOrAnythingElseIsClosedWithoutAWord() throws Exception {
        Relay relay = relay(RelayLimits.STANDARD);
        for (String line : new String[] {
            "TRIMARAN-RELAY/1 application\n",
            "TRIMARAN-RELAY/1 127.0.0.1:22\n",
            "TRIMARAN-RELAY/2 data\n",
            "CONNECT data:443 HTTP/1.1\n",
            "\n",
            "x".repeat(65),
            "TRIMARAN-RELAY/1 nobody\n"
        }) {
            Socket station = connected(relay);
            write(station, line);
            assertThat(closes(station)).as(line).isTrue();
        }
        untilOpen(relay, 0);
    }

    @Test
    void aPreambleThatTakesTooLongIsClosed() throws Exception {
        Relay relay = relay(SMALL);
        Socket silent = connected(relay);
        Socket dripping = connected(relay);
        long startNanos = System.nanoTime();
        boolean closed = false;
        try {
            for (int i = 0; i < 60; i++) {
                write(dripping, "T");
                Thread.sleep(50);
            }
        } catch (IOException gone) {
            closed = true;
        }
        assertThat(closed).isTrue();
        assertThat(closes(silent)).isTrue();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
                .isBetween(300L, 3_000L);
        untilOpen(relay, 0);
    }

    @Test
    void anIdleConnectionIsClosedAndABusyOneIsNot() throws Exception {
        Relay relay = relay(SMALL);
        Socket idle = joined(relay);
        taken();
        Socket busy = joined(relay);
        Socket there = taken();
        for (int i = 0; i < 15; i++) {
            write(there, "x");
            assertThat(text(busy, 1)).isEqualTo("x");
            Thread.sleep(100);
        }
        assertThat(closes(idle)).isTrue();
        untilOpen(relay, 1);
    }

    @Test
    void oneSilentConnectionMoreThanFitsClosesTheOldest() throws Exception {
        Relay relay = relay(new RelayLimits(100, 100, 2, 20_000, 1_000, 20_000));
        Socket oldest = connected(relay);
        untilOpen(relay, 1);
        connected(relay);
        untilOpen(relay, 2);
        joined(relay);
        taken();
        assertThat(closes(oldest)).isTrue();
    }

    @Test
    void oneConnectionMoreThanFitsIsClosed() throws Exception {
        Relay relay = relay(new RelayLimits(4, 100, 2, 20_000, 1_000, 20_000));
        for (int i = 0; i < 4; i++) {
            joined(relay);
            taken();
        }
        assertThat(closes(connected(relay))).isTrue();
        assertThat(relay.connectionsOpen()).isEqualTo(4);
    }

    @Test
    void oneConnectionMoreThanASourceMayHaveIsClosed() throws Exception {
        Relay relay = relay(new RelayLimits(100, 3, 2, 20_000, 1_000, 20_000));
        for (int i = 0; i < 3; i++) {
            joined(relay);
            taken();
        }
        assertThat(closes(connected(relay))).isTrue();
        Socket elsewhere = new Socket();
        open.add(elsewhere);
        elsewhere.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
        elsewhere.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), relay.address().port()));
        elsewhere.setSoTimeout(5_000);
        write(elsewhere, "TRIMARAN-RELAY/1 data\n");
        assertThat(text(elsewhere, 3)).isEqualTo("OK\n");
    }

    @Test
    void closingTheRelayClosesEverything() throws Exception {
        Relay relay = relay(RelayLimits.STANDARD);
        Socket station = joined(relay);
        relay.close();
        assertThat(closes(station)).isTrue();
        untilOpen(relay, 0);
    }

    @Test
    void aPortInUseAndANameNoPreambleCarriesAreRefused() {
        Relay relay = relay(SMALL);
        assertThat(code(Relay.start(relay.address(), Map.of("data", LOOPBACK), SMALL)))
                .isEqualTo(Code.PORT_BUSY);
        assertThat(code(Relay.start(LOOPBACK, Map.of("Data", LOOPBACK), SMALL))).isEqualTo(Code.BAD_VALUE);
    }

    private static Code code(Outcome<Relay> outcome) {
        return switch (outcome) {
            case Outcome.Done<Relay> _ -> throw new AssertionError("not refused");
            case Outcome.Refused<Relay>(Refusal refusal) -> refusal.code();
        };
    }
}
