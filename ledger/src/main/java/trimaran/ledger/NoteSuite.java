package trimaran.ledger;

import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;

/** A signature algorithm for cosignatures. Parties use {@link MlDsa44}; a simulator may bring a cheap stand-in. */
public interface NoteSuite {

    /** The signature type identifier byte of C2SP signed-note. Stand-ins use 0xff. */
    int type();

    int seedSizeBytes();

    int publicKeySizeBytes();

    int signatureSizeBytes();

    /**
     * The key pair of a seed, always the same for the same seed.
     *
     * @param entropy hedges each signature
     */
    SigningKey signingKey(SecretBytes seed, Entropy entropy);

    /** @throws MalformedException if these bytes are no public key of this suite */
    MessageVerifier verifier(Bytes publicKey) throws MalformedException;

    /** A private key that signs messages. */
    interface SigningKey {

        Bytes publicKey();

        Bytes sign(Bytes message);
    }

    /** A public key that verifies messages. Any signature bytes are answered, never thrown at. */
    @FunctionalInterface
    interface MessageVerifier {
        boolean verifies(Bytes message, Bytes signature);
    }
}
