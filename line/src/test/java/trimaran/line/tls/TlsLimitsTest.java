package trimaran.line.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.kernel.Bytes;
import trimaran.kernel.Loop;
import trimaran.kernel.WallTime;
import trimaran.line.Address;
import trimaran.line.Channel;
import trimaran.line.CloseReason;
import trimaran.line.LineLimits;
import trimaran.line.Network.Listening;
import trimaran.line.Route;
import trimaran.line.tls.Parties.Heard;

/** Goes just over each limit of a real line, with small limits where the field's would take long. */
@Timeout(60)
class TlsLimitsTest {

    /** Handshakes 4, channels 6, per peer 2; the times are those of the field. */
    private static final TlsLimits FEW = new TlsLimits(4, 6, 2, 3_000, 20_000, 3_000, 10_000, 1_000);

    private final Parties parties = new Parties();
    private final List<AutoCloseable> sockets = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
        parties.close();
    }

    private Socket connected(Listening listening) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), listening.address().port());
        socket.setSoTimeout(5_000);
        sockets.add(socket);
        return socket;
    }

    private RawClient raw(Parties.One server, Parties.One client, Listening listening) throws IOException {
        RawClient raw =
                new RawClient(client.identity, server.id(), listening.address().port());
        sockets.add(raw);
        raw.greeting();
        return raw;
    }

    private static Channel dial(Parties.One client, Parties.One server, Listening listening) {
        return client.network.dial(server.id(), new Route.Direct(listening.address()), client.notebook());
    }

    @Test
    void oneHandshakeMoreThanFitsClosesTheOldest() throws Exception {
        Parties.One data = parties.one("data", FEW);
        Parties.One station = parties.one("station");
        Parties.acquaint(data, station);
        Listening listening = data.listening();
        Socket oldest = connected(listening);
        while (data.network.handshakesUnderWay() < 1) {
            Thread.sleep(5);
        }
        for (int i = 0; i < 3; i++) {
            connected(listening);
        }
        while (data.network.handshakesUnderWay() < 4) {
            Thread.sleep(5);
        }
        dial(station, data, listening);
        assertThat(station.next().what()).isEqualTo("opened");
        assertThat(oldest.getInputStream().read()).isNegative();
    }

    @Test
    void aSilentOrDrippingHandshakeIsClosedInTime() throws Exception {
        Parties.One data = parties.one("data", Parties.SMALL);
        Listening listening = data.listening();
        Socket silent = connected(listening);
        Socket dripping = connected(listening);
        long startNanos = System.nanoTime();
        assertThat(dripUntilClosed(dripping)).isTrue();
        assertThat(silent.getInputStream().read()).isNegative();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
                .isBetween(100L, 4_000L);
        while (data.network.handshakesUnderWay() > 0) {
            Thread.sleep(5);
        }
    }

    /** A handshake record that comes a byte at a time. */
    private static boolean dripUntilClosed(Socket socket) throws InterruptedException {
        byte[] record = new byte[200];
        record[0] = 22;
        record[1] = 3;
        record[2] = 1;
        record[4] = (byte) 190;
        try {
            for (byte b : record) {
                socket.getOutputStream().write(b);
                Thread.sleep(50);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void oneChannelMoreThanAPeerMayHaveReplacesItsOldest() throws Exception {
        Parties.One data = parties.one("data", FEW);
        Parties.One station = parties.one("station");
        Parties.acquaint(data, station);
        Listening listening = data.listening();
        for (int i = 0; i < 2; i++) {
            dial(station, data, listening);
            assertThat(station.next().what()).isEqualTo("opened");
            assertThat(data.next().what()).isEqualTo("opened");
        }
        dial(station, data, listening);
        List<Heard> heard = List.of(data.next(), data.next());
        assertThat(heard).extracting(Heard::reason).containsOnlyOnce(CloseReason.REPLACED);
        assertThat(data.network.channelsOpen()).isEqualTo(2);
    }

    @Test
    void oneChannelMoreThanFitsIsRefused() throws Exception {
        Parties.One data = parties.one("data", FEW);
        Listening listening = data.listening();
        for (int i = 0; i < 7; i++) {
            Parties.One station = parties.one("station" + i);
            Parties.acquaint(data, station);
            dial(station, data, listening);
            Heard heard = station.next();
            if (i < 6) {
                assertThat(heard.what()).isEqualTo("opened");
            } else {
                assertThat(heard.reason()).isEqualTo(CloseReason.REFUSED);
            }
        }
        assertThat(data.network.channelsOpen()).isEqualTo(6);
    }

    @Test
    void aLengthOverTheLimitClosesBeforeAnythingIsKept() throws Exception {
        Parties.One data = parties.one("data");
        Parties.One station = parties.one("station");
        Parties.acquaint(data, station);
        RawClient raw = raw(data, station, data.listening());
        raw.sendFrame(Bytes.ofText("fine"));
        raw.sendLength(LineLimits.FRAME_MAX_BYTES + 1);
        assertThat(data.next().what()).isEqualTo("opened");
        assertThat(data.next().frame()).isEqualTo(Bytes.ofText("fine"));
        assertThat(data.next().reason()).isEqualTo(CloseReason.FRAME_SIZE);
    }

    @Test
    void aSilentPeerIsIdleAndAQuietOneIsNot() throws Exception {
        Parties.One data = parties.one("data", Parties.SMALL);
        Parties.One station = parties.one("station", Parties.SMALL);
        Parties.One silent = parties.one("silent");
        Parties.acquaint(data, station);
        Parties.acquaint(data, silent);
        Listening listening = data.listening();
        dial(station, data, listening);
        Channel quiet = data.next().channel();
        raw(data, silent, listening);
        assertThat(data.next().what()).isEqualTo("opened");
        Heard closed = data.next();
        assertThat(closed.reason()).isEqualTo(CloseReason.IDLE);
        assertThat(closed.channel().peer()).isEqualTo(silent.id());
        Thread.sleep(2 * Parties.SMALL.idleMillis());
        assertThat(data.heard).isEmpty();
        data.loop.run(() -> quiet.send(Bytes.ofText("still there")));
        assertThat(station.next().what()).isEqualTo("opened");
        assertThat(station.next().frame()).isEqualTo(Bytes.ofText("still there"));
    }

    @Test
    void moreThanMayWaitForASlowPeerClosesTheChannel() throws Exception {
        Parties.One data = parties.one("data");
        Parties.One slow = parties.one("slow");
        Parties.acquaint(data, slow);
        raw(data, slow, data.listening());
        Channel channel = data.next().channel();
        Bytes large = Bytes.wrap(new byte[LineLimits.FRAME_MAX_BYTES]);
        boolean taken = true;
        for (int i = 0; i < 200 && taken; i++) {
            taken = data.loop.ask(() -> channel.send(large));
            assertThat(channel.waitingBytes()).isLessThanOrEqualTo(LineLimits.OUTBOUND_MAX_BYTES);
        }
        assertThat(taken).isFalse();
        assertThat(data.next().reason()).isEqualTo(CloseReason.OUTBOUND_FULL);
    }

    /** Counts what reaches the loop, because the system's own buffers may take tens of megabytes before a sender waits. */
    @Test
    void aSlowOwnerIsHandedNoMoreThanTheWindow() throws Exception {
        Parties.One heard = parties.one("heard");
        Parties.One station = parties.one("station");
        HeldLoop loop = new HeldLoop();
        TlsIdentity identity = Parties.identity();
        int frameBytes = 256 << 10;
        int fit = LineLimits.INBOUND_MAX_BYTES / frameBytes - 1;
        try (TlsNetwork data = new TlsNetwork(loop, identity, station.id()::equals)) {
            Listening listening = Parties.done(data.listen(Parties.LOOPBACK, _ -> heard.notebook()));
            RawClient raw = new RawClient(
                    station.identity, identity.peerId(), listening.address().port());
            sockets.add(raw);
            raw.greeting();
            Bytes frame = Bytes.wrap(new byte[frameBytes]);
            Thread.ofVirtual().start(() -> sendMany(raw, frame, 4 * fit));
            long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (loop.held.size() <= 1 + fit && System.nanoTime() < endNanos) {
                Thread.sleep(5);
            }
            assertThat(loop.held).as("opened, and the frames that fit").hasSize(1 + fit);
            assertThat(heard.heard).isEmpty();
            int received = 0;
            while (received < 4 * fit) {
                loop.held.take().run();
                for (Heard each = heard.heard.poll(); each != null; each = heard.heard.poll()) {
                    received += each.what().equals("received") ? 1 : 0;
                }
            }
        }
    }

    private static void sendMany(RawClient raw, Bytes frame, int count) {
        try {
            for (int i = 0; i < count; i++) {
                raw.sendFrame(frame);
            }
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    /** A loop whose work a test runs piece by piece, when it likes. */
    private static final class HeldLoop implements Loop {
        private final LinkedBlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

        @Override
        public void run(Runnable work) {
            held.add(work);
        }

        @Override
        public Timer after(long millis, Runnable work) {
            throw new UnsupportedOperationException("networks set no timers");
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public WallTime wallTime() {
            return new WallTime(0);
        }
    }

    @Test
    void nobodyAtTheAddressIsUnreachableInTime() throws Exception {
        Parties.One station = parties.one("station", Parties.SMALL);
        Parties.One data = parties.one("data", Parties.SMALL);
        Listening listening = data.listening();
        listening.close();
        awaitNobody(listening.address().port());
        dial(station, data, listening);
        assertThat(station.next().reason()).isEqualTo(CloseReason.UNREACHABLE);
    }

    /** A thread that was accepting keeps the port for a moment after its socket was closed. */
    private static void awaitNobody(int port) throws IOException {
        while (true) {
            try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(late.isConnected()).isTrue();
            } catch (ConnectException nobody) {
                return;
            } catch (SocketException reset) {
                // The port was given up in the middle of the handshake of this very connection: the next one finds
                // nobody.
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aServerThatNeverShakesHandsIsGivenUp() throws Exception {
        Parties.One station = parties.one("station", Parties.SMALL);
        Parties.One data = parties.one("data");
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Route route = new Route.Direct(new Address("127.0.0.1", mute.getLocalPort()));
            station.network.dial(data.id(), route, station.notebook());
            assertThat(station.next().reason()).isEqualTo(CloseReason.HANDSHAKE);
        }
    }

    @Test
    void aPortInUseIsRefused() {
        Parties.One data = parties.one("data");
        Listening listening = data.listening();
        assertThat(data.network
                        .listen(listening.address(), _ -> data.notebook())
                        .isDone())
                .isFalse();
    }
}
