package trimaran.station.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done at the bed, its address below a record, and whose roles may. The registry's rules decide; this only keeps a button
 * from whoever would be refused, and refuses their form in words.
 */
enum Act {
    PRESCRIBE("prescrire", PatientPages.Tab.PRESCRIPTIONS, "physician"),
    STOP("arreter", PatientPages.Tab.PRESCRIPTIONS, "physician pharmacist"),
    GIVE("donner", PatientPages.Tab.PLAN, "nurse physician"),
    UNDO("annuler", PatientPages.Tab.PLAN, "nurse physician"),
    MEASURE("mesurer", PatientPages.Tab.VITALS, "nurse physician"),
    NOTE("transmettre", PatientPages.Tab.DOCUMENTS, "nurse physician");

    private final String word;
    private final PatientPages.Tab tab;
    private final String roles;

    Act(String word, PatientPages.Tab tab, String roles) {
        this.word = word;
        this.tab = tab;
        this.roles = roles;
    }

    static Optional<Act> of(String word) {
        return List.of(values()).stream().filter(act -> act.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    /** Where its outcome is seen. */
    PatientPages.Tab tab() {
        return tab;
    }

    boolean isOpenTo(List<String> held) {
        return List.of(roles.split(" ", -1)).stream().anyMatch(held::contains);
    }

    /** Whether it is done of a patient whose record only the ward's copy shows: nothing that stands there is changed or leant on. */
    boolean isOpenAlone() {
        return this == MEASURE || this == NOTE;
    }

    String key() {
        return "act." + name().toLowerCase(Locale.ROOT);
    }
}
