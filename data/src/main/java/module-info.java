/**
 * The data tier: a keeper that also places. It puts approved entries in order, gathers cosignatures, and beats. It opens
 * nothing and links nothing that could.
 */
@org.jspecify.annotations.NullMarked
module trimaran.data {
    requires static transitive org.jspecify;
    requires transitive trimaran.keeper;
    requires trimaran.tier;

    exports trimaran.data;
}
