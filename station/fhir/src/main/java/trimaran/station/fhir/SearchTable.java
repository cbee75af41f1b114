package trimaran.station.fhir;

import static trimaran.station.fhir.SearchParameter.Kind.DATE;
import static trimaran.station.fhir.SearchParameter.Kind.REFERENCE;
import static trimaran.station.fhir.SearchParameter.Kind.STRING;
import static trimaran.station.fhir.SearchParameter.Kind.TOKEN;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.model.ElementTable;
import trimaran.station.fhir.SearchParameter.Kind;
import trimaran.station.fhir.SearchParameter.Path;

/**
 * The search parameters this door knows, by resource type, named and defined as R4's search parameter registry has them. All
 * types have those of what they are about; those of the clinical types a ward works with are listed.
 */
final class SearchTable {

    static final String ID = "_id";
    static final String LAST_UPDATED = "_lastUpdated";
    static final String IDENTIFIER = "identifier";
    static final String PATIENT = "patient";
    static final String SUBJECT = "subject";

    /** Tells which parameters name a patient whose cells are to be looked into. */
    static boolean isPatient(String name) {
        return name.equals(PATIENT) || name.equals(SUBJECT);
    }

    private record Definition(String name, Kind kind, List<String> paths) {}

    private static final List<Definition> DEFINITIONS = List.of(
            define("name", STRING, "Patient.name", "Practitioner.name", "RelatedPerson.name"),
            define("name", STRING, "Organization.name", "Organization.alias", "Location.name", "Location.alias"),
            define("name", STRING, "HealthcareService.name"),
            define("family", STRING, "Patient.name.family", "Practitioner.name.family"),
            define("given", STRING, "Patient.name.given", "Practitioner.name.given"),
            define("birthdate", DATE, "Patient.birthDate", "RelatedPerson.birthDate"),
            define("gender", TOKEN, "Patient.gender", "Practitioner.gender", "RelatedPerson.gender"),
            define("telecom", TOKEN, "Patient.telecom", "Practitioner.telecom", "RelatedPerson.telecom"),
            define("address", STRING, "Patient.address", "Location.address", "Organization.address"),
            define(
                    "address-city",
                    STRING,
                    "Patient.address.city",
                    "Location.address.city",
                    "Organization.address.city"),
            define("address-postalcode", STRING, "Patient.address.postalCode", "Organization.address.postalCode"),
            define("active", TOKEN, "Patient.active", "Practitioner.active", "PractitionerRole.active"),
            define("active", TOKEN, "Organization.active", "HealthcareService.active", "RelatedPerson.active"),
            define("general-practitioner", REFERENCE, "Patient.generalPractitioner"),
            define("organization", REFERENCE, "Patient.managingOrganization", "PractitionerRole.organization"),
            define("organization", REFERENCE, "Location.managingOrganization", "HealthcareService.providedBy"),
            define("link", REFERENCE, "Patient.link.other"),
            define("practitioner", REFERENCE, "PractitionerRole.practitioner"),
            define("role", TOKEN, "PractitionerRole.code"),
            define("specialty", TOKEN, "PractitionerRole.specialty", "HealthcareService.specialty"),
            define("partof", REFERENCE, "Organization.partOf", "Location.partOf"),
            define("operational-status", TOKEN, "Location.operationalStatus"),
            define("location", REFERENCE, "Encounter.location.location", "PractitionerRole.location"),
            define("location", REFERENCE, "HealthcareService.location"),
            define("class", TOKEN, "Encounter.class"),
            define("type", TOKEN, "Encounter.type", "Organization.type", "Location.type", "AllergyIntolerance.type"),
            define("type", TOKEN, "DocumentReference.type", "Specimen.type", "Composition.type"),
            define("participant", REFERENCE, "Encounter.participant.individual", "CareTeam.participant.member"),
            define("service-provider", REFERENCE, "Encounter.serviceProvider"),
            define("part-of", REFERENCE, "Encounter.partOf", "Observation.partOf", "Procedure.partOf"),
            define("reason-code", TOKEN, "Encounter.reasonCode", "Procedure.reasonCode", "Immunization.reasonCode"),
            define("status", TOKEN, "Encounter.status", "Observation.status", "MedicationRequest.status"),
            define(
                    "status",
                    TOKEN,
                    "MedicationAdministration.status",
                    "MedicationStatement.status",
                    "Medication.status"),
            define("status", TOKEN, "DiagnosticReport.status", "DocumentReference.status", "ServiceRequest.status"),
            define("status", TOKEN, "Procedure.status", "Specimen.status", "Immunization.status", "CarePlan.status"),
            define("status", TOKEN, "CareTeam.status", "Composition.status", "NutritionOrder.status", "Task.status"),
            define("status", TOKEN, "Appointment.status", "Communication.status", "Location.status"),
            define("clinical-status", TOKEN, "Condition.clinicalStatus", "AllergyIntolerance.clinicalStatus"),
            define(
                    "verification-status",
                    TOKEN,
                    "Condition.verificationStatus",
                    "AllergyIntolerance.verificationStatus"),
            define("lifecycle-status", TOKEN, "Goal.lifecycleStatus"),
            define("severity", TOKEN, "Condition.severity"),
            define("criticality", TOKEN, "AllergyIntolerance.criticality"),
            define("category", TOKEN, "Observation.category", "Condition.category", "AllergyIntolerance.category"),
            define("category", TOKEN, "MedicationRequest.category", "MedicationStatement.category", "Goal.category"),
            define("category", TOKEN, "DiagnosticReport.category", "DocumentReference.category", "Procedure.category"),
            define("category", TOKEN, "ServiceRequest.category", "CarePlan.category", "Communication.category"),
            define("code", TOKEN, "MedicationRequest.medicationCodeableConcept"),
            define("code", TOKEN, "MedicationAdministration.medicationCodeableConcept"),
            define("code", TOKEN, "MedicationStatement.medicationCodeableConcept", "Medication.code"),
            define(
                    "medication",
                    REFERENCE,
                    "MedicationRequest.medicationReference",
                    "MedicationStatement.medicationReference"),
            define("medication", REFERENCE, "MedicationAdministration.medicationReference"),
            define("component-code", TOKEN, "Observation.component.code"),
            define("combo-code", TOKEN, "Observation.code", "Observation.component.code"),
            define("value-concept", TOKEN, "Observation.valueCodeableConcept"),
            define("value-string", STRING, "Observation.valueString"),
            define("vaccine-code", TOKEN, "Immunization.vaccineCode"),
            define("conclusion", TOKEN, "DiagnosticReport.conclusionCode"),
            define(
                    "intent",
                    TOKEN,
                    "MedicationRequest.intent",
                    "ServiceRequest.intent",
                    "CarePlan.intent",
                    "Task.intent"),
            define("priority", TOKEN, "MedicationRequest.priority", "ServiceRequest.priority", "Task.priority"),
            define("requisition", TOKEN, "ServiceRequest.requisition"),
            define("accession", TOKEN, "Specimen.accessionIdentifier"),
            define("title", STRING, "Composition.title"),
            define("description", STRING, "DocumentReference.description"),
            define("date", DATE, "Encounter.period", "Observation.effectiveDateTime", "Observation.effectivePeriod"),
            define("date", DATE, "Observation.effectiveInstant", "DiagnosticReport.effectiveDateTime"),
            define("date", DATE, "DiagnosticReport.effectivePeriod", "DocumentReference.date", "Composition.date"),
            define("date", DATE, "AllergyIntolerance.recordedDate", "Procedure.performedDateTime", "Flag.period"),
            define("date", DATE, "Procedure.performedPeriod", "Immunization.occurrenceDateTime", "CarePlan.period"),
            define("date", DATE, "Appointment.start", "CareTeam.period"),
            define("issued", DATE, "DiagnosticReport.issued"),
            define("onset-date", DATE, "Condition.onsetDateTime", "Condition.onsetPeriod"),
            define("recorded-date", DATE, "Condition.recordedDate"),
            define("last-date", DATE, "AllergyIntolerance.lastOccurrence"),
            define("authoredon", DATE, "MedicationRequest.authoredOn"),
            define("authored", DATE, "ServiceRequest.authoredOn"),
            define("authored-on", DATE, "Task.authoredOn"),
            define("occurrence", DATE, "ServiceRequest.occurrenceDateTime", "ServiceRequest.occurrencePeriod"),
            define("effective-time", DATE, "MedicationAdministration.effectiveDateTime"),
            define("effective-time", DATE, "MedicationAdministration.effectivePeriod"),
            define("effective", DATE, "MedicationStatement.effectiveDateTime", "MedicationStatement.effectivePeriod"),
            define("collected", DATE, "Specimen.collection.collectedDateTime", "Specimen.collection.collectedPeriod"),
            define("period", DATE, "DocumentReference.context.period", "Task.executionPeriod"),
            define("datetime", DATE, "NutritionOrder.dateTime"),
            define("start-date", DATE, "Goal.startDate"),
            define("sent", DATE, "Communication.sent"),
            define(
                    "encounter",
                    REFERENCE,
                    "Observation.encounter",
                    "Condition.encounter",
                    "MedicationRequest.encounter"),
            define(
                    "encounter",
                    REFERENCE,
                    "DiagnosticReport.encounter",
                    "ServiceRequest.encounter",
                    "Procedure.encounter"),
            define("encounter", REFERENCE, "CarePlan.encounter", "CareTeam.encounter", "Composition.encounter"),
            define("encounter", REFERENCE, "DocumentReference.context.encounter", "Flag.encounter", "Task.encounter"),
            define("encounter", REFERENCE, "NutritionOrder.encounter", "Communication.encounter"),
            define("context", REFERENCE, "MedicationAdministration.context", "MedicationStatement.context"),
            define("request", REFERENCE, "MedicationAdministration.request"),
            define("requester", REFERENCE, "MedicationRequest.requester", "ServiceRequest.requester", "Task.requester"),
            define("provider", REFERENCE, "NutritionOrder.orderer"),
            define("owner", REFERENCE, "Task.owner"),
            define("author", REFERENCE, "DocumentReference.author", "Composition.author", "Flag.author"),
            define("sender", REFERENCE, "Communication.sender"),
            define(
                    "performer",
                    REFERENCE,
                    "Observation.performer",
                    "DiagnosticReport.performer",
                    "ServiceRequest.performer"),
            define("performer", REFERENCE, "Procedure.performer.actor", "MedicationAdministration.performer.actor"),
            define("actor", REFERENCE, "Appointment.participant.actor"),
            define(
                    "specimen",
                    REFERENCE,
                    "Observation.specimen",
                    "DiagnosticReport.specimen",
                    "ServiceRequest.specimen"),
            define("result", REFERENCE, "DiagnosticReport.result"),
            define("based-on", REFERENCE, "Observation.basedOn", "DiagnosticReport.basedOn", "ServiceRequest.basedOn"),
            define("has-member", REFERENCE, "Observation.hasMember"),
            define("derived-from", REFERENCE, "Observation.derivedFrom"));

    private static final Map<String, Map<String, SearchParameter>> TYPES = new ConcurrentHashMap<>();

    private SearchTable() {}

    private static Definition define(String name, Kind kind, String... paths) {
        return new Definition(name, kind, List.of(paths));
    }

    /** Those of a type, by name, in the order a statement lists them. */
    static Map<String, SearchParameter> of(String resourceType) {
        return TYPES.computeIfAbsent(resourceType, SearchTable::made);
    }

    private static Map<String, SearchParameter> made(String type) {
        Map<String, SearchParameter> all = new LinkedHashMap<>();
        all.put(ID, new SearchParameter(ID, TOKEN, List.of()));
        all.put(LAST_UPDATED, new SearchParameter(LAST_UPDATED, DATE, List.of()));
        List<String> elements = ElementTable.r4().elementsOf(type);
        boolean subject = elements.contains(SUBJECT);
        boolean ofPatient = subject || elements.contains(PATIENT);
        if (elements.contains(IDENTIFIER)) {
            add(all, new Definition(IDENTIFIER, TOKEN, List.of(type + ".identifier")), type);
        }
        if (ofPatient) {
            String path = type + "." + (subject ? SUBJECT : PATIENT);
            add(all, new Definition(PATIENT, REFERENCE, List.of(path)), type);
            if (subject) {
                add(all, new Definition(SUBJECT, REFERENCE, List.of(path)), type);
            }
            if (elements.contains("code")) {
                add(all, new Definition("code", TOKEN, List.of(type + ".code")), type);
            }
        }
        DEFINITIONS.forEach(definition -> add(all, definition, type));
        return all;
    }

    private static void add(Map<String, SearchParameter> all, Definition definition, String type) {
        List<Path> paths = new ArrayList<>();
        SearchParameter before = all.get(definition.name());
        if (before != null) {
            paths.addAll(before.paths());
        }
        for (String path : definition.paths()) {
            if (path.startsWith(type + ".")) {
                List<String> steps = List.of(path.substring(type.length() + 1).split("\\.", -1));
                paths.add(new Path(steps, ElementTable.r4().typeOf(path)));
            }
        }
        if (!paths.isEmpty()) {
            all.put(definition.name(), new SearchParameter(definition.name(), definition.kind(), paths));
        }
    }

    /** All paths listed, for whoever checks that the standard has them. */
    static List<String> paths() {
        return DEFINITIONS.stream()
                .flatMap(definition -> definition.paths().stream())
                .toList();
    }
}
