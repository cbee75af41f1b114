package trimaran.hospital;

import java.util.List;

/**
 * Why somebody is here, and what follows from it.
 *
 * @param cim the code of the WHO's ICD-10
 * @param story two or three sentences of the report of admission
 * @param drugs keys of {@link Drug}
 * @param panels names of {@link Analysis#panel}
 * @param isolation a code of {@link Isolation}, or NONE
 * @param whom who may have it
 */
record Reason(
        String cim,
        String name,
        String story,
        Course course,
        List<String> drugs,
        List<String> panels,
        Diet diet,
        Isolation isolation,
        Whom whom) {

    /** Who may have it. */
    enum Whom {
        ANYBODY,
        WOMEN,
        MEN
    }

    /** @param drugs, and panels: keys with a blank between */
    static Reason of(String cim, String name, Course course, String drugs, String panels, Diet diet, String story) {
        return new Reason(cim, name, story, course, words(drugs), words(panels), diet, Isolation.NONE, Whom.ANYBODY);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    Reason isolated(Isolation how) {
        return new Reason(cim, name, story, course, drugs, panels, diet, how, whom);
    }

    Reason only(Whom who) {
        return new Reason(cim, name, story, course, drugs, panels, diet, isolation, who);
    }

    boolean fits(Sex sex) {
        return switch (whom) {
            case ANYBODY -> true;
            case WOMEN -> sex == Sex.FEMALE;
            case MEN -> sex == Sex.MALE;
        };
    }
}
