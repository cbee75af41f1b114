package trimaran.record;

/** What a cell is for (keepers see this and no more). Order is the wire value. */
public enum CellKind {
    IDENTITY,
    DOSSIER,
    STAY,
    QUARTER,
    WARD,
    HOUSE,
    SEARCH;

    /** Whether the cell is about one patient, named by the cell of their identity. */
    public boolean ofPatient() {
        return this == IDENTITY || this == DOSSIER || this == STAY || this == QUARTER;
    }
}
