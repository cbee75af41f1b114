package trimaran.station.hl7;

import trimaran.kernel.Code;

/**
 * What is wrong with a message, for whoever looks after its sender: place, what was expected, what came.
 *
 * @param expected in both languages
 * @param got what came, as it came; empty if nothing did
 */
public record Fault(Kind kind, Severity severity, Place place, Said expected, String got) {

    /** A sentence in the two languages of the house. */
    public record Said(String fr, String en) {
        static Said both(String text) {
            return new Said(text, text);
        }

        static Said of(String fr, String en) {
            return new Said(fr, en);
        }
    }

    /** How much it matters: an error keeps the message out, a warning goes with a message that was taken. */
    public enum Severity {
        ERROR("E"),
        WARNING("W"),
        INFORMATION("I");

        private final String letter;

        Severity(String letter) {
            this.letter = letter;
        }

        String letter() {
            return letter;
        }
    }

    /** What sort of fault it is, with its number in HL7 table 0357 and the code of the house. */
    public enum Kind {
        SEGMENT_ORDER(100, Code.MALFORMED, "segment absent ou mal placé", "a segment is missing or misplaced"),
        REQUIRED(101, Code.CARDINALITY, "champ obligatoire absent", "a required field is missing"),
        WRONG_TYPE(102, Code.WRONG_TYPE, "valeur d'un autre type", "a value of another type"),
        NOT_IN_TABLE(103, Code.CODE_REQUIRED, "code hors de sa table", "a code that is not in its table"),
        MESSAGE_TYPE(
                200, Code.NOT_SUPPORTED, "type de message non pris en charge", "this type of message is not taken"),
        EVENT(201, Code.NOT_SUPPORTED, "événement non pris en charge", "this event is not taken"),
        VERSION(203, Code.NOT_SUPPORTED, "version de HL7 non prise en charge", "this version of HL7 is not taken"),
        UNKNOWN_KEY(204, Code.NOT_FOUND, "identifiant inconnu", "an unknown identifier"),
        DUPLICATE_KEY(205, Code.DUPLICATE, "identifiant déjà attribué", "an identifier that is given already"),
        UNREADABLE(207, Code.MALFORMED, "message illisible", "the message cannot be read"),
        CHARSET(207, Code.UNSUPPORTED_MEDIA, "jeu de caractères", "character set"),
        TOO_LARGE(207, Code.TOO_LARGE, "message trop grand", "the message is too large"),
        NOT_NOW(207, Code.UNAVAILABLE, "non enregistré, à renvoyer", "not recorded, to be sent again"),
        REFUSED(207, Code.RULE, "refusé", "refused"),
        BROKEN(207, Code.BROKEN, "panne de ce programme", "a fault of this program"),
        FLAGGED(0, Code.RULE, "à vérifier", "to be looked at");

        private final int hl7;
        private final Code code;
        private final String fr;
        private final String en;

        Kind(int hl7, Code code, String fr, String en) {
            this.hl7 = hl7;
            this.code = code;
            this.fr = fr;
            this.en = en;
        }

        int hl7() {
            return hl7;
        }

        public Code code() {
            return code;
        }

        String text(boolean french) {
            return french ? fr : en;
        }
    }

    static Fault error(Kind kind, Place place, Said expected, String got) {
        return new Fault(kind, Severity.ERROR, place, expected, shortened(got));
    }

    static Fault warning(Kind kind, Place place, Said expected, String got) {
        return new Fault(kind, Severity.WARNING, place, expected, shortened(got));
    }

    static Fault required(Place place, Said expected) {
        return error(Kind.REQUIRED, place, expected, "");
    }

    private static String shortened(String got) {
        return got.length() <= Hl7Limits.GOT_CHARACTERS_MAX
                ? got
                : got.substring(0, Hl7Limits.GOT_CHARACTERS_MAX) + "…";
    }

    /** One sentence: place, what is wrong, expected, got. */
    String sentence(boolean french) {
        StringBuilder text = new StringBuilder();
        if (!place.segment().isEmpty()) {
            text.append(place).append(french ? " : " : ": ");
        }
        text.append(kind.text(french));
        String wanted = french ? expected.fr() : expected.en();
        if (!wanted.isEmpty()) {
            text.append(french ? " ; attendu : " : "; expected: ").append(wanted);
        }
        if (!got.isEmpty()) {
            text.append(french ? " ; reçu : " : "; got: ").append(got);
        }
        return text.toString();
    }
}
