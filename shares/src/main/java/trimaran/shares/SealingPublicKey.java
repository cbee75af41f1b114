package trimaran.shares;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KEM;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * The public half of a sealing key, a keeper's of one generation or a ward badge's: an ML-KEM-768 encapsulation key (FIPS 203) in its raw
 * encoding of 1184 bytes. Checked when made (FIPS 203 §7.2), so every value is usable.
 */
public final class SealingPublicKey {

    public static final int SIZE_BYTES = 1184;

    /** SubjectPublicKeyInfo of ML-KEM-768 (RFC 9935) up to the raw key. */
    private static final Bytes HEADER = Bytes.ofHex("308204b2300b0609608648016503040402038204a100");

    private final Bytes raw;
    private final PublicKey key;

    private SealingPublicKey(Bytes raw, PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    public static SealingPublicKey of(Bytes raw) throws MalformedException {
        if (raw.size() != SIZE_BYTES) {
            throw new MalformedException("an ML-KEM-768 public key has 1184 bytes");
        }
        byte[] encoded = new Writer(SIZE_BYTES + HEADER.size())
                .raw(HEADER.unsafeArray())
                .raw(raw.unsafeArray())
                .toArray();
        try {
            var key = KeyFactory.getInstance("ML-KEM-768").generatePublic(new X509EncodedKeySpec(encoded));
            // Making an encapsulator is what checks the coefficients.
            KEM.getInstance("ML-KEM").newEncapsulator(key);
            return new SealingPublicKey(raw, key);
        } catch (GeneralSecurityException refused) {
            throw new MalformedException("not an ML-KEM-768 public key");
        }
    }

    public Bytes raw() {
        return raw;
    }

    public static SealingPublicKey read(Reader reader) throws MalformedException {
        return of(Bytes.wrap(reader.raw(SIZE_BYTES)));
    }

    public void write(Writer writer) {
        writer.raw(raw.unsafeArray());
    }

    /**
     * A fresh secret, to be wiped by whoever asked, and what only the private half gets it from.
     *
     * @param encapsulation 1088 bytes
     */
    public record Encapsulated(Bytes encapsulation, SecretBytes secret) {}

    public Encapsulated encapsulate(Entropy entropy) {
        try {
            KEM.Encapsulated fresh = KEM.getInstance("ML-KEM")
                    .newEncapsulator(key, new EntropyRandom(entropy))
                    .encapsulate();
            return new Encapsulated(
                    Bytes.wrap(fresh.encapsulation()), SecretBytes.taking(SealingKeyPair.encoded(fresh.key())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a checked ML-KEM-768 key encapsulates", impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealingPublicKey that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return "sealing key " + raw;
    }
}
