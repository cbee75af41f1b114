/**
 * What the mains of the three tiers share: wiring a keeper to the real clock, disk, network and store. It decides nothing, and knows no tier by name beyond what its main tells it.
 */
@org.jspecify.annotations.NullMarked
module trimaran.tier {
    requires static transitive org.jspecify;
    requires transitive trimaran.keeper;
    requires transitive trimaran.party;
    requires trimaran.backup;
    requires trimaran.store;

    exports trimaran.tier;
}
