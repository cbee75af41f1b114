package trimaran.shares;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.SecretBytes;

/**
 * AES-256-GCM (NIST SP 800-38D) under a key that seals exactly once. Because no key is used twice the nonce is always
 * zero: there is no counter to lose when a machine is rolled back. Whoever calls derives a fresh key from a fresh salt.
 */
public final class AuthenticatedEncryption {

    public static final int KEY_BYTES = 32;
    public static final int TAG_BYTES = 16;
    private static final byte[] ZERO_NONCE = new byte[12];

    private AuthenticatedEncryption() {}

    /** Writes ciphertext and tag, {@code count + TAG_BYTES} bytes, into the target. */
    public static void seal(
            SecretBytes onceKey, byte[] associatedData, byte[] plain, int count, byte[] target, int offset) {
        try {
            cipher(Cipher.ENCRYPT_MODE, onceKey, associatedData).doFinal(plain, 0, count, target, offset);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM sealing does not fail", impossible);
        }
    }

    /** The plaintext, or empty if key, associated data or any bit differ from what was sealed. */
    public static Optional<byte[]> open(SecretBytes onceKey, byte[] associatedData, byte[] sealed, int from, int to) {
        if (to - from < TAG_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, onceKey, associatedData).doFinal(sealed, from, to - from));
        } catch (AEADBadTagException altered) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM opening fails by its tag only", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretBytes key, byte[] associatedData) throws GeneralSecurityException {
        if (key.size() != KEY_BYTES) {
            throw new IllegalArgumentException("an AES-256 key has 32 bytes");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.expose(), "AES"), new GCMParameterSpec(TAG_BYTES * 8, ZERO_NONCE));
        cipher.updateAAD(associatedData);
        return cipher;
    }
}
