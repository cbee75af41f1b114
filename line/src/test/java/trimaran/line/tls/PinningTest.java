package trimaran.line.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.kernel.Bytes;
import trimaran.line.Channel;
import trimaran.line.CloseReason;
import trimaran.line.Network.Listening;
import trimaran.line.Route;
import trimaran.line.tls.Parties.Heard;

@Timeout(30)
class PinningTest {

    private final Parties parties = new Parties();
    private Parties.One data;
    private Parties.One station;
    private Listening listening;

    @BeforeEach
    void listen() {
        data = parties.one("data");
        station = parties.one("station");
        Parties.acquaint(data, station);
        listening = data.listening();
    }

    @AfterEach
    void close() {
        parties.close();
    }

    private Channel dial() {
        return station.network.dial(data.id(), new Route.Direct(listening.address()), station.notebook());
    }

    @Test
    void aStrangerIsRefusedAndTheOwnerHearsNothing() throws Exception {
        data.allowed.clear();
        dial();
        assertThat(station.next().reason()).isIn(CloseReason.REFUSED, CloseReason.HANDSHAKE);
        assertThat(data.heard).isEmpty();
    }

    @Test
    void anotherKeyThanTheExpectedEndsTheDialEvenIfItIsAllowed() throws Exception {
        Parties.One witness = parties.one("witness");
        station.allowed.add(witness.id());
        station.network.dial(witness.id(), new Route.Direct(listening.address()), station.notebook());
        assertThat(station.next().reason()).isEqualTo(CloseReason.KEY);
    }

    @Test
    void aPeerWeDoNotAllowIsNotDialled() throws Exception {
        station.allowed.clear();
        dial();
        assertThat(station.next().reason()).isEqualTo(CloseReason.KEY);
    }

    @Test
    void aCutEndsTheChannelAtOnceAndRefusesTheNext() throws Exception {
        dial();
        assertThat(station.next().what()).isEqualTo("opened");
        assertThat(data.next().what()).isEqualTo("opened");
        data.allowed.clear();
        data.network.recheck();
        assertThat(data.next().reason()).isEqualTo(CloseReason.CUT);
        assertThat(station.next().reason()).isEqualTo(CloseReason.PEER);
        dial();
        assertThat(station.next().reason()).isIn(CloseReason.REFUSED, CloseReason.HANDSHAKE);
        assertThat(data.heard).isEmpty();
    }

    /** A resumed handshake never comes by the trust manager, so it asks the policy once less. */
    @Test
    void aResumedSessionAsksThePolicyAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        TlsIdentity identity = Parties.identity();
        station.allowed.add(identity.peerId());
        boolean[] allowed = {true};
        try (ThreadLoop loop = new ThreadLoop("access");
                TlsNetwork access = new TlsNetwork(loop, identity, _ -> {
                    asked.incrementAndGet();
                    return allowed[0];
                })) {
            var port = Parties.done(access.listen(Parties.LOOPBACK, _ -> data.notebook()));
            int[] questions = new int[2];
            for (int round = 0; round < 2; round++) {
                asked.set(0);
                Channel channel =
                        station.network.dial(identity.peerId(), new Route.Direct(port.address()), station.notebook());
                assertThat(station.next().what()).isEqualTo("opened");
                Heard opened = data.next();
                loop.run(() -> opened.channel().send(Bytes.ofText("so that the ticket is read")));
                assertThat(station.next().what()).isEqualTo("received");
                questions[round] = asked.get();
                station.loop.run(channel::close);
                assertThat(station.next().what()).isEqualTo("closed");
                assertThat(data.next().what()).isEqualTo("closed");
            }
            assertThat(questions).containsExactly(3, 2);
            allowed[0] = false;
            station.network.dial(identity.peerId(), new Route.Direct(port.address()), station.notebook());
            assertThat(station.next().reason()).isIn(CloseReason.REFUSED, CloseReason.HANDSHAKE);
        }
    }

    @Test
    void aClientWithoutACertificateGetsNothing() throws Exception {
        assertThat(speaks(new KeyManager[0], "TLSv1.3", TlsContext.PROTOCOL)).isFalse();
        assertThat(data.heard).isEmpty();
    }

    @Test
    void anOlderTlsOrAnotherProtocolGetsNothing() throws Exception {
        KeyManager[] key = {new OneKey(station.identity)};
        assertThat(speaks(key, "TLSv1.2", TlsContext.PROTOCOL)).isFalse();
        assertThat(speaks(key, "TLSv1.3", "trimaran/0")).isFalse();
        assertThat(speaks(key, "TLSv1.3", null)).isFalse();
        assertThat(data.heard).isEmpty();
        assertThat(speaks(key, "TLSv1.3", TlsContext.PROTOCOL)).isTrue();
    }

    /** Whether the server greets a client that trusts everybody. */
    private boolean speaks(KeyManager[] keys, String version, @Nullable String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new PinnedTrust(_ -> true)}, null);
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), listening.address().port());
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "x", 1, true)) {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {version});
            if (protocol != null) {
                parameters.setApplicationProtocols(new String[] {protocol});
            }
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(5000);
            return tls.getInputStream().read() == 0;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void noDateOrNameOfACertificateMatters() throws Exception {
        X509Certificate certificate = data.identity.certificate();
        PinnedTrust trust = new PinnedTrust(data.id()::equals);
        trust.checkServerTrusted(new X509Certificate[] {certificate}, "EC");
        assertThat(trust.getAcceptedIssuers()).isEmpty();
    }
}
