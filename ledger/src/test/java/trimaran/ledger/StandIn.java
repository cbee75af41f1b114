package trimaran.ledger;

import java.util.HashMap;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;

/**
 * A stand-in for ML-DSA in tests that need many signatures: a keyed hash, verified by looking up the secret of a public
 * key. It protects nothing outside one process.
 */
final class StandIn implements NoteSuite {

    private final Map<Bytes, SecretBytes> secrets = new HashMap<>();

    @Override
    public int type() {
        return 0xff;
    }

    @Override
    public int seedSizeBytes() {
        return 32;
    }

    @Override
    public int publicKeySizeBytes() {
        return 32;
    }

    @Override
    public int signatureSizeBytes() {
        return 32;
    }

    @Override
    public SigningKey signingKey(SecretBytes seed, Entropy entropy) {
        Bytes publicKey = Bytes.of(Digest.sha256(Bytes.ofText("public").unsafeArray(), seed.expose())
                .toArray());
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
