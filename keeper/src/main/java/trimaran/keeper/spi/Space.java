package trimaran.keeper.spi;

/** The maps of a keeper's store. What each holds, key and value byte by byte, stands in docs/formats.md. */
public enum Space {
    /** Header and place of each placed entry, by position. Only grows, but for a tail that is taken back. */
    ENTRIES(Removal.WITH_THE_TAIL),
    /** Position of each placed entry, by entry digest. Only grows, but for a tail that is taken back. */
    POSITIONS(Removal.WITH_THE_TAIL),
    /**
     * Sealed bytes of parts, by digest, and whatever is staged and not used yet, under a mark in {@link #STAGED}. What has a mark is
     * removed when nobody uses it, or once it was packed elsewhere; what an entry brought, only by erasure.
     */
    BLOBS(Removal.BY_ERASURE),
    /** Large headers, annexes and envelopes to be fetched by digest, each under the entry it belongs to, and gone with it. */
    PACKED(Removal.FREE),
    /** Parts of each cell in order, by cell and sequence. Only grows, but for a tail that is taken back. */
    CELLS(Removal.WITH_THE_TAIL),
    /** The cells of each patient, by identity cell and cell. Only grows, but for a tail that is taken back. */
    SUBJECTS(Removal.WITH_THE_TAIL),
    /** The present version of each resource, by resource. Only grows, but for a tail that is taken back. */
    VERSIONS(Removal.WITH_THE_TAIL),
    /** Merkle tree nodes, by level and index. Only grows, but for a tail that is taken back. */
    TREE(Removal.WITH_THE_TAIL),
    /** The keeper's shares of each cell, under a file key per generation. */
    SHARES(Removal.FREE),
    /** Sealed shares kept for other keepers until they confirm. */
    ESCROW(Removal.FREE),
    /** The release ledger, by line number. Only grows. */
    LEDGER(Removal.NEVER),
    /** Copies of the other tiers' ledgers, by tier and line number. Only grows. */
    LEDGER_COPIES(Removal.NEVER),
    /**
     * Which lines of the ledger and of the copies name a cell, by cell, tier and line, the newest first; and whose badge opened a
     * session that stands in a line. Only grows.
     */
    LEDGER_INDEX(Removal.NEVER),
    /** Entries held and not placed, by digest. */
    HELD(Removal.FREE),
    /** Annexes: lookup tokens and placement statements, by entry. Removed by erasure, or with a tail. */
    ANNEXES(Removal.BY_ERASURE_OR_WITH_THE_TAIL),
    /** Lookup tokens, pointing to resources. Removed by erasure, or with a tail. */
    TOKENS(Removal.BY_ERASURE_OR_WITH_THE_TAIL),
    /** Marks of large blobs and headers that wait among the blobs for their entry, by digest. */
    STAGED(Removal.FREE),
    /** Small state: own checkpoint, format version, generation. */
    STATE(Removal.FREE);

    /** How a key of a space may go. */
    private enum Removal {
        NEVER,
        FREE,
        BY_ERASURE,
        WITH_THE_TAIL,
        BY_ERASURE_OR_WITH_THE_TAIL
    }

    private final Removal removal;

    Space(Removal removal) {
        this.removal = removal;
    }

    /** Whether {@link Store.Change.Remove} is allowed here. */
    public boolean removable() {
        return removal == Removal.FREE;
    }

    /** Whether {@link Store.Change.Erase} is allowed here. */
    public boolean erasable() {
        return removal == Removal.BY_ERASURE || removal == Removal.BY_ERASURE_OR_WITH_THE_TAIL;
    }

    /** Whether {@link Store.Change.TakeBack} is allowed here: where all there is was derived from placed entries. */
    public boolean followsTheLog() {
        return removal == Removal.WITH_THE_TAIL || removal == Removal.BY_ERASURE_OR_WITH_THE_TAIL;
    }
}
