package trimaran.hospital;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody does not bear.
 *
 * @param snomed the code of the allergy, or empty where only words are sure
 * @param category R4 allergy-intolerance-category
 * @param drugs beginnings of keys of drugs whoever has it must not get
 */
record Allergy(String snomed, String name, String category, String reaction, boolean severe, List<String> drugs) {

    /** What a record may say of allergies; the fourth state, not to be had, belongs to the screen. */
    enum State {
        KNOWN,
        NONE_KNOWN,
        NOT_RECORDED
    }

    private static final String MEDICATION = "medication";
    private static final String FOOD = "food";
    private static final String ENVIRONMENT = "environment";

    private static final List<Allergy> ALL = List.of(
            new Allergy(
                    "91936005",
                    "Pénicilline",
                    MEDICATION,
                    "Choc anaphylactique",
                    true,
                    List.of("amox", "piptazo", "meropeneme", "cef")),
            new Allergy("91936005", "Pénicilline", MEDICATION, "Éruption", false, List.of("amox", "piptazo", "cef")),
            new Allergy("", "Produit de contraste iodé", MEDICATION, "Urticaire géante", true, List.of()),
            new Allergy("", "Sulfamides", MEDICATION, "Éruption fébrile", false, List.of("furosemide")),
            new Allergy(
                    "293586001",
                    "Aspirine",
                    MEDICATION,
                    "Bronchospasme",
                    true,
                    List.of("aspirine", "ketoprofene", "ibuprofene")),
            new Allergy(
                    "",
                    "Morphine",
                    MEDICATION,
                    "Prurit, vomissements",
                    false,
                    List.of("morphine", "oxy", "sufentanil")),
            new Allergy("300916003", "Latex", ENVIRONMENT, "Urticaire de contact", true, List.of()),
            new Allergy("", "Pansements adhésifs", ENVIRONMENT, "Dermite", false, List.of()),
            new Allergy("91935009", "Arachide", FOOD, "Œdème des lèvres", true, List.of()),
            new Allergy("", "Fruits de mer", FOOD, "Urticaire", false, List.of()));

    private static final int KNOWN_PERCENT = 26;
    private static final int NOT_RECORDED_PERCENT = 14;

    static State state(Chance chance, Person person) {
        int drawn = chance.below(100);
        if (person.isUnknown() || drawn < NOT_RECORDED_PERCENT) {
            return State.NOT_RECORDED;
        }
        return drawn < NOT_RECORDED_PERCENT + KNOWN_PERCENT ? State.KNOWN : State.NONE_KNOWN;
    }

    /** One or two that contradict none of these drugs. */
    static List<Allergy> drawn(Chance chance, List<String> drugs) {
        List<Allergy> fitting = ALL.stream()
                .filter(allergy -> drugs.stream().noneMatch(allergy::forbids))
                .toList();
        List<Allergy> drawn = new ArrayList<>(List.of(chance.pick(fitting)));
        Allergy second = chance.pick(fitting);
        if (chance.percent(25) && !second.name().equals(drawn.getFirst().name())) {
            drawn.add(second);
        }
        return drawn;
    }

    private boolean forbids(String drug) {
        return drugs.stream().anyMatch(drug::startsWith);
    }
}
