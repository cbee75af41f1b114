/**
 * Whose data a fallen party could have read: a fold of the record's headers and of the release ledgers into a list of patients
 * (DESIGN §2), read through whoever asks the tiers for it. It sees what keepers see, cells, sessions, times, and no name of anybody.
 * It must never open a cell, believe a ledger of the party that fell where another has it, or touch a socket, a file or a clock.
 */
@org.jspecify.annotations.NullMarked
module trimaran.exposure {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.record;
    requires transitive trimaran.line;

    exports trimaran.exposure;
}
