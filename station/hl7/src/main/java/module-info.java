/**
 * The HL7 v2 door of a station: MLLP in, messages after IHE PAM France, ORU and MDM turned into FHIR transactions for the
 * station core, an acknowledgement out once the record has acknowledged. What a message says is a fact of another system:
 * it is flagged where it is odd, and never refused by a rule of the hospital. It must never decide who may see or write
 * what, merge two patients, make a patient of a result, know a key or a tier, or tell its log what a message says.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // The 7 belongs to the standard's name.
module trimaran.station.hl7 {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.model;
    requires transitive trimaran.record;
    requires transitive trimaran.station;

    exports trimaran.station.hl7;
}
