package trimaran.line.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import trimaran.line.PeerId;

class SelfSignedTest {

    @Test
    void theCertificateParsesAndIsSignedByItsOwnKey() throws Exception {
        KeyPair pair = TlsIdentity.generate();
        byte[] encoded =
                SelfSigned.certificate(pair.getPrivate(), pair.getPublic()).getEncoded();
        X509Certificate parsed = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        parsed.verify(pair.getPublic());
        assertThat(parsed.getEncoded()).isEqualTo(encoded);
        assertThat(parsed.getVersion()).isEqualTo(3);
        assertThat(parsed.getSubjectX500Principal()).hasToString("CN=trimaran");
        assertThat(parsed.getKeyUsage()[0]).isTrue();
        assertThat(parsed.getSerialNumber()).isPositive();
        assertThat(PeerId.of(parsed.getPublicKey())).isEqualTo(PeerId.of(pair.getPublic()));
    }

    @Test
    void theValidityEndsWithTheCalendar() throws Exception {
        KeyPair pair = TlsIdentity.generate();
        X509Certificate certificate = SelfSigned.certificate(pair.getPrivate(), pair.getPublic());
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void keysThatAreNoPairMakeNoIdentity() {
        KeyPair one = TlsIdentity.generate();
        KeyPair other = TlsIdentity.generate();
        assertThatThrownBy(() -> TlsIdentity.of(one.getPrivate(), other.getPublic()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void longContentsGetLongLengths() {
        assertThat(Der.tagged(4, new byte[127])).startsWith(4, 127).hasSize(129);
        assertThat(Der.tagged(4, new byte[128])).startsWith(4, 0x81, 128).hasSize(131);
        assertThat(Der.tagged(4, new byte[256])).startsWith(4, 0x82, 1, 0).hasSize(260);
        assertThatThrownBy(() -> Der.tagged(4, new byte[65536])).isInstanceOf(IllegalArgumentException.class);
    }
}
