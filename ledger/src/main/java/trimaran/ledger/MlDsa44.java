package trimaran.ledger;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;

/**
 * ML-DSA-44 (FIPS 204), pure, with an empty context, hedged: what C2SP asks of new logs and cosigners. Public keys are the
 * raw 1,312 bytes; a private key is its 32-byte seed, from which every JDK derives the same key.
 */
public final class MlDsa44 implements NoteSuite {

    public static final MlDsa44 SUITE = new MlDsa44();

    private static final String ALGORITHM = "ML-DSA-44";
    private static final int SEED_BYTES = 32;
    private static final int PUBLIC_KEY_BYTES = 1312;
    private static final int SIGNATURE_BYTES = 2420;

    /** What stands before the raw key in its X.509 form: identifier 2.16.840.1.101.3.4.3.17 and a bit string (RFC 9881). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private MlDsa44() {}

    @Override
    public int type() {
        return 0x06;
    }

    @Override
    public int seedSizeBytes() {
        return SEED_BYTES;
    }

    @Override
    public int publicKeySizeBytes() {
        return PUBLIC_KEY_BYTES;
    }

    @Override
    public int signatureSizeBytes() {
        return SIGNATURE_BYTES;
    }

    @Override
    public SigningKey signingKey(SecretBytes seed, Entropy entropy) {
        if (seed.size() != SEED_BYTES) {
            throw new IllegalArgumentException("an ML-DSA seed has 32 bytes, not " + seed.size());
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(-1, new EntropyRandom(target -> fillFromSeed(target, seed)));
            return new Key(generator.generateKeyPair(), entropy);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has ML-DSA-44 from 24 on", missing);
        }
    }

    @Override
    public MessageVerifier verifier(Bytes publicKey) throws MalformedException {
        PublicKey key = ofRaw(publicKey);
        return (message, signature) -> verifies(key, message, signature);
    }

    /** The JDK's form of a raw public key. */
    public static PublicKey ofRaw(Bytes publicKey) throws MalformedException {
        if (publicKey.size() != PUBLIC_KEY_BYTES) {
            throw new MalformedException("an ML-DSA-44 public key has 1312 bytes, not " + publicKey.size());
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + PUBLIC_KEY_BYTES);
        System.arraycopy(publicKey.unsafeArray(), 0, encoded, X509_PREFIX.length, PUBLIC_KEY_BYTES);
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException refused) {
            throw new MalformedException("not an ML-DSA-44 public key");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has ML-DSA-44 from 24 on", missing);
        }
    }

    /** The raw form of one of the JDK's ML-DSA-44 public keys. */
    public static Bytes raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int end = X509_PREFIX.length + PUBLIC_KEY_BYTES;
        if (encoded == null
                || encoded.length != end
                || !Arrays.equals(encoded, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length)) {
            throw new IllegalArgumentException("not an ML-DSA-44 public key");
        }
        return Bytes.ofRange(encoded, X509_PREFIX.length, end);
    }

    private static void fillFromSeed(byte[] target, SecretBytes seed) {
        // Key generation draws the seed of FIPS 204, algorithm 1, once. Anything else would make another key.
        if (target.length != SEED_BYTES) {
            throw new IllegalStateException("key generation drew " + target.length + " bytes, not 32");
        }
        System.arraycopy(seed.expose(), 0, target, 0, SEED_BYTES);
    }

    private static boolean verifies(PublicKey key, Bytes message, Bytes signature) {
        if (signature.size() != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance(ALGORITHM);
            verification.initVerify(key);
            verification.update(message.unsafeArray());
            return verification.verify(signature.unsafeArray());
        } catch (SignatureException refused) {
            return false;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the JDK has ML-DSA-44 from 24 on", broken);
        }
    }

    private static final class Key implements SigningKey {

        private final PrivateKey secret;
        private final Bytes publicKey;
        private final EntropyRandom random;

        Key(KeyPair pair, Entropy entropy) {
            secret = pair.getPrivate();
            publicKey = raw(pair.getPublic());
            random = new EntropyRandom(entropy);
        }

        @Override
        public Bytes publicKey() {
            return publicKey;
        }

        @Override
        public Bytes sign(Bytes message) {
            try {
                Signature signing = Signature.getInstance(ALGORITHM);
                signing.initSign(secret, random);
                signing.update(message.unsafeArray());
                return Bytes.wrap(signing.sign());
            } catch (InvalidKeyException | SignatureException broken) {
                throw new IllegalStateException("an ML-DSA-44 key that does not sign", broken);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("the JDK has ML-DSA-44 from 24 on", missing);
            }
        }
    }
}
