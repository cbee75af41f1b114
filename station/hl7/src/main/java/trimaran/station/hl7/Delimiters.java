package trimaran.station.hl7;

import java.nio.charset.Charset;
import java.util.Optional;

/** The delimiters a message names for itself (HL7 2.5, 2.5.4) and its character set, which escapes may speak of. */
record Delimiters(char field, char component, char repetition, char escape, char subcomponent, Charset charset) {

    private static final int ENCODING_CHARACTERS_MIN = 4;
    static final int ENCODING_CHARACTERS_MAX = 5;

    /** As they stand at the beginning of a message; empty if these cannot be delimiters. */
    static Optional<Delimiters> of(String header, Charset charset) {
        if (header.length() < 4 + ENCODING_CHARACTERS_MIN) {
            return Optional.empty();
        }
        char field = header.charAt(3);
        int end = header.indexOf(field, 4);
        String rest = end < 0 ? "" : header.substring(4, end);
        if (rest.length() < ENCODING_CHARACTERS_MIN || rest.length() > ENCODING_CHARACTERS_MAX) {
            return Optional.empty();
        }
        String all = field + rest;
        boolean distinct = all.chars().distinct().count() == all.length();
        boolean marks = all.chars().allMatch(one -> one > ' ' && one < 0x7f && !Character.isLetterOrDigit(one));
        return distinct && marks
                ? Optional.of(
                        new Delimiters(field, rest.charAt(0), rest.charAt(1), rest.charAt(2), rest.charAt(3), charset))
                : Optional.empty();
    }

    static final Delimiters USUAL = new Delimiters('|', '^', '~', '\\', '&', java.nio.charset.StandardCharsets.UTF_8);

    String encodingCharacters() {
        return "" + component + repetition + escape + subcomponent;
    }
}
