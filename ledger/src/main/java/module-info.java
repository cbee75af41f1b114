@org.jspecify.annotations.NullMarked
module trimaran.ledger {
    requires static transitive org.jspecify;
}
