package trimaran.drills;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;

/** The smallest X.509 certificate (RFC 5280, 4.1) around a P-256 key: made here, so that the line's own code is not used against itself. */
final class ForgedCertificate {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    /** ecdsa-with-SHA256 (RFC 5758, 3.2). */
    private static final byte[] SIGNED_HOW = hex("300a06082a8648ce3d040302");

    private static final byte[] COMMON_NAME = hex("0603550403");

    private ForgedCertificate() {}

    static X509Certificate around(KeyPair keys) throws GeneralSecurityException {
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, ascii("stranger")))));
        byte[] validity = der(SEQUENCE, der(0x17, ascii("200101000000Z")), der(0x17, ascii("491231235959Z")));
        byte[] key = Objects.requireNonNull(keys.getPublic().getEncoded());
        byte[] body = der(SEQUENCE, der(0x02, new byte[] {1}), SIGNED_HOW, name, validity, name, key);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] whole = der(SEQUENCE, body, SIGNED_HOW, der(0x03, new byte[] {0}, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int size = content.size();
        if (size >= 0x100) {
            out.write(0x82);
            out.write(size >> 8);
        } else if (size >= 0x80) {
            out.write(0x81);
        }
        out.write(size);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
