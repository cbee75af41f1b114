/**
 * The invented demo hospital: house, staff and patients as FHIR R4 JSON, always the same for the same seed, size and day, all
 * marked as fictive. It only writes texts. It must never reach a record, a station, the disk, the network, a clock or
 * randomness of its own, and never name a person there is: it is given a seed and a time.
 */
@org.jspecify.annotations.NullMarked
module trimaran.hospital {
    requires static transitive org.jspecify;

    exports trimaran.hospital;
}
