package trimaran.kernel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 value (FIPS 180-4), 32 bytes. Also used for other 32-byte names: origins, salts, nonces. */
public final class Digest implements Comparable<Digest> {

    public static final int SIZE = 32;
    public static final Digest ZERO = new Digest(new byte[SIZE]);

    /** Copied, never fed: looking for a provider takes longer than the hash of a short text. */
    private static final MessageDigest FRESH = found();

    private final byte[] value;

    private Digest(byte[] value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException unless exactly 32 bytes are given */
    public static Digest of(byte[] value) {
        if (value.length != SIZE) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + value.length);
        }
        return new Digest(value.clone());
    }

    public static Digest ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** The hash of the concatenation of all parts. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest hash = hash();
        for (byte[] part : parts) {
            hash.update(part);
        }
        return new Digest(hash.digest());
    }

    public static Digest sha256(Bytes content) {
        return sha256(content.unsafeArray());
    }

    /** A fresh SHA-256, for callers that hash piece by piece. */
    public static MessageDigest hash() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", missing);
        }
    }

    private static MessageDigest found() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    public byte[] toArray() {
        return value.clone();
    }

    /** The bytes themselves, for hashing and writing only; the caller MUST NOT change them. */
    public byte[] unsafeArray() {
        return value;
    }

    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return (value[0] & 0xff) << 24 | (value[1] & 0xff) << 16 | (value[2] & 0xff) << 8 | (value[3] & 0xff);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(value, 0, 8);
    }
}
