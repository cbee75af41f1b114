/**
 * What an officer closes and opens again, for whoever has an officer before them: what there is to close, telling it to the tiers,
 * and the card that says what stops, what goes on and whom to call. The command line and the stations cut with it and in no
 * other way. It must never keep a badge, open a cell, judge whether a cut counts, which each party does by itself, or touch a
 * socket, a file or a clock.
 */
@org.jspecify.annotations.NullMarked
module trimaran.cut {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.record;
    requires transitive trimaran.line;

    exports trimaran.cut;
}
