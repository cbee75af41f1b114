package trimaran.application;

import static trimaran.line.message.Draft.Action.CREATE;
import static trimaran.line.message.Draft.Action.DELETE;
import static trimaran.line.message.Draft.Action.UPDATE;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;

/**
 * Which role may do what to which type: the one table. A session may do what any of its roles may, and what its scopes
 * say in SMART's words ({@code system/*.cruds}, {@code system/Observation.cu}; SMART App Launch 2.2, Scopes).
 */
public final class Roles {

    private static final Set<Draft.Action> ALL = Set.of(CREATE, UPDATE, DELETE);
    private static final Set<Draft.Action> WRITE = Set.of(CREATE, UPDATE);

    private static final Set<String> IDENTITY = Set.of("Patient", "RelatedPerson", "Coverage", "Person");
    private static final Set<String> MOVEMENT = Set.of("Encounter", "Trimaran.Bed", "EpisodeOfCare");
    private static final Set<String> PLANNING = Set.of("Appointment", "AppointmentResponse", "Schedule", "Slot");
    private static final Set<String> BILLING = Set.of(
            "Account",
            "ChargeItem",
            "Claim",
            "ClaimResponse",
            "CoverageEligibilityRequest",
            "CoverageEligibilityResponse",
            "ExplanationOfBenefit",
            "Invoice");

    /** What is observed, said and done at the bed. */
    private static final Set<String> CARE = Set.of(
            "AllergyIntolerance",
            "CarePlan",
            "CareTeam",
            "Communication",
            "CommunicationRequest",
            "Composition",
            "Consent",
            "DetectedIssue",
            "DeviceUseStatement",
            "DocumentManifest",
            "DocumentReference",
            "Flag",
            "Goal",
            "List",
            "Media",
            "MedicationAdministration",
            "MedicationStatement",
            "Observation",
            "Procedure",
            "Provenance",
            "Questionnaire",
            "QuestionnaireResponse",
            "Task");

    /** What takes a physician's judgement. */
    private static final Set<String> MEDICAL = Set.of(
            "AdverseEvent",
            "ClinicalImpression",
            "Condition",
            "DiagnosticReport",
            "FamilyMemberHistory",
            "ImagingStudy",
            "Immunization",
            "ImmunizationRecommendation",
            "RiskAssessment");

    private static final Set<String> ORDERS = Set.of(
            "DeviceRequest",
            "ImmunizationRecommendation",
            "MedicationRequest",
            "NutritionOrder",
            "RequestGroup",
            "ServiceRequest",
            "VisionPrescription");

    private static final Set<String> RESULTS =
            Set.of("BodyStructure", "DiagnosticReport", "ImagingStudy", "Media", "Observation", "Specimen");
    private static final Set<String> PHARMACY = Set.of("MedicationDispense", "MedicationStatement", "SupplyDelivery");

    /** What all share: the hospital itself and its catalogues. */
    private static final Set<String> HOUSE = Set.of(
            "ActivityDefinition",
            "Device",
            "Endpoint",
            "HealthcareService",
            "Location",
            "Medication",
            "MedicationKnowledge",
            "Organization",
            "PlanDefinition",
            "Practitioner",
            "PractitionerRole",
            "Questionnaire",
            "Substance");

    private record Row(String role, Set<Draft.Action> actions, Set<String> types) {}

    private static final List<Row> TABLE = List.of(
            new Row("nurse", ALL, CARE),
            new Row("nurse", WRITE, MOVEMENT),
            new Row("nurse", Set.of(CREATE), Set.of("Patient", "Specimen", "Immunization")),
            new Row("nurse", Set.of(UPDATE), Set.of("ServiceRequest", "NutritionOrder")),
            // Beds are cleaned, blocked and freed by the ward itself.
            new Row("nurse", Set.of(UPDATE), Set.of("Location")),
            new Row("physician", ALL, CARE),
            new Row("physician", ALL, MEDICAL),
            new Row("physician", ALL, ORDERS),
            new Row("physician", WRITE, RESULTS),
            new Row("physician", WRITE, MOVEMENT),
            new Row("physician", WRITE, PLANNING),
            new Row("physician", Set.of(CREATE), Set.of("Patient")),
            new Row("clerk", ALL, IDENTITY),
            new Row("clerk", ALL, MOVEMENT),
            new Row("clerk", ALL, PLANNING),
            new Row("clerk", ALL, BILLING),
            // A doubtful identity is left to be compared by whoever admits.
            new Row("clerk", WRITE, Set.of("DocumentReference", "Consent", "Task")),
            // Identities and stays that nobody approved are a clerk's to review.
            new Row("clerk", Set.of(CREATE), Set.of("Provenance")),
            new Row("laboratory", ALL, RESULTS),
            new Row("laboratory", WRITE, Set.of("ServiceRequest", "Task", "DocumentReference")),
            new Row("pharmacist", ALL, PHARMACY),
            new Row("pharmacist", WRITE, Set.of("Medication", "Communication", "DetectedIssue", "Task")),
            new Row("pharmacist", Set.of(UPDATE), Set.of("MedicationRequest")),
            new Row("officer", ALL, HOUSE),
            // A connector carries what other systems say; it takes nothing back, it says it anew.
            new Row("connector", WRITE, IDENTITY),
            new Row("connector", WRITE, MOVEMENT),
            new Row("connector", WRITE, PLANNING),
            new Row("connector", WRITE, RESULTS),
            new Row("connector", WRITE, ORDERS),
            new Row("connector", WRITE, PHARMACY),
            new Row("connector", WRITE, HOUSE),
            new Row("connector", WRITE, Set.of("AllergyIntolerance", "Condition", "DocumentReference", "Procedure")));

    private Roles() {}

    /** Whether this author may do this to a resource of this type. */
    public static boolean may(Author author, String type, Draft.Action action) {
        return author.scopes().stream().anyMatch(scope -> granted(scope, type, action))
                || TABLE.stream()
                        .anyMatch(row -> author.roles().contains(row.role())
                                && row.actions().contains(action)
                                && row.types().contains(type));
    }

    /** Why this author may not write this draft; empty if they may write all of it. */
    public static Optional<Refusal> refusal(Author author, DraftView draft) {
        if (draft.items().isEmpty() && !may(author, "Organization", CREATE)) {
            // Only the hospital's own cells are opened before anything lies in them.
            return Optional.of(Refusal.of(Code.ROLE_MISSING, "none of your roles may open an empty cell"));
        }
        return draft.items().stream()
                .filter(item -> !may(author, item.type(), item.action()))
                .findFirst()
                .map(item -> Refusal.at(
                        Code.ROLE_MISSING,
                        item.type(),
                        "none of your roles may " + word(item.action()) + " a resource of this type"));
    }

    private static String word(Draft.Action action) {
        return switch (action) {
            case CREATE -> "create";
            case UPDATE -> "change";
            case DELETE -> "delete";
        };
    }

    /** {@code system/<type or *>.<some of c r u d s, in this order>}; other scopes grant nothing here. */
    private static boolean granted(String scope, String type, Draft.Action action) {
        int dot = scope.lastIndexOf('.');
        if (!scope.startsWith("system/") || dot < 0) {
            return false;
        }
        String scoped = scope.substring("system/".length(), dot);
        String letters = scope.substring(dot + 1);
        return (scoped.equals("*") || scoped.equals(type))
                && letters.matches("c?r?u?d?s?")
                && letters.indexOf(letter(action)) >= 0;
    }

    private static char letter(Draft.Action action) {
        return switch (action) {
            case CREATE -> 'c';
            case UPDATE -> 'u';
            case DELETE -> 'd';
        };
    }

    /** The roles the table knows, for whoever grants them. */
    public static Set<String> names() {
        Set<String> names = new HashSet<>();
        TABLE.forEach(row -> names.add(row.role()));
        return Set.copyOf(names);
    }
}
