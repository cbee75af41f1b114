/**
 * The witness: signs last, over two tiers, that one tree grew and was never rewritten. It sees sizes and roots, keeps a page of
 * state, and holds no entry.
 */
@org.jspecify.annotations.NullMarked
module trimaran.witness {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.ledger;
    requires transitive trimaran.record;
    requires transitive trimaran.line;
    requires trimaran.party;

    exports trimaran.witness;
}
