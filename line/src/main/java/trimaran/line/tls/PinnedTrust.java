package trimaran.line.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import trimaran.line.PeerId;
import trimaran.line.PinPolicy;

/**
 * Trusts a key because the policy allows it, and for no other reason: no authority, no name, no date. That the other end
 * holds the key, TLS proves. A resumed handshake does not come by here: {@link TlsContext} asks the policy after each.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final PinPolicy policy;

    PinnedTrust(PinPolicy policy) {
        this.policy = policy;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !policy.allows(PeerId.of(chain[0].getPublicKey()))) {
            throw new CertificateException("this key is not allowed");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
