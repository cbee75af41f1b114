package trimaran.station.chart;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One name of a person.
 *
 * @param use R4 name-use; empty if nobody said
 * @param family empty if the name is words alone
 * @param given all given names
 * @param text as somebody wrote the whole name
 */
public record PersonName(String use, String family, List<String> given, String text) {

    private static final List<String> IN_USE = List.of("usual", "official", "", "nickname", "temp", "anonymous");

    public PersonName {
        given = List.copyOf(given);
    }

    static PersonName of(Node name) {
        return new PersonName(name.text("use"), name.text("family"), name.texts("given"), name.text("text"));
    }

    /** The name somebody goes by now: one that is over or of birth only if there is no other. */
    static Optional<PersonName> inUse(List<Node> names) {
        return names.stream()
                .min(Comparator.comparing(PersonName::isOver).thenComparingInt(PersonName::rank))
                .map(PersonName::of);
    }

    /** The name at birth, where it is another family name than the one in use (RNIV; R4 name-use maiden). */
    static Optional<PersonName> atBirth(List<Node> names) {
        String inUse = inUse(names).map(PersonName::family).orElse("");
        List<PersonName> all = names.stream().map(PersonName::of).toList();
        return all.stream()
                .filter(name -> name.use().equals("maiden"))
                .findFirst()
                .or(() -> all.stream()
                        .filter(name -> name.use().equals("official"))
                        .findFirst())
                .filter(name -> !name.family().isEmpty() && !name.family().equals(inUse));
    }

    /** The use a name is taken by first; what R4 does not know comes last. */
    private static int rank(Node name) {
        int rank = IN_USE.indexOf(name.text("use"));
        return rank < 0 ? IN_USE.size() : rank;
    }

    private static boolean isOver(Node name) {
        return name.text("use").equals("old")
                || name.text("use").equals("maiden")
                || name.item("period").has("end");
    }

    /** The family name as banners write it: in capitals. */
    public String familyWords() {
        return family.toUpperCase(Locale.ROOT);
    }

    /** Given names, each once. */
    public String givenWords() {
        return String.join(" ", given);
    }

    /** Whether it was given to somebody whose name nobody knows or is to know, and is said as it was written. */
    public boolean isMakeshift() {
        return use.equals("temp") || use.equals("anonymous");
    }

    /** Family name first and in capitals; what has no family name as it was written. */
    public String words() {
        if (family.isEmpty() || isMakeshift()) {
            return text.isEmpty() ? (familyWords() + " " + givenWords()).strip() : text;
        }
        return (familyWords() + " " + givenWords()).strip();
    }
}
