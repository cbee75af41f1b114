package trimaran.station.web;

import static trimaran.station.web.Json.list;

import java.util.List;
import java.util.Map;
import trimaran.kernel.Entropy;

/**
 * A Patient as an admission makes one. Nobody here asks the national service, so the identity is <i>provisoire</i>, or
 * <i>validée</i> where a document was looked at (RNIV, EXI SI 07); whoever cannot say who they are is <i>douteuse</i>, which
 * forces <i>provisoire</i> (EXI SI 09).
 */
final class NewPatient {

    private static final String STATE = "urn:trimaran:identity-state";
    private static final String ATTRIBUTE = "urn:trimaran:identity-attribute";
    private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /** No letter or figure that is taken for another, read out or written by hand. */
    private static final String SIGNS = "ACDEFHJKLMNPRTUVWXY3479";

    private static final int CODE_SIGNS = 4;

    private NewPatient() {}

    static Map<String, Object> known(Filled form, PeopleSearch.Traits told, String ipp, Numbers numbers) {
        String usual = form.text("usage");
        List<Object> given = list((Object[]) form.text("prenom").split("\\s+", -1));
        return Json.of(
                "resourceType",
                "Patient",
                "meta",
                FhirJson.meta(numbers.demo()),
                "extension",
                list(state(form.text("piece").isEmpty() ? "provisoire" : "validee")),
                "identifier",
                identifiers(ipp, numbers),
                "name",
                list(
                        usual.isEmpty() || usual.equals(told.family())
                                ? Map.of()
                                : Json.of("use", "usual", "family", usual, "given", list(given.getFirst())),
                        Json.of("use", "official", "family", told.family(), "given", given)),
                "gender",
                told.sex(),
                "birthDate",
                told.birth().toString());
    }

    /**
     * Somebody nobody can name yet, under a name that cannot be taken for one.
     *
     * @param year of birth as far as it can be guessed; empty if it cannot
     */
    static Map<String, Object> unknown(String code, String sex, String year, String ipp, Numbers numbers) {
        return Json.of(
                "resourceType",
                "Patient",
                "meta",
                FhirJson.meta(numbers.demo()),
                "extension",
                list(state("provisoire"), Json.of("url", ATTRIBUTE, "valueCode", "douteuse")),
                "identifier",
                identifiers(ipp, numbers),
                "name",
                list(Json.of(
                        "use", "temp", "text", "X inconnu " + code, "family", "INCONNU " + code, "given", list("X"))),
                "gender",
                sex,
                "birthDate",
                year);
    }

    /** Four signs, so that two of one night are not mixed up when they are called out. */
    static String code(Entropy entropy) {
        StringBuilder code = new StringBuilder();
        for (byte one : entropy.bytes(CODE_SIGNS)) {
            code.append(SIGNS.charAt((one & 0xff) % SIGNS.length()));
        }
        return code.toString();
    }

    private static Map<String, Object> state(String code) {
        return Json.of("url", STATE, "valueCode", code);
    }

    private static List<Object> identifiers(String ipp, Numbers numbers) {
        return list(Json.of(
                "use",
                "usual",
                "type",
                Json.of("coding", list(FhirJson.coding(TYPES, "PI")), "text", "IPP"),
                "system",
                numbers.ippSystem(),
                "value",
                ipp));
    }
}
