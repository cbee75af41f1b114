package trimaran.ledger;

import trimaran.kernel.Bytes;

/** Verifies note signatures of one key that was configured as trusted. */
public interface NoteVerifier {

    VerifierKey key();

    /** Whether the signature, given as it follows the key id on its line, is this key's over the note text. */
    boolean verifies(String text, Bytes signature);

    /**
     * When the signature says it was made, in seconds since 1970 (UTC); 0 if it makes no statement of time. Meaningful only
     * of a signature that verifies.
     */
    long timestampSeconds(Bytes signature);
}
