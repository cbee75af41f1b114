/**
 * What a tier's backup is on disk: how it is written, read back and checked, alone and offline. The record lies in one folder, the
 * shares in another. It must never open a cell, ask anybody for anything, or believe a manifest where a hash of the record can say.
 */
@org.jspecify.annotations.NullMarked
module trimaran.backup {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.record;
    requires transitive trimaran.shares;
    requires trimaran.ledger;
    requires transitive trimaran.line;

    exports trimaran.backup;
}
