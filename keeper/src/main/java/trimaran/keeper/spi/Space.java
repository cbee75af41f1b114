package trimaran.keeper.spi;

/** The maps of a keeper's store. What each holds, key and value byte by byte, stands in docs/formats.md. */
public enum Space {
    /** Header and place of each placed entry, by position. Only grows. */
    ENTRIES(Removal.NEVER),
    /** Position of each placed entry, by entry digest. Only grows. */
    POSITIONS(Removal.NEVER),
    /** Sealed bytes, by digest. Removed only by erasure. */
    BLOBS(Removal.BY_ERASURE),
    /** Parts of each cell in order, by cell and sequence. Only grows. */
    CELLS(Removal.NEVER),
    /** The cells of each patient, by identity cell and cell. Only grows. */
    SUBJECTS(Removal.NEVER),
    /** The present version of each resource, by resource. Only grows. */
    VERSIONS(Removal.NEVER),
    /** Merkle tree nodes, by level and index. Only grows. */
    TREE(Removal.NEVER),
    /** The keeper's shares of each cell, under a file key per generation. */
    SHARES(Removal.FREE),
    /** Sealed shares kept for other keepers until they confirm. */
    ESCROW(Removal.FREE),
    /** The release ledger, by line number. Only grows. */
    LEDGER(Removal.NEVER),
    /** Copies of the other tiers' ledgers, by tier and line number. Only grows. */
    LEDGER_COPIES(Removal.NEVER),
    /** Entries held and not placed, by digest. */
    HELD(Removal.FREE),
    /** Annexes: lookup tokens and placement statements, by entry. Removed only by erasure. */
    ANNEXES(Removal.BY_ERASURE),
    /** Lookup tokens, pointing to resources. Removed only by erasure. */
    TOKENS(Removal.BY_ERASURE),
    /** Chunks of large blobs and headers before their entry comes, by digest. */
    STAGED(Removal.FREE),
    /** Small state: own checkpoint, format version, generation. */
    STATE(Removal.FREE);

    /** How a key of a space may go. */
    private enum Removal {
        NEVER,
        FREE,
        BY_ERASURE
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
        return removal == Removal.BY_ERASURE;
    }
}
