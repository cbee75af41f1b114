package trimaran.drills;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whoever can reach a port: says what it likes and listens to what comes back. Trusts everybody. */
final class Stranger implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;

    /** More is no refusal. */
    private static final int HEARD_BYTES_MAX = 256 << 10;

    private final Socket socket;

    private Stranger(Socket socket) {
        this.socket = socket;
    }

    static Stranger at(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        return new Stranger(socket);
    }

    /** Shakes hands over what is connected; the other end may still hang up when it has seen the key. */
    Stranger withTls(String protocol, @Nullable KeyPair keys) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] own = keys == null ? new KeyManager[0] : new KeyManager[] {new OneKey(keys)};
        context.init(own, new TrustManager[] {new Credulous()}, null);
        socket.setSoTimeout(CONNECT_MILLIS);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setApplicationProtocols(new String[] {"trimaran/1"});
        tls.setSSLParameters(parameters);
        tls.setUseClientMode(true);
        tls.startHandshake();
        return new Stranger(tls);
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Says it unless the other end has hung up meanwhile, which is an answer, too. */
    boolean saysStill(byte[] bytes) {
        try {
            say(bytes);
            return true;
        } catch (IOException hungUp) {
            return false;
        }
    }

    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Exactly this much of an answer. */
    byte[] hear(int bytes) throws IOException {
        socket.setSoTimeout(CONNECT_MILLIS);
        return socket.getInputStream().readNBytes(bytes);
    }

    /**
     * All that comes until the other end hangs up.
     *
     * @throws SocketTimeoutException if it does not in time
     */
    String hearToTheEnd(int patienceMillis) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + patienceMillis * 1_000_000L;
        try {
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[4096];
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0 || heard.size() > HEARD_BYTES_MAX) {
                    throw new SocketTimeoutException("no end after " + heard.size() + " bytes");
                }
                socket.setSoTimeout((int) left);
                int count = in.read(piece);
                if (count < 0) {
                    break;
                }
                heard.write(piece, 0, count);
            }
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException reset) {
            // Hanging up with bytes unread is a reset: an end all the same.
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed one way or the other.
        }
    }

    /** Shows one key, in a certificate of its own. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final KeyPair keys;
        private final X509Certificate certificate;

        OneKey(KeyPair keys) throws GeneralSecurityException {
            this.keys = keys;
            this.certificate = ForgedCertificate.around(keys);
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket on) {
            return "own";
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine on) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket on) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivate();
        }
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket on) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket on) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine on) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine on) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
