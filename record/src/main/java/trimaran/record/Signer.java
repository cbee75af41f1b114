package trimaran.record;

/** A private signature key, wherever it lies: a file, a card, the simulator. */
public interface Signer {

    PublicKey publicKey();

    Signature sign(byte[] message);
}
