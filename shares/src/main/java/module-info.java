/**
 * What every keeper needs to hold its two shares of a cell: checking them against their commitments, taking them out of
 * a sealed envelope, storing them under a key that can be destroyed, refreshing them, and answering lookups. It must
 * never put three shares together, hold a cell's key or open content: that is {@code trimaran.seal}, which keepers do
 * not link.
 */
@org.jspecify.annotations.NullMarked
module trimaran.shares {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;

    exports trimaran.shares;
}
