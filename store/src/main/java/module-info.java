/**
 * The keeper's store on RocksDB, one column family for each space. It never looks into what it keeps, never decides
 * anything, and answers with a failure rather than with bytes it cannot vouch for.
 */
@org.jspecify.annotations.NullMarked
module trimaran.store {
    requires static transitive org.jspecify;
    requires transitive trimaran.keeper;
    requires rocksdbjni;

    exports trimaran.store;
}
