package trimaran.record;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;

/** Signature keys of this JDK, from and to the bytes that key files and statements hold. */
public final class JdkKeys {

    /** SubjectPublicKeyInfo of ML-DSA-44 up to the raw key (RFC 9881): the raw key of 1,312 bytes follows. */
    private static final byte[] ML_DSA_44_PREFIX =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    static final int ML_DSA_44_KEY_BYTES = 1312;

    private JdkKeys() {}

    /** A signer with its PKCS#8 bytes, for a key file. */
    public record Generated(Signer signer, SecretBytes pkcs8) {}

    public static Generated generate(Suite suite, SecureRandom random) {
        try {
            KeyPairGenerator generator = switch (suite) {
                case ML_DSA_44 -> KeyPairGenerator.getInstance("ML-DSA-44");
                case P256 -> KeyPairGenerator.getInstance("EC");
                case STAND_IN -> throw new IllegalArgumentException("no such suite outside the simulator");
            };
            if (suite == Suite.P256) {
                generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            } else {
                generator.initialize(NamedParameterSpec.ML_DSA_44, random);
            }
            KeyPair pair = generator.generateKeyPair();
            return new Generated(
                    signer(suite, pair.getPrivate(), pair.getPublic(), random),
                    SecretBytes.taking(encoded(pair.getPrivate())));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK lacks " + suite, missing);
        }
    }

    /**
     * A signer from a key file's PKCS#8 bytes and the public key that belongs to it.
     *
     * @throws MalformedException if these are not such a key
     */
    public static Signer signer(PublicKey publicKey, SecretBytes pkcs8, SecureRandom random) throws MalformedException {
        try {
            String algorithm = publicKey.suite() == Suite.P256 ? "EC" : "ML-DSA-44";
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8.expose()));
            return new JdkSigner(publicKey, key, random);
        } catch (GeneralSecurityException wrong) {
            throw new MalformedException("not a private key of suite " + publicKey.suite());
        }
    }

    static byte[] mlDsaEncoding(Bytes raw) throws GeneralSecurityException {
        if (raw.size() != ML_DSA_44_KEY_BYTES) {
            throw new GeneralSecurityException("an ML-DSA-44 key has 1312 bytes");
        }
        byte[] encoded = Arrays.copyOf(ML_DSA_44_PREFIX, ML_DSA_44_PREFIX.length + raw.size());
        System.arraycopy(raw.unsafeArray(), 0, encoded, ML_DSA_44_PREFIX.length, raw.size());
        return encoded;
    }

    private static byte[] encoded(Key key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalStateException("a key of this JDK has no encoding");
        }
        return encoded;
    }

    private static Signer signer(Suite suite, PrivateKey key, java.security.PublicKey publicKey, SecureRandom random) {
        byte[] encoded = encoded(publicKey);
        Bytes bytes = suite == Suite.ML_DSA_44
                ? Bytes.ofRange(encoded, ML_DSA_44_PREFIX.length, encoded.length)
                : Bytes.wrap(encoded);
        return new JdkSigner(new PublicKey(suite, bytes), key, random);
    }

    private record JdkSigner(PublicKey publicKey, PrivateKey key, SecureRandom random) implements Signer {

        @Override
        public Signature sign(byte[] message) {
            try {
                java.security.Signature signature = java.security.Signature.getInstance(
                        publicKey.suite() == Suite.P256 ? "SHA256withECDSA" : "ML-DSA-44");
                signature.initSign(key, random);
                signature.update(message);
                return new Signature(publicKey.suite(), Bytes.wrap(signature.sign()));
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException("cannot sign with this key", broken);
            }
        }

        @Override
        public String toString() {
            return "signer " + publicKey.id();
        }
    }
}
