package trimaran.keeper.spi;

/** The maps of a keeper's store. What each holds, key and value byte by byte, stands in docs/formats.md. */
public enum Space {
    /** Header and place of each placed entry, by position. Only grows. */
    ENTRIES(false),
    /** Position of each placed entry, by entry digest. Only grows. */
    POSITIONS(false),
    /** Sealed bytes, by digest. Removed only by erasure. */
    BLOBS(false),
    /** Parts of each cell in order, by cell and sequence. Only grows. */
    CELLS(false),
    /** The cells of each patient, by identity cell and cell. Only grows. */
    SUBJECTS(false),
    /** The present version of each resource, by resource. Only grows. */
    VERSIONS(false),
    /** Merkle tree nodes, by level and index. Only grows. */
    TREE(false),
    /** The keeper's shares of each cell, under a file key per generation. */
    SHARES(true),
    /** Sealed shares kept for other keepers until they confirm. */
    ESCROW(true),
    /** The release ledger, by line number. Only grows. */
    LEDGER(false),
    /** Copies of the other tiers' ledgers, by tier and line number. Only grows. */
    LEDGER_COPIES(false),
    /** Entries held and not placed, by digest. */
    HELD(true),
    /** Annexes: lookup tokens and placement statements, by entry. Removed only by erasure. */
    ANNEXES(true),
    /** Lookup tokens, pointing to resources. Removed only by erasure. */
    TOKENS(true),
    /** Chunks of large blobs and headers before their entry comes, by digest. */
    STAGED(true),
    /** Small state: own checkpoint, format version, generation. */
    STATE(true);

    private final boolean removable;

    Space(boolean removable) {
        this.removable = removable;
    }

    /** Whether {@link Store.Change.Remove} is allowed here. */
    public boolean removable() {
        return removable;
    }
}
