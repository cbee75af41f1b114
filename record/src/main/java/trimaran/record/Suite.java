package trimaran.record;

import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** The signature scheme of one signed object, one byte on the wire. */
public enum Suite {
    /** ML-DSA-44 (FIPS 204): sessions, approvals, held statements. Raw public key of 1,312 bytes. */
    ML_DSA_44(1),
    /** ECDSA P-256 with SHA-256: badges. Public key as SubjectPublicKeyInfo. */
    P256(2),
    /** A keyed hash standing in for a signature; only the simulator's verifier knows it. */
    STAND_IN(255);

    private final int number;

    Suite(int number) {
        this.number = number;
    }

    public void write(Writer writer) {
        writer.u8(number);
    }

    public static Suite read(Reader reader) throws MalformedException {
        int number = reader.u8();
        for (Suite suite : values()) {
            if (suite.number == number) {
                return suite;
            }
        }
        throw new MalformedException("unknown signature suite " + number);
    }
}
