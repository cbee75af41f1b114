package trimaran.model;

import java.util.List;

/**
 * What the strict check takes from a resource in passing: enough to place it in a cell and to find it again. Texts are
 * the author's; what is absent is empty. At most {@link Limits#FACTS_MAX} of each list are kept.
 *
 * @param id the id in the resource, or empty
 * @param subjects literal references that may lead to the patient, in order
 * @param encounter the first literal reference to an Encounter the resource belongs to
 * @param partOf for an Encounter: the one it is part of
 * @param setting for an Encounter: the code of its class
 * @param clinicalDate the date, dateTime or instant the resource is about
 * @param problem a Condition on the problem list
 * @param continuous a MedicationRequest for long-term therapy
 * @param birthDate of a Patient, RelatedPerson or Person
 */
public record Facts(
        String type,
        String id,
        List<String> subjects,
        String encounter,
        String partOf,
        String setting,
        String clinicalDate,
        boolean problem,
        boolean continuous,
        List<Identifier> identifiers,
        List<PersonName> names,
        String birthDate) {

    public Facts {
        subjects = List.copyOf(subjects);
        identifiers = List.copyOf(identifiers);
        names = List.copyOf(names);
    }

    /** A business identifier; either half may be empty. */
    public record Identifier(String system, String value) {

        /** As FHIR searches for it (R4 search, token). */
        public String token() {
            return system + "|" + value;
        }
    }

    /** A person's name; family may be empty. */
    public record PersonName(String family, List<String> given) {

        public PersonName {
            given = List.copyOf(given);
        }
    }
}
