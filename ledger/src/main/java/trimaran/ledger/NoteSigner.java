package trimaran.ledger;

/** Signs checkpoints with one key, as a log or as a cosigner, and nothing else. */
public interface NoteSigner {

    VerifierKey key();

    /**
     * @param timestampSeconds the time the statement is made, in seconds since 1970 (UTC): as of then this is the largest
     *     consistent tree the signer has seen; 0 makes no statement of time
     */
    NoteSignature sign(Checkpoint checkpoint, long timestampSeconds);
}
