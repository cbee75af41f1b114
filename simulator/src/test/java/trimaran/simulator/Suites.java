package trimaran.simulator;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.NoteSuite;
import trimaran.record.JdkKeys;
import trimaran.record.JdkVerifier;
import trimaran.record.PublicKey;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.record.Verifier;

/** The signatures of one simulated hospital: stand-ins, so that a seed takes milliseconds, or the real ones. */
interface Suites {

    /** A key for statements or a session. */
    Signer signer(Entropy entropy);

    /** A key for a badge. */
    Signer badge(Entropy entropy);

    Verifier verifier();

    NoteSuite notes();

    /** Keyed hashes; whoever has no signer cannot sign, and that is all a simulated liar needs. */
    static Suites standIn() {
        return new StandIn();
    }

    /** ML-DSA-44 and P-256 of the JDK. */
    static Suites real() {
        return new Real();
    }

    /** A keyed hash verified by looking up the secret of a public key. */
    final class StandIn implements Suites, NoteSuite {

        private static final int SIZE_BYTES = 32;
        private static final int TYPE = 0xff;

        private final Map<Bytes, SecretBytes> secrets = new HashMap<>();

        @Override
        public Signer signer(Entropy entropy) {
            SigningKey key = signingKey(SecretBytes.random(entropy, SIZE_BYTES), entropy);
            PublicKey publicKey = new PublicKey(Suite.STAND_IN, key.publicKey());
            return new Signer() {
                @Override
                public PublicKey publicKey() {
                    return publicKey;
                }

                @Override
                public Signature sign(byte[] message) {
                    return new Signature(Suite.STAND_IN, key.sign(Bytes.of(message)));
                }
            };
        }

        @Override
        public Signer badge(Entropy entropy) {
            return signer(entropy);
        }

        @Override
        public Verifier verifier() {
            return (key, message, signature) -> {
                SecretBytes secret = secrets.get(key.key());
                return secret != null
                        && signature.suite() == Suite.STAND_IN
                        && keyed(secret, Bytes.of(message)).equals(signature.value());
            };
        }

        @Override
        public NoteSuite notes() {
            return this;
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int seedSizeBytes() {
            return SIZE_BYTES;
        }

        @Override
        public int publicKeySizeBytes() {
            return SIZE_BYTES;
        }

        @Override
        public int signatureSizeBytes() {
            return SIZE_BYTES;
        }

        @Override
        public SigningKey signingKey(SecretBytes seed, Entropy entropy) {
            Bytes publicKey =
                    Bytes.of(Digest.sha256(new byte[] {'p'}, seed.expose()).toArray());
            secrets.put(publicKey, seed);
            return new SigningKey() {
                @Override
                public Bytes publicKey() {
                    return publicKey;
                }

                @Override
                public Bytes sign(Bytes message) {
                    return keyed(seed, message);
                }
            };
        }

        @Override
        public MessageVerifier verifier(Bytes publicKey) throws MalformedException {
            SecretBytes seed = secrets.get(publicKey);
            if (seed == null) {
                throw new MalformedException("unknown stand-in key");
            }
            return (message, signature) -> keyed(seed, message).equals(signature);
        }

        private static Bytes keyed(SecretBytes seed, Bytes message) {
            return Bytes.of(Digest.sha256(seed.expose(), message.unsafeArray()).toArray());
        }
    }

    /** What parties use. */
    final class Real implements Suites {

        private final Verifier verifier = new JdkVerifier();

        @Override
        public Signer signer(Entropy entropy) {
            return JdkKeys.generate(Suite.ML_DSA_44, new Drawn(entropy)).signer();
        }

        @Override
        public Signer badge(Entropy entropy) {
            return JdkKeys.generate(Suite.P256, new Drawn(entropy)).signer();
        }

        @Override
        public Verifier verifier() {
            return verifier;
        }

        @Override
        public NoteSuite notes() {
            return MlDsa44.SUITE;
        }
    }

    /** The JDK's way of asking for randomness, answered from the seed. */
    final class Drawn extends SecureRandom {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // Never written anywhere.
        private final Entropy entropy;

        Drawn(Entropy entropy) {
            this.entropy = entropy;
        }

        @Override
        public void nextBytes(byte[] target) {
            entropy.fill(target);
        }
    }
}
