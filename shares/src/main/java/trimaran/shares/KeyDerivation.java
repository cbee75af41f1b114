package trimaran.shares;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;

/** Keys out of secrets: HKDF-SHA256 (RFC 5869) and HMAC-SHA256 (RFC 2104), as the JDK has them. */
public final class KeyDerivation {

    private KeyDerivation() {}

    /**
     * HKDF-SHA256, extract then expand.
     *
     * @param salt not secret; may be empty
     * @param info what the key is for, from {@link Domain#begin}
     */
    public static SecretBytes derive(SecretBytes secret, byte[] salt, byte[] info, int sizeBytes) {
        try {
            return SecretBytes.taking(KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret.expose())
                            .addSalt(salt)
                            .thenExpand(info, sizeBytes)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", missing);
        }
    }

    /** HMAC-SHA256 of the concatenation of all parts. */
    public static Digest authenticate(SecretBytes key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.expose(), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return Digest.of(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", missing);
        }
    }
}
