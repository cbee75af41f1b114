package trimaran.hospital;

/** How far an identity is to be trusted (RNIV, EXI SI 07): whether the national service was asked, and a document seen. */
enum IdentityState {
    PROVISIONAL("provisoire", false),
    FETCHED("recuperee", true),
    VALIDATED("validee", false),
    QUALIFIED("qualifiee", true);

    private final String word;
    private final boolean hasIns;

    IdentityState(String word, boolean hasIns) {
        this.word = word;
        this.hasIns = hasIns;
    }

    String word() {
        return word;
    }

    /** Only who was asked for at the national service has an INS. */
    boolean hasIns() {
        return hasIns;
    }
}
