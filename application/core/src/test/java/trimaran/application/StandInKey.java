package trimaran.application;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.record.PublicKey;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.record.Verifier;

/** A keyed hash in place of a signature: quick, the same every time, and wrong for any other key or message. */
record StandInKey(PublicKey publicKey) implements Signer {

    static final Verifier VERIFIER = (key, message, signature) -> signature.equals(new StandInKey(key).sign(message));

    static StandInKey named(String name) {
        return new StandInKey(new PublicKey(
                Suite.STAND_IN, Bytes.of(Digest.sha256(Bytes.ofText(name)).toArray())));
    }

    @Override
    public Signature sign(byte[] message) {
        Digest value = Digest.sha256(publicKey.key().unsafeArray(), message);
        return new Signature(Suite.STAND_IN, Bytes.of(value.toArray()));
    }
}
