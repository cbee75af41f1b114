package trimaran.record;

/** What a cell is for (keepers see this and no more). Order is the wire value. */
public enum CellKind {
    IDENTITY,
    DOSSIER,
    STAY,
    QUARTER,
    WARD,
    HOUSE,
    /** Its K keys the first step of a lookup token; opened by stations, never released to application, never rolled. */
    SEARCH,
    /** Its three shares are the secrets s1, s2, s3 of the second step; never released to anybody, never refreshed. */
    LOOKUP,
    /**
     * Holds a key and no part: a later key of another cell, its subject, drawn because the one before was released to a party that
     * fell (DESIGN §6 After a fall). It is split, sealed, released and refreshed as any cell.
     */
    KEY;

    /** Whether a cell of this kind may be given a later key; those lookups are made with are replaced as a whole. */
    public boolean mayRoll() {
        return this != SEARCH && this != LOOKUP && this != KEY;
    }

    /** Whether the cell is about one patient, named by the cell of their identity. */
    public boolean ofPatient() {
        return this == IDENTITY || this == DOSSIER || this == STAY || this == QUARTER;
    }
}
