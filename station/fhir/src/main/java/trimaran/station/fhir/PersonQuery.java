package trimaran.station.fhir;

/**
 * A search for people. Absent criteria are empty.
 *
 * @param family beginning of a family name, normalised by {@link trimaran.model.Trait#plain}
 * @param given beginning of a given name, normalised likewise
 * @param familyText the family name as it was asked for, since a lookup token needs the whole of it
 * @param birthDate {@code YYYY-MM-DD}
 */
public record PersonQuery(String family, String given, String familyText, String birthDate) {}
