/**
 * Everything that touches a cell's key: drawing it, gathering it from shares, sealing and opening the parts of an entry,
 * and the terms of a search. For stations and the application tier only; it must never be linked by a keeper, and it
 * never stores or sends anything.
 */
@org.jspecify.annotations.NullMarked
module trimaran.seal {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.shares;

    exports trimaran.seal;
}
