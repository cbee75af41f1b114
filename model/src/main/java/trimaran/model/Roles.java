package trimaran.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which elements the strict check remembers: the facts of a resource, its links, the parts of a Bundle. */
final class Roles {

    /** For each type the elements that hold its clinical date, most telling first. */
    private static final List<String> CLINICAL_DATES = List.of(
            "Account servicePeriod",
            "AdverseEvent date detected recordedDate",
            "Appointment start created",
            "AppointmentResponse start",
            "AuditEvent recorded",
            "CarePlan period created",
            "CareTeam period",
            "ChargeItem occurrenceDateTime occurrencePeriod enteredDate",
            "Claim billablePeriod created",
            "ClaimResponse created",
            "ClinicalImpression effectiveDateTime effectivePeriod date",
            "Communication sent received",
            "CommunicationRequest occurrenceDateTime occurrencePeriod authoredOn",
            "Composition date",
            "Condition recordedDate onsetDateTime onsetPeriod",
            "Consent dateTime",
            "Contract issued applies",
            "CoverageEligibilityRequest servicedDate servicedPeriod created",
            "CoverageEligibilityResponse servicedDate servicedPeriod created",
            "DetectedIssue identifiedDateTime identifiedPeriod",
            "DeviceRequest occurrenceDateTime occurrencePeriod authoredOn",
            "DeviceUseStatement timingDateTime timingPeriod recordedOn",
            "DiagnosticReport effectiveDateTime effectivePeriod issued",
            "DocumentManifest created",
            "DocumentReference date",
            "Encounter period",
            "EnrollmentRequest created",
            "EpisodeOfCare period",
            "ExplanationOfBenefit billablePeriod created",
            "FamilyMemberHistory date",
            "Flag period",
            "Goal startDate statusDate",
            "GuidanceResponse occurrenceDateTime",
            "ImagingStudy started",
            "Invoice date",
            "List date",
            "MeasureReport period date",
            "Media createdDateTime createdPeriod issued",
            "MedicationAdministration effectiveDateTime effectivePeriod",
            "MedicationDispense whenHandedOver whenPrepared",
            "MedicationRequest authoredOn",
            "NutritionOrder dateTime",
            "Observation effectiveDateTime effectivePeriod effectiveInstant issued",
            "Procedure performedDateTime performedPeriod",
            "Provenance occurredDateTime occurredPeriod recorded",
            "QuestionnaireResponse authored",
            "RequestGroup authoredOn",
            "ResearchSubject period",
            "RiskAssessment occurrenceDateTime occurrencePeriod",
            "ServiceRequest occurrenceDateTime occurrencePeriod authoredOn",
            "Specimen receivedTime",
            "SupplyDelivery occurrenceDateTime occurrencePeriod",
            "SupplyRequest occurrenceDateTime occurrencePeriod authoredOn",
            "Task executionPeriod authoredOn lastModified",
            "VisionPrescription dateWritten created");

    /** Where a patient hides elsewhere than in {@code subject} or {@code patient}. */
    private static final Set<String> SUBJECTS = Set.of(
            "Appointment.participant actor",
            "AppointmentResponse actor",
            "AuditEvent.entity what",
            "Coverage beneficiary",
            "EnrollmentRequest candidate",
            "Provenance target",
            "ResearchSubject individual",
            "Task for");

    private static final Map<String, Role> BY_PATH = Map.ofEntries(
            Map.entry("Reference reference", Role.FIRST),
            Map.entry("Identifier system", Role.FIRST),
            Map.entry("Identifier value", Role.SECOND),
            Map.entry("Coding system", Role.FIRST),
            Map.entry("Coding code", Role.SECOND),
            Map.entry("Period start", Role.FIRST),
            Map.entry("Period end", Role.SECOND),
            Map.entry("HumanName family", Role.FIRST),
            Map.entry("HumanName given", Role.GIVEN),
            Map.entry("Meta versionId", Role.VERSION_ID),
            Map.entry("Meta lastUpdated", Role.LAST_UPDATED),
            Map.entry("Encounter class", Role.SETTING),
            Map.entry("Encounter partOf", Role.PART_OF),
            Map.entry("Condition category", Role.CATEGORY),
            Map.entry("MedicationRequest courseOfTherapyType", Role.COURSE),
            Map.entry("Patient birthDate", Role.BIRTH_DATE),
            Map.entry("RelatedPerson birthDate", Role.BIRTH_DATE),
            Map.entry("Person birthDate", Role.BIRTH_DATE),
            Map.entry("DocumentReference.context encounter", Role.ENCOUNTER),
            Map.entry("Claim.item encounter", Role.ENCOUNTER),
            Map.entry("ExplanationOfBenefit.item encounter", Role.ENCOUNTER),
            Map.entry("Bundle type", Role.BUNDLE_TYPE),
            Map.entry("Bundle entry", Role.ENTRY),
            Map.entry("Bundle.entry fullUrl", Role.FULL_URL),
            Map.entry("Bundle.entry resource", Role.ENTRY_RESOURCE),
            Map.entry("Bundle.entry.request method", Role.METHOD),
            Map.entry("Bundle.entry.request url", Role.REQUEST_URL),
            Map.entry("Bundle.entry.request ifNoneMatch", Role.IF_NONE_MATCH),
            Map.entry("Bundle.entry.request ifModifiedSince", Role.IF_MODIFIED_SINCE),
            Map.entry("Bundle.entry.request ifMatch", Role.IF_MATCH),
            Map.entry("Bundle.entry.request ifNoneExist", Role.IF_NONE_EXIST));

    private static final Map<String, Shape.Hook> HOOKS = Map.of(
            "Reference", Shape.Hook.REFERENCE,
            "Identifier", Shape.Hook.IDENTIFIER,
            "Coding", Shape.Hook.CODING,
            "CodeableConcept", Shape.Hook.CONCEPT,
            "Period", Shape.Hook.PERIOD,
            "HumanName", Shape.Hook.HUMAN_NAME,
            "Meta", Shape.Hook.META,
            "Bundle.entry", Shape.Hook.ENTRY);

    private Roles() {}

    static void assign(ElementTable table) {
        for (Shape shape : table.shapes()) {
            for (Shape.Field field : shape.fields) {
                field.role = roleOf(shape, field);
            }
        }
        for (Map.Entry<String, Shape.Hook> hook : HOOKS.entrySet()) {
            table.require(hook.getKey()).hook = hook.getValue();
        }
        // A path that R4 does not know is a slip here, found when the table is first loaded.
        BY_PATH.keySet().forEach(path -> known(table, path));
        SUBJECTS.forEach(path -> known(table, path));
        for (String line : CLINICAL_DATES) {
            List<String> words = List.of(line.split(" ", -1));
            for (int i = 1; i < words.size(); i++) {
                Shape.Field field = known(table, words.getFirst() + " " + words.get(i));
                field.role = Role.CLINICAL_DATE;
                field.rank = i;
            }
        }
    }

    private static Role roleOf(Shape shape, Shape.Field field) {
        Role byPath = BY_PATH.get(shape.name + " " + field.name);
        if (byPath != null) {
            return byPath;
        }
        String type = field.shape == null ? "" : field.shape.name;
        if (SUBJECTS.contains(shape.name + " " + field.name)) {
            return Role.SUBJECT;
        }
        boolean uri = field.primitive == Primitive.URI
                || field.primitive == Primitive.URL
                || field.primitive == Primitive.UUID
                || field.primitive == Primitive.OID;
        if (uri) {
            return Role.LINK;
        }
        if (!shape.resource) {
            return Role.NONE;
        }
        return switch (field.name) {
            case "id" -> Role.ID;
            case "meta" -> Role.META;
            case "subject", "patient" -> type.equals("Reference") ? Role.SUBJECT : Role.NONE;
            case "encounter", "context" -> type.equals("Reference") ? Role.ENCOUNTER : Role.NONE;
            case "identifier" -> type.equals("Identifier") ? Role.IDENTIFIER : Role.NONE;
            case "name" -> type.equals("HumanName") ? Role.NAME : Role.NONE;
            default -> Role.NONE;
        };
    }

    private static Shape.Field known(ElementTable table, String path) {
        int space = path.indexOf(' ');
        Shape.Field field = table.require(path.substring(0, space)).field(path.substring(space + 1));
        if (field == null) {
            throw new IllegalStateException("R4 has no " + path);
        }
        return field;
    }
}
