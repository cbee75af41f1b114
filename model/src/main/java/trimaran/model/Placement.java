package trimaran.model;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import trimaran.kernel.RecordTime;

/**
 * Which kind of cell a resource belongs to. A pure rule that must never change for a resource once placed: its id
 * carries the cell. Quarter counts from 1 to 4.
 */
public sealed interface Placement {

    /** The patient's identity cell. */
    record Identity() implements Placement {}

    /** The patient's dossier: allergies, problems, immunisations, long-term medication. */
    record Dossier() implements Placement {}

    /** @param encounter the reference to the Encounter whose stay it is; empty for that Encounter itself */
    record Stay(String encounter) implements Placement {}

    /** What else concerns the patient, by clinical date. */
    record Quarter(int year, int quarter) implements Placement {}

    /** What concerns no patient: organisations, staff, places, catalogues. */
    record House() implements Placement {}

    /** Person is not named by the rule but is nothing except identity traits, which the house cell must not hold. */
    Set<String> IDENTITY = Set.of("Patient", "RelatedPerson", "Coverage", "Person");

    Set<String> DOSSIER = Set.of(
            "AllergyIntolerance",
            "Immunization",
            "ImmunizationEvaluation",
            "ImmunizationRecommendation",
            "MedicationStatement");

    Set<String> HOUSE =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Medication", "HealthcareService");

    /**
     * Classes of an Encounter that is a stay (v3 ActCode, ActEncounterCode): inpatient and its kinds, short stay,
     * observation and emergency.
     */
    Set<String> STAY_CLASSES = Set.of("IMP", "ACUTE", "NONACUTE", "SS", "OBSENC", "EMER");

    /** @param recorded the time that stands in for a missing clinical date */
    static Placement of(Facts facts, Surroundings surroundings, RecordTime recorded) {
        String type = facts.type();
        if (IDENTITY.contains(type)) {
            return new Identity();
        }
        if (HOUSE.contains(type)) {
            return new House();
        }
        if (type.equals("Encounter") && STAY_CLASSES.contains(facts.setting())) {
            boolean part = !facts.partOf().isEmpty() && surroundings.isStay(facts.partOf());
            return new Stay(part ? facts.partOf() : "");
        }
        if (patientOf(facts, surroundings).isEmpty()) {
            return new House();
        }
        boolean problem = type.equals("Condition")
                && (facts.problem() || facts.encounter().isEmpty());
        if (DOSSIER.contains(type) || problem) {
            return new Dossier();
        }
        String encounter = facts.encounter().isEmpty() ? facts.partOf() : facts.encounter();
        if (!encounter.isEmpty() && surroundings.isStay(encounter)) {
            return new Stay(encounter);
        }
        if (type.equals("MedicationRequest") && facts.continuous()) {
            return new Dossier();
        }
        return quarter(facts.clinicalDate(), recorded);
    }

    /**
     * The reference to the patient a resource concerns, or empty. A reference of unknown type counts as one only if no
     * other is known to lead to a Patient. For a Patient itself this is empty.
     */
    static String patientOf(Facts facts, Surroundings surroundings) {
        String unknown = "";
        for (String subject : facts.subjects()) {
            String type = surroundings.typeOf(subject);
            if (type.equals("Patient")) {
                return subject;
            }
            if (type.isEmpty() && unknown.isEmpty()) {
                unknown = subject;
            }
        }
        return unknown;
    }

    private static Quarter quarter(String clinicalDate, RecordTime recorded) {
        if (clinicalDate.length() >= 4) {
            int year = Integer.parseInt(clinicalDate.substring(0, 4));
            int month = clinicalDate.length() >= 7 ? Integer.parseInt(clinicalDate.substring(5, 7)) : 1;
            return new Quarter(year, (month + 2) / 3);
        }
        LocalDate day = LocalDate.ofInstant(recorded.instant(), ZoneOffset.UTC);
        return new Quarter(day.getYear(), (day.getMonthValue() + 2) / 3);
    }
}
