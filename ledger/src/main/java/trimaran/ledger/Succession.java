package trimaran.ledger;

/**
 * How a head that is shown stands to the head a party last saw or cosigned for the same log (C2SP tlog-witness,
 * "add-checkpoint"). Only {@link #SAME} and {@link #EXTENDS} may be cosigned.
 */
public enum Succession {
    /** The same size and root. */
    SAME,
    /** A larger tree that begins with the known one, proven. */
    EXTENDS,
    /** A smaller tree. It may be honest and old; signing it would be signing a rollback. */
    SMALLER,
    /** The same size with another root: two contents for one index. Both signed heads together prove it to anyone. */
    FORKED,
    /** A larger tree whose proof does not prove that it begins with the known one, or is for other sizes. */
    UNPROVEN;

    public static Succession of(TreeHead known, TreeHead shown, ConsistencyProof proof) {
        if (shown.size() < known.size()) {
            return SMALLER;
        }
        if (shown.size() == known.size()) {
            return shown.root().equals(known.root()) ? SAME : FORKED;
        }
        return proof.proves(known, shown) ? EXTENDS : UNPROVEN;
    }

    public boolean mayBeCosigned() {
        return this == SAME || this == EXTENDS;
    }
}
