package trimaran.station.hl7;

/** Names this door gives to what FHIR has no name for. Whoever shows what it wrote reads them. */
public final class Vocabulary {

    private static final String OWN = "urn:trimaran:";

    /**
     * Patient: how far the identity can be trusted (RNIV, EXI SI 07), a code: {@code provisoire}, {@code recuperee},
     * {@code validee}, {@code qualifiee}. FR Core 2.2 has no code for the second and the fourth.
     */
    public static final String IDENTITY_STATE = OWN + "identity-state";

    /** Patient: {@code homonyme}, {@code douteuse} or {@code fictive} (RNIV, EXI SI 09), once for each. */
    public static final String IDENTITY_ATTRIBUTE = OWN + "identity-attribute";

    /** Encounter: one movement, with what it says inside; see {@link Movement}. */
    public static final String MOVEMENT = OWN + "movement";

    /** Person: a message that waits for its patient, as an attachment. */
    public static final String WAITING_MESSAGE = OWN + "waiting-message";

    /** The system of the codes below. */
    public static final String TASK_CODES = OWN + "task";

    /** Task in the house: two patients who may be one (<i>Identités à rapprocher</i>): focus and input. */
    public static final String IDENTITIES_TO_COMPARE = "identities-to-compare";

    /** Task in the house: a result or document that waits for its patient (<i>Résultats à rattacher</i>): focus is a Person. */
    public static final String RESULT_TO_ATTACH = "result-to-attach";

    /** Media type of a message (registered with HL7's ER7 encoding). */
    public static final String ER7 = "x-application/hl7-v2+er7";

    static final String INS_ROOT = "urn:oid:1.2.250.1.213.1.4.";
    static final String BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
    static final String INSEE = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code";
    static final String INSEE_CODES = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
    static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
    static final String ENCOUNTER_CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    static final String PLACE_KINDS = "http://terminology.hl7.org/CodeSystem/location-physical-type";
    static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

    private Vocabulary() {}

    /** The system of what an authority numbers that has no OID. */
    static String authority(String name) {
        return OWN + "authority:" + encoded(name);
    }

    /** The system of the places of a facility: {@code ward}, {@code ward/room}, {@code ward/room/bed}. */
    public static String places(String facility) {
        return OWN + "place:" + encoded(facility);
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
