package trimaran.shares;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;

/**
 * A keeper's key of one generation, to which authors seal its pairs: ML-KEM-768 (FIPS 203). The private half goes into
 * key files as PKCS#8; the public half is inside it, so one file is enough.
 */
public final class SealingKeyPair {

    /** The expanded decapsulation key of FIPS 203: secret, 1152 bytes; public, 1184; its hash, 32; rejection seed, 32. */
    private static final int PRIVATE_BYTES = 2400;

    private static final int PUBLIC_AT = 1152;
    private static final int HASH_AT = PUBLIC_AT + SealingPublicKey.SIZE_BYTES;
    private static final int HASH_BYTES = 32;

    private final SealingPublicKey publicKey;
    private final PrivateKey privateKey;
    private final KEM.Decapsulator decapsulator;

    private SealingKeyPair(SealingPublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.decapsulator = KEM.getInstance("ML-KEM").newDecapsulator(privateKey);
    }

    public static SealingKeyPair generate(Entropy entropy) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM-768");
            generator.initialize(NamedParameterSpec.ML_KEM_768, new EntropyRandom(entropy));
            KeyPair pair = generator.generateKeyPair();
            byte[] encoded = encoded(pair.getPublic());
            Bytes raw = Bytes.ofRange(encoded, encoded.length - SealingPublicKey.SIZE_BYTES, encoded.length);
            return new SealingKeyPair(SealingPublicKey.of(raw), pair.getPrivate());
        } catch (GeneralSecurityException | MalformedException missing) {
            throw new IllegalStateException("JDK 25 has ML-KEM-768", missing);
        }
    }

    /** Reads what {@link #pkcs8} gave; refused if public half and hash inside do not agree (FIPS 203 §7.3). */
    public static SealingKeyPair ofPkcs8(SecretBytes pkcs8) throws MalformedException {
        byte[] encoded = pkcs8.expose();
        if (encoded.length < PRIVATE_BYTES) {
            throw new MalformedException("not an expanded ML-KEM-768 private key");
        }
        byte[] expanded = Arrays.copyOfRange(encoded, encoded.length - PRIVATE_BYTES, encoded.length);
        try {
            byte[] raw = Arrays.copyOfRange(expanded, PUBLIC_AT, HASH_AT);
            byte[] hash = Arrays.copyOfRange(expanded, HASH_AT, HASH_AT + HASH_BYTES);
            if (!Arrays.equals(MessageDigest.getInstance("SHA3-256").digest(raw), hash)) {
                throw new MalformedException("the public half of the private key is damaged");
            }
            PrivateKey key = KeyFactory.getInstance("ML-KEM-768").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SealingKeyPair(SealingPublicKey.of(Bytes.wrap(raw)), key);
        } catch (GeneralSecurityException refused) {
            throw new MalformedException("not an ML-KEM-768 private key");
        } finally {
            Arrays.fill(expanded, (byte) 0);
        }
    }

    public SealingPublicKey publicKey() {
        return publicKey;
    }

    /** The private half as PKCS#8, for a key file under a password or a generation's file key. */
    public SecretBytes pkcs8() {
        return SecretBytes.taking(encoded(privateKey));
    }

    /** Any 1088 bytes give some secret (implicit rejection): a wrong one shows only when the envelope does not open. */
    public Optional<SecretBytes> decapsulate(byte[] encapsulation) {
        try {
            return Optional.of(SecretBytes.taking(encoded(decapsulator.decapsulate(encapsulation))));
        } catch (DecapsulateException refused) {
            return Optional.empty();
        }
    }

    static byte[] encoded(Key key) {
        return Objects.requireNonNull(key.getEncoded(), "keys of the JDK's own providers have an encoding");
    }

    @Override
    public String toString() {
        return "key pair of " + publicKey;
    }
}
