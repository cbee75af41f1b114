/** The access tier: the keeper nearest to the stations. It keeps, releases and cosigns, and decides nothing more. */
@org.jspecify.annotations.NullMarked
module trimaran.access {
    requires static transitive org.jspecify;
    requires trimaran.tier;

    exports trimaran.access;
}
