/**
 * A keeper: one tier's copy of the record, its shares, its release ledger, its held set, its sessions, and the answers it
 * gives. It checks everybody itself and takes no other tier's word. It never opens a cell, parses a resource, or links
 * anything that could.
 */
@org.jspecify.annotations.NullMarked
module trimaran.keeper {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.ledger;
    requires transitive trimaran.record;
    requires transitive trimaran.line;
    requires transitive trimaran.shares;

    exports trimaran.keeper;
    exports trimaran.keeper.spi;
}
