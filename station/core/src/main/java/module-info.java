/**
 * The core of a station: what stands between the doors (web, FHIR, HL7, paper) and the hulls. It gives ids, places,
 * seals and signs what is written, keeps it in the outbox until a quorum covers it, opens cells from any two tiers and
 * keeps them as leased projections, and follows the head feeds. It never speaks a door's protocol, never touches a
 * socket, a file, a clock or a thread, never answers from something it could not verify, and never says "recorded"
 * before a quorum or two tiers hold it.
 */
@org.jspecify.annotations.NullMarked
module trimaran.station {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.ledger;
    requires transitive trimaran.record;
    requires transitive trimaran.line;
    requires transitive trimaran.cut;
    requires transitive trimaran.shares;
    requires transitive trimaran.seal;
    requires transitive trimaran.model;

    exports trimaran.station;
}
