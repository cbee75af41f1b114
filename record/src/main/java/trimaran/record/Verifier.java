package trimaran.record;

/** Checks signatures. Pure: the same key, message and signature always give the same answer. */
@FunctionalInterface
public interface Verifier {

    /** False for a wrong signature, a malformed key or a suite this verifier does not know; never throws for input. */
    boolean verify(PublicKey key, byte[] message, Signature signature);
}
