package trimaran.line.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import trimaran.line.PeerId;
import trimaran.line.PinPolicy;

/**
 * TLS 1.3 (RFC 8446) with one suite and a key at each end, over sockets already connected. Sessions are resumed, which
 * saves both signatures; the peer's key comes back with the session, so it is compared and the policy asked every time.
 */
final class TlsContext {

    /** ALPN (RFC 7301) name of frames and calls: the version of the line. */
    static final String PROTOCOL = "trimaran/1";

    /** A session is resumed within the hour or not at all: its secrets are not to outlive a shift in memory. */
    private static final int SESSION_SECONDS = 3600;

    /** Sessions remembered: some more than {@link trimaran.line.LineLimits#CHANNELS_MAX}. */
    private static final int SESSIONS_MAX = 2048;

    private final SSLContext context;
    private final PinPolicy policy;

    TlsContext(TlsIdentity identity, PinPolicy policy) {
        this.policy = policy;
        try {
            context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new OneKey(identity)}, new TrustManager[] {new PinnedTrust(policy)}, null);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has TLS 1.3", missing);
        }
        bound(context.getServerSessionContext());
        bound(context.getClientSessionContext());
    }

    private static void bound(@Nullable SSLSessionContext sessions) {
        if (sessions != null) {
            sessions.setSessionTimeout(SESSION_SECONDS);
            sessions.setSessionCacheSize(SESSIONS_MAX);
        }
    }

    SSLSocket accepted(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        tls.setSSLParameters(parameters());
        return tls;
    }

    /** The session cache goes by peer, not by address: several peers stand behind one relay. */
    SSLSocket dialled(Socket socket, PeerId expected) throws IOException {
        String cacheName = expected.keyDigest().hex();
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, cacheName, 1, true);
        tls.setUseClientMode(true);
        tls.setSSLParameters(parameters());
        return tls;
    }

    /**
     * Shakes hands and says whose key is at the other end.
     *
     * @param expected the only acceptable peer, or null for any the policy allows
     * @throws UnwantedKeyException if it is another's, or one that is not allowed
     */
    PeerId handshake(SSLSocket tls, @Nullable PeerId expected) throws IOException {
        try {
            tls.startHandshake();
        } catch (IOException failed) {
            if (isCertificateTrouble(failed)) {
                throw new UnwantedKeyException();
            }
            throw failed;
        }
        PeerId peer = PeerId.of(tls.getSession().getPeerCertificates()[0].getPublicKey());
        if (!PROTOCOL.equals(tls.getApplicationProtocol())) {
            throw new IOException("the other end speaks no line of ours");
        }
        if ((expected != null && !peer.equals(expected)) || !policy.allows(peer)) {
            tls.getSession().invalidate();
            throw new UnwantedKeyException();
        }
        return peer;
    }

    private static boolean isCertificateTrouble(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(new String[] {"TLS_AES_256_GCM_SHA384"}, new String[] {"TLSv1.3"});
        parameters.setNamedGroups(new String[] {"x25519", "secp256r1"});
        parameters.setSignatureSchemes(new String[] {"ecdsa_secp256r1_sha256"});
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** The key at the other end is not the one wanted. */
    static final class UnwantedKeyException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
