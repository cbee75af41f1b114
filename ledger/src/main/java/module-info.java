/**
 * The record's tree and its signed heads, in the C2SP formats to the byte: RFC 6962 hashes and proofs, tiles, signed
 * notes, checkpoints, cosignatures and the policy file. It stores nothing itself, knows no entry's content, and never
 * reads a clock, opens a file or a socket, or decides whether an entry is valid.
 */
@org.jspecify.annotations.NullMarked
module trimaran.ledger {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;

    exports trimaran.ledger;
}
