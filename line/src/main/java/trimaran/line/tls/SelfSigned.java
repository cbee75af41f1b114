package trimaran.line.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import trimaran.kernel.Digest;
import trimaran.line.PeerId;

/**
 * A certificate around a P-256 key, because TLS carries keys in certificates only (RFC 5280; the JDK has no public API to
 * make one). It says nothing: one fixed name, and a validity from 2000 to the "no end" of RFC 5280, 4.1.2.5. Nobody reads
 * either: the key is pinned by the registry, which also ends it; a date here could only stop a hospital some night.
 */
final class SelfSigned {

    private static final byte[] VERSION_3 = Der.tagged(0xa0, Der.tagged(0x02, new byte[] {2}));
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.objectId("2a8648ce3d040302"));
    private static final byte[] NAME =
            Der.sequence(Der.tagged(0x31, Der.sequence(Der.objectId("550403"), Der.text(0x0c, "trimaran"))));
    private static final byte[] VALIDITY =
            Der.sequence(Der.text(0x17, "000101000000Z"), Der.text(0x18, "99991231235959Z"));
    /** Critical keyUsage: digitalSignature, all that TLS 1.3 asks of the key. */
    private static final byte[] KEY_USAGE = Der.sequence(
            Der.objectId("551d0f"), Der.tagged(0x01, new byte[] {-1}), Der.tagged(0x04, new byte[] {3, 2, 7, -128}));

    private static final byte[] EXTENSIONS = Der.tagged(0xa3, Der.sequence(KEY_USAGE));

    private SelfSigned() {}

    /** @throws GeneralSecurityException if the keys are no pair on P-256 */
    static X509Certificate certificate(PrivateKey signing, PublicKey key) throws GeneralSecurityException {
        byte[] keyInfo = PeerId.keyInfo(key);
        byte[] serial = Arrays.copyOf(Digest.sha256(keyInfo).unsafeArray(), 16);
        byte[] body = Der.sequence(
                VERSION_3,
                Der.tagged(0x02, new BigInteger(1, serial).toByteArray()),
                ECDSA_WITH_SHA256,
                NAME,
                VALIDITY,
                NAME,
                keyInfo,
                EXTENSIONS);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signing);
        signature.update(body);
        byte[] encoded = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        certificate.verify(key);
        return certificate;
    }
}
