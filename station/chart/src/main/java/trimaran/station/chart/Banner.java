package trimaran.station.chart;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Who this is. Whatever nobody said is empty here, and in words it is said to be missing.
 *
 * @param source empty if the record holds no Patient that can be read
 * @param atBirth only where the family name is another than the one in use
 * @param sex R4 administrative-gender; empty if nobody said
 * @param ins the national identifier as it is held, whatever the state; see {@link #shownIns}
 * @param ipp the hospital's own number
 * @param identifiers all others
 * @param dead whether the record says so, with or without a time
 * @param fictive marked as nobody's (v3 ActReason HTEST)
 */
public record Banner(
        Optional<Source> source,
        Optional<PersonName> inUse,
        Optional<PersonName> atBirth,
        Optional<FhirTime> birth,
        Optional<Age> age,
        String sex,
        IdentityState state,
        List<Attribute> attributes,
        String ins,
        String ipp,
        List<Identifier> identifiers,
        boolean dead,
        Optional<FhirTime> death,
        boolean fictive) {

    /** How far an identity can be trusted (RNIV, EXI SI 07). */
    public enum IdentityState {
        PROVISIONAL("provisoire", "provisional"),
        RETRIEVED("récupérée", "retrieved"),
        VALIDATED("validée", "validated"),
        QUALIFIED("qualifiée", "qualified"),
        UNSAID("état d’identité non renseigné", "identity state not recorded");

        private final String french;
        private final String english;

        IdentityState(String french, String english) {
            this.french = french;
            this.english = english;
        }

        static IdentityState of(String code) {
            return switch (code) {
                case "provisoire" -> PROVISIONAL;
                case "recuperee" -> RETRIEVED;
                case "validee" -> VALIDATED;
                case "qualifiee" -> QUALIFIED;
                default -> UNSAID;
            };
        }

        public String words(Language language) {
            return language.of(french, english);
        }
    }

    /** What is noted about an identity beside its state (RNIV, EXI SI 09); other codes show themselves. */
    public record Attribute(String code) {
        public String words(Language language) {
            return switch (code) {
                case "homonyme" -> language.of("homonyme", "namesake");
                case "douteuse" -> language.of("identité douteuse", "doubtful identity");
                case "fictive" -> language.of("identité fictive", "fictitious identity");
                default -> code;
            };
        }
    }

    /** A number of another system, by the type its author gave it. */
    public record Identifier(String type, String system, String value) {}

    static final Banner NONE = new Banner(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            IdentityState.UNSAID,
            List.of(),
            "",
            "",
            List.of(),
            false,
            Optional.empty(),
            false);

    public Banner {
        attributes = List.copyOf(attributes);
        identifiers = List.copyOf(identifiers);
    }

    /** The INS only of a qualified identity: any other may be somebody else's (RNIV, EXI SI 08). */
    public Optional<String> shownIns() {
        return state == IdentityState.QUALIFIED && !ins.isEmpty() ? Optional.of(ins) : Optional.empty();
    }

    public boolean has(String attribute) {
        return attributes.contains(new Attribute(attribute));
    }

    public String nameWords(Language language) {
        return inUse.map(PersonName::words)
                .filter(words -> !words.isEmpty())
                .orElse(language.of("Nom non renseigné", "Name not recorded"));
    }

    public String sexWords(Language language) {
        return switch (sex) {
            case "male" -> language.of("Masculin", "Male");
            case "female" -> language.of("Féminin", "Female");
            case "other" -> language.of("Autre", "Other");
            case "unknown" -> language.of("Sexe inconnu", "Sex unknown");
            case "" -> language.of("Sexe non renseigné", "Sex not recorded");
            default -> sex;
        };
    }

    /** One letter for a list: H, F; a dash where it is not known. */
    public String sexLetter(Language language) {
        return switch (sex) {
            case "male" -> language.of("H", "M");
            case "female" -> "F";
            default -> "–";
        };
    }

    public String birthWords(java.time.ZoneId zone, Language language) {
        return birth.map(time -> time.words(zone))
                .orElse(language.of("Naissance non renseignée", "Birth date not recorded"));
    }

    public String ageWords(Language language) {
        return age.map(one -> one.words(language)).orElse(language.of("âge inconnu", "age unknown"));
    }

    /** INS with its state, or that it is not shown. */
    public String insWords(Language language) {
        return shownIns().map(number -> grouped(number)).orElse(language.of("INS non affiché", "INS not shown"));
    }

    /** As people read it out: {@code 2 44 03 99 999 042 27}. */
    static String grouped(String ins) {
        return ins.matches("[0-9AB]{15}")
                ? ins.replaceFirst(
                        "(.)(..)(..)(..)(...)(...)(..)", "$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5\u00a0$6\u00a0$7")
                : ins;
    }

    static Optional<Age> age(Optional<FhirTime> birth, LocalDate on, java.time.ZoneId zone) {
        return birth.flatMap(time -> time.firstDay(zone)
                .flatMap(first -> time.lastDay(zone)
                        .filter(last -> !first.isAfter(on))
                        .map(last -> new Age(first, last.isAfter(on) ? on : last, on))));
    }
}
