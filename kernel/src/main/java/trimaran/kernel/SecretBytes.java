package trimaran.kernel;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Key material: compares in constant time, prints nothing, can be wiped. What it holds comes out only through
 * {@link #expose}, a name one can search for.
 */
public final class SecretBytes {

    private final byte[] content;

    private SecretBytes(byte[] content) {
        this.content = content;
    }

    /** Takes the array over; the caller MUST NOT keep it. */
    public static SecretBytes taking(byte[] content) {
        return new SecretBytes(content);
    }

    public static SecretBytes random(Entropy entropy, int size) {
        return new SecretBytes(entropy.bytes(size));
    }

    public int size() {
        return content.length;
    }

    /** The bytes themselves; the caller MUST NOT change or keep them. */
    public byte[] expose() {
        return content;
    }

    /** The exclusive or of two secrets of one length, as shares are combined. */
    public SecretBytes xor(SecretBytes other) {
        if (content.length != other.content.length) {
            throw new IllegalArgumentException("secrets of different lengths");
        }
        byte[] result = new byte[content.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (content[i] ^ other.content[i]);
        }
        return new SecretBytes(result);
    }

    /** Overwrites the bytes. The JVM may have moved copies; this shortens their life, it proves nothing. */
    public void wipe() {
        Arrays.fill(content, (byte) 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(content, that.content);
    }

    @Override
    public int hashCode() {
        return content.length;
    }

    @Override
    public String toString() {
        return "secret of " + content.length + " bytes";
    }
}
