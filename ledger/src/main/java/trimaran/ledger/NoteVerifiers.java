package trimaran.ledger;

import trimaran.kernel.MalformedException;

/** Which signature types a policy may name, and how each verifies. One type per role, so that no weaker one is ever offered. */
public interface NoteVerifiers {

    /** ML-DSA-44 for logs and cosigners: what every party uses. */
    NoteVerifiers ML_DSA_44 = of(MlDsa44.SUITE);

    /** @throws MalformedException if the key is not of a type that signs checkpoints as a log */
    NoteVerifier log(VerifierKey key) throws MalformedException;

    /** @throws MalformedException if the key is not of a cosignature type */
    NoteVerifier cosigner(VerifierKey key) throws MalformedException;

    /** One suite in both roles. */
    static NoteVerifiers of(NoteSuite suite) {
        return new NoteVerifiers() {
            @Override
            public NoteVerifier log(VerifierKey key) throws MalformedException {
                return Cosignature.verifier(key, suite);
            }

            @Override
            public NoteVerifier cosigner(VerifierKey key) throws MalformedException {
                return Cosignature.verifier(key, suite);
            }
        };
    }
}
