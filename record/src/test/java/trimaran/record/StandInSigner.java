package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/** A signer whose signature anybody could make: the hash of key and message. It protects nothing and costs nothing. */
record StandInSigner(PublicKey publicKey) implements Signer {

    static StandInSigner named(String name) {
        return new StandInSigner(new PublicKey(Suite.STAND_IN, Bytes.ofText("key of " + name)));
    }

    @Override
    public Signature sign(byte[] message) {
        return new Signature(Suite.STAND_IN, hash(publicKey, message));
    }

    static boolean verify(PublicKey key, byte[] message, Signature signature) {
        return key.suite() == signature.suite() && hash(key, message).equals(signature.value());
    }

    private static Bytes hash(PublicKey key, byte[] message) {
        return Bytes.wrap(Digest.sha256(key.key().unsafeArray(), message).toArray());
    }
}
