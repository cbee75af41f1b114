package trimaran.station;

import java.security.GeneralSecurityException;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;

/** HMAC-SHA256 (RFC 2104), by which a tier recognises the requests of a session. */
final class Mac {

    private static final String ALGORITHM = "HmacSHA256";

    private Mac() {}

    static Digest sha256(SecretBytes key, byte[] message) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.expose(), ALGORITHM));
            return Digest.of(mac.doFinal(message));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", missing);
        }
    }
}
