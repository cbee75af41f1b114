package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Whether a narrative is one well-formed {@code div} (R4, narrative): tags closed in order, attributes quoted and not
 * repeated after one another, no processing instruction, document type or CDATA, nothing that runs in a browser.
 * Which harmless elements it uses is left to whoever shows it.
 */
final class Xhtml {

    /** Elements and attributes that act rather than show (R4 narrative, "active content"). */
    private static final Set<String> ACTIVE = Set.of(
            "script",
            "style",
            "link",
            "meta",
            "base",
            "form",
            "object",
            "embed",
            "iframe",
            "frame",
            "frameset",
            "applet",
            "input",
            "button",
            "svg",
            "math",
            "head",
            "body",
            "html",
            "xml");

    private final byte[] text;
    private final int end;
    private final int start;
    private int at;
    private final int[] openStart = new int[Limits.XHTML_DEPTH_MAX];
    private final int[] openEnd = new int[Limits.XHTML_DEPTH_MAX];
    private int depth;

    Xhtml(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.at = start;
        this.end = end;
    }

    boolean isWellFormed() {
        if (end - start < 5 || !new String(text, start, 4, StandardCharsets.ISO_8859_1).equals("<div")) {
            return false;
        }
        int roots = 0;
        while (at < end) {
            if (text[at] == '<') {
                if (depth == 0 && roots++ > 0) {
                    return false;
                }
                if (!markup()) {
                    return false;
                }
            } else if (depth == 0 || (text[at] == '&' && !entity())) {
                return false;
            } else {
                at++;
            }
        }
        return depth == 0;
    }

    private boolean markup() {
        if (at + 1 >= end) {
            return false;
        }
        return switch (text[at + 1]) {
            case '!' -> comment();
            case '/' -> closing();
            default -> opening();
        };
    }

    private boolean comment() {
        if (depth == 0 || at + 3 >= end || text[at + 2] != '-' || text[at + 3] != '-') {
            return false;
        }
        for (int i = at + 4; i + 2 < end; i++) {
            if (text[i] == '-' && text[i + 1] == '-') {
                at = i + 3;
                return text[i + 2] == '>';
            }
        }
        return false;
    }

    private boolean closing() {
        int from = at + 2;
        int to = nameEnd(from);
        if (depth == 0 || !Arrays.equals(text, from, to, text, openStart[depth - 1], openEnd[depth - 1])) {
            return false;
        }
        depth--;
        at = to;
        space();
        return taken('>');
    }

    private boolean opening() {
        int from = at + 1;
        int to = nameEnd(from);
        if (to == from || depth == Limits.XHTML_DEPTH_MAX || ACTIVE.contains(lower(from, to))) {
            return false;
        }
        at = to;
        while (true) {
            boolean spaced = space();
            if (at >= end) {
                return false;
            }
            if (text[at] == '>') {
                openStart[depth] = from;
                openEnd[depth++] = to;
                at++;
                return true;
            }
            if (text[at] == '/') {
                at++;
                return taken('>');
            }
            if (!spaced || !attribute()) {
                return false;
            }
        }
    }

    private boolean attribute() {
        int from = at;
        int to = nameEnd(from);
        if (to == from || lower(from, to).startsWith("on")) {
            return false;
        }
        at = to;
        space();
        if (!taken('=')) {
            return false;
        }
        space();
        if (at >= end || (text[at] != '"' && text[at] != '\'')) {
            return false;
        }
        byte quote = text[at++];
        while (at < end && text[at] != quote) {
            if (text[at] == '<' || (text[at] == '&' && !entity())) {
                return false;
            }
            at++;
        }
        return taken((char) quote);
    }

    /** Leaves the position on the semicolon, so that the caller steps over it. */
    private boolean entity() {
        int from = at + 1;
        for (int i = from; i < end && i - from < 12; i++) {
            byte next = text[i];
            if (next == ';') {
                at = i;
                return i > from;
            }
            boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            boolean digit = next >= '0' && next <= '9';
            if (!letter && !digit && (next != '#' || i > from)) {
                return false;
            }
        }
        return false;
    }

    private int nameEnd(int from) {
        int i = from;
        while (i < end) {
            byte next = text[i];
            boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_';
            boolean inner = (next >= '0' && next <= '9') || next == '-' || next == ':' || next == '.';
            if (!letter && (!inner || i == from)) {
                break;
            }
            i++;
        }
        return i;
    }

    private String lower(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
    }

    private boolean space() {
        int from = at;
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at > from;
    }

    private boolean taken(char wanted) {
        if (at < end && text[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
