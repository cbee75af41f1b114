/**
 * What is written down: entries, places, approvals, held statements, registry statements and the pure functions every
 * reader folds them with. Formats and judgement only; it never talks, stores, seals or opens.
 */
@org.jspecify.annotations.NullMarked
module trimaran.record {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.ledger;

    exports trimaran.record;
}
