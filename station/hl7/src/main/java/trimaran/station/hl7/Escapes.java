package trimaran.station.hl7;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Escape sequences inside a value (HL7 2.5, 2.7). Read once from left to right: what an escape stands for is never read as an
 * escape again, however it is nested. What is no sequence stays as it is; highlighting and character set switches go.
 */
final class Escapes {

    /** A sequence is a letter and a few digits; {@code \X…\} may bring a line of bytes. */
    static final int SEQUENCE_CHARACTERS_MAX = 1_024;

    private Escapes() {}

    static String read(String raw, Delimiters delimiters) {
        int at = raw.indexOf(delimiters.escape());
        if (at < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length()).append(raw, 0, at);
        while (at < raw.length()) {
            char next = raw.charAt(at);
            int end = next == delimiters.escape() ? raw.indexOf(delimiters.escape(), at + 1) : -1;
            if (end < 0 || end - at > SEQUENCE_CHARACTERS_MAX) {
                text.append(next);
                at++;
            } else {
                at = sequence(raw, at, end, delimiters, text);
            }
        }
        return text.toString();
    }

    /** @return where reading goes on */
    private static int sequence(String raw, int start, int end, Delimiters delimiters, StringBuilder text) {
        String inside = raw.substring(start + 1, end);
        switch (inside) {
            case "F" -> text.append(delimiters.field());
            case "S" -> text.append(delimiters.component());
            case "T" -> text.append(delimiters.subcomponent());
            case "R" -> text.append(delimiters.repetition());
            case "E" -> text.append(delimiters.escape());
            case ".br", ".BR" -> text.append('\n');
            case "H", "N", ".fi", ".nf", ".ce" -> {}
            default -> {
                if (inside.matches("X([0-9A-Fa-f]{2})+")) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    bytes.writeBytes(HexFormat.of().parseHex(inside.substring(1)));
                    text.append(bytes.toString(delimiters.charset()));
                } else if (inside.matches("\\.sp[+]?[0-9]{0,2}|\\.sk[+]?[0-9]{0,2}")) {
                    text.append('\n');
                } else if (!inside.matches("[CMZ][0-9A-Za-z]{0,8}|\\.(in|ti)[+-]?[0-9]{0,3}")) {
                    // No sequence: the escape character stands for itself, and what follows is read by itself.
                    text.append(delimiters.escape());
                    return start + 1;
                }
            }
        }
        return end + 1;
    }

    /** A text as it may stand in a field. Control characters would end it, so line ends are said and the rest goes. */
    static String written(String text, Delimiters delimiters) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            char letter = letter(next, delimiters);
            if (letter != 0) {
                out.append(delimiters.escape()).append(letter).append(delimiters.escape());
            } else if (next == '\n') {
                out.append(delimiters.escape()).append(".br").append(delimiters.escape());
            } else if (next >= ' ' && next != 0x7f) {
                out.append(next);
            }
        }
        return out.toString();
    }

    private static char letter(char next, Delimiters delimiters) {
        if (next == delimiters.field()) {
            return 'F';
        }
        if (next == delimiters.component()) {
            return 'S';
        }
        if (next == delimiters.subcomponent()) {
            return 'T';
        }
        if (next == delimiters.repetition()) {
            return 'R';
        }
        return next == delimiters.escape() ? 'E' : 0;
    }
}
