/**
 * What a hospital hands to somebody who trusts nobody in it: the record's headers and places, the registry, the release ledgers of a
 * window, each under signatures, with a program that checks them. It asks the parties through lines it is given and writes into a
 * stream it is given; it must never ask for a blob, a share or a key, open a cell, or touch a socket, a file or a clock.
 */
@org.jspecify.annotations.NullMarked
module trimaran.evidence {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.line;
    requires transitive trimaran.record;
    requires trimaran.ledger;

    exports trimaran.evidence;
}
