package trimaran.line.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import trimaran.line.PeerId;

/**
 * The P-256 key a party proves itself with on its lines, and the certificate it travels in. Only the keys are kept on
 * disk; the certificate is made again at each start.
 */
public final class TlsIdentity {

    private final PrivateKey signing;
    private final X509Certificate certificate;

    private TlsIdentity(PrivateKey signing, X509Certificate certificate) {
        this.signing = signing;
        this.certificate = certificate;
    }

    /** @throws GeneralSecurityException if the keys are no pair on P-256 */
    public static TlsIdentity of(PrivateKey signing, PublicKey key) throws GeneralSecurityException {
        return new TlsIdentity(signing, SelfSigned.certificate(signing, key));
    }

    /** A new key pair, for a party that founds, joins or enrols. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has P-256", missing);
        }
    }

    public PeerId peerId() {
        return PeerId.of(certificate.getPublicKey());
    }

    PrivateKey signing() {
        return signing;
    }

    X509Certificate certificate() {
        return certificate;
    }
}
