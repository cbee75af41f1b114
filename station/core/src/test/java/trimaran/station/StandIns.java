package trimaran.station;

import java.util.HashMap;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.NoteSuite;
import trimaran.record.PublicKey;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.record.Verifier;

/** Keyed hashes in place of signatures, for notes and for the record: they protect nothing outside one process. */
final class StandIns implements NoteSuite, Verifier {

    private final Map<Bytes, SecretBytes> secrets = new HashMap<>();
    private int verifications;

    /** A signer by name. */
    Signer signer(String name) {
        SecretBytes seed = SecretBytes.taking(Digest.sha256(Bytes.ofText(name)).toArray());
        SigningKey key = signingKey(seed, target -> {});
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return new PublicKey(Suite.STAND_IN, key.publicKey());
            }

            @Override
            public Signature sign(byte[] message) {
                return new Signature(Suite.STAND_IN, key.sign(Bytes.of(message)));
            }
        };
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, Signature signature) {
        verifications++;
        SecretBytes seed = secrets.get(key.key());
        return seed != null
                && signature.suite() == Suite.STAND_IN
                && keyed(seed, Bytes.of(message)).equals(signature.value());
    }

    int verifications() {
        return verifications;
    }

    @Override
    public int type() {
        return 0xff;
    }

    @Override
    public int seedSizeBytes() {
        return Digest.SIZE;
    }

    @Override
    public int publicKeySizeBytes() {
        return Digest.SIZE;
    }

    @Override
    public int signatureSizeBytes() {
        return Digest.SIZE;
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
        return (message, signature) -> {
            verifications++;
            return keyed(seed, message).equals(signature);
        };
    }

    private static Bytes keyed(SecretBytes seed, Bytes message) {
        return Bytes.of(Digest.sha256(seed.expose(), message.unsafeArray()).toArray());
    }
}
