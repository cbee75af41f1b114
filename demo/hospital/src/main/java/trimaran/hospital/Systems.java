package trimaran.hospital;

/** The systems of codes and identifiers the demonstration uses. */
final class Systems {

    static final String HL7 = "http://terminology.hl7.org/CodeSystem/";
    static final String ACT_REASON = HL7 + "v3-ActReason";
    static final String ACT_CODE = HL7 + "v3-ActCode";
    static final String LOINC = "http://loinc.org";
    static final String SNOMED = "http://snomed.info/sct";
    static final String CIM10 = "http://hl7.org/fhir/sid/icd-10";
    static final String ATC = "http://www.whocc.no/atc";
    static final String ROUTES = "http://standardterms.edqm.eu";
    static final String UCUM = "http://unitsofmeasure.org";
    static final String IDENTIFIER_TYPES = HL7 + "v2-0203";

    /** The French INS in its test namespace: whoever has a real one is never here. */
    static final String INS_TEST = "urn:oid:1.2.250.1.213.1.4.10";

    static final String IPP = "urn:trimaran:demo:ipp";
    static final String STAY = "urn:trimaran:demo:sejour";
    static final String ORDER = "urn:trimaran:demo:demande";
    static final String PLACE = "urn:trimaran:demo:lieu";
    static final String UNIT = "urn:trimaran:demo:uf";
    static final String HOUSE = "urn:trimaran:demo:etablissement";
    static final String STAFF = "urn:trimaran:demo:professionnel";
    static final String FUNCTION = "urn:trimaran:demo:fonction";
    static final String POLE = "urn:trimaran:demo:pole";

    /** Which of the four states an identity is in: provisoire, recuperee, validee, qualifiee (RNIV, EXI SI 07). */
    static final String IDENTITY_STATE = "urn:trimaran:identity-state";

    /** What is noted about an identity beside its state: homonyme, douteuse (RNIV, EXI SI 09). */
    static final String IDENTITY_ATTRIBUTE = "urn:trimaran:identity-attribute";

    /** When a patient who is present is expected to leave. */
    static final String EXPECTED_END = "urn:trimaran:expected-end";

    /** For when a dose was planned that was given or not. */
    static final String PLANNED_AT = "urn:trimaran:planned-at";

    /** Why a bed cannot be used, and until when. */
    static final String BED_NOTE = "urn:trimaran:bed-note";

    /** What a Flag warns of. */
    static final String FLAG = "urn:trimaran:flag";

    private Systems() {}
}
