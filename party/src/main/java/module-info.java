/**
 * What the mains of all parties share: making and opening their own keys, reading their configuration and the founding
 * statement. It links no store and no keeper, so that the witness stays small.
 */
@org.jspecify.annotations.NullMarked
module trimaran.party {
    requires static transitive org.jspecify;
    requires transitive trimaran.line;
    requires transitive trimaran.process;
    requires transitive trimaran.shares;

    exports trimaran.party;
}
