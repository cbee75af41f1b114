package trimaran.model;

import java.nio.charset.StandardCharsets;
import trimaran.kernel.Code;

/**
 * Reads JSON (RFC 8259) off bytes, one token at a time, and keeps where each lies: the check and the writer work on the
 * author's own bytes, so no decimal and no spelling is ever re-encoded. UTF-8 is judged strictly (RFC 3629: nothing
 * overlong, no surrogates), because two parsers that read the same bytes differently are a way in.
 */
final class JsonScanner {

    private static final byte PLAIN = 0;
    private static final byte QUOTE = 1;
    private static final byte ESCAPE = 2;
    private static final byte CONTROL = 3;
    private static final byte WIDE = 4;
    private static final byte[] KINDS = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            KINDS[i] = i < 0x20 ? CONTROL : i >= 0x80 ? WIDE : PLAIN;
        }
        KINDS['"'] = QUOTE;
        KINDS['\\'] = ESCAPE;
    }

    final byte[] bytes;
    final int end;

    /** The next byte to be read. */
    int at;

    /** The last string without its quotes, or the last number. */
    int textStart;

    int textEnd;

    /** Whether the last string holds escapes. */
    boolean escaped;

    /** Whether the last number is written as an integer. */
    boolean integer;

    /** The hash of the last name, as {@link NameIndex} makes it. */
    int hash;

    /** Whether there was any white space between tokens so far. */
    boolean spaced;

    JsonScanner(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** Skips white space and says which byte comes next, without taking it. */
    int peek() throws RefusedException {
        while (at < end) {
            byte next = bytes[at];
            if (next > ' ') {
                return next;
            }
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next & 0xff;
            }
            spaced = true;
            at++;
        }
        throw malformed("the JSON ends too early");
    }

    void take(char wanted) throws RefusedException {
        if (peek() != wanted) {
            throw malformed("not JSON: expected " + wanted);
        }
        at++;
    }

    /** Makes sure that only white space is left. */
    void finish() throws RefusedException {
        while (at < end) {
            byte next = bytes[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                throw malformed("something follows the JSON");
            }
            at++;
        }
    }

    /** Reads a name of an object with its colon, and its hash. */
    void name() throws RefusedException {
        if (peek() != '"') {
            throw malformed("not JSON: expected a name");
        }
        int i = at + 1;
        int sum = 0;
        while (i < end && KINDS[bytes[i] & 0xff] == PLAIN) {
            sum = sum * 31 + bytes[i++];
        }
        if (i < end && bytes[i] == '"') {
            textStart = at + 1;
            textEnd = i;
            hash = sum;
            at = i + 1;
            escaped = false;
        } else {
            string();
        }
        take(':');
    }

    /** Reads a string; {@code at} is on its opening quote. */
    void string() throws RefusedException {
        int i = at + 1;
        textStart = i;
        escaped = false;
        while (i < end) {
            byte next = bytes[i];
            switch (KINDS[next & 0xff]) {
                case PLAIN -> i++;
                case QUOTE -> {
                    textEnd = i;
                    at = i + 1;
                    return;
                }
                case ESCAPE -> {
                    escaped = true;
                    i = escape(i);
                }
                case CONTROL -> {
                    at = i;
                    throw malformed("a control character in a string");
                }
                default -> i = wide(i);
            }
        }
        at = end;
        throw malformed("the JSON ends inside a string");
    }

    private int escape(int from) throws RefusedException {
        if (from + 1 >= end) {
            throw malformed("the JSON ends inside a string");
        }
        return switch (bytes[from + 1]) {
            case '"', '\\', '/', 'n', 't', 'r' -> from + 2;
            case 'u' -> unicode(from);
            case 'b', 'f' -> throw control();
            default -> throw malformed("an escape JSON does not know");
        };
    }

    private int unicode(int from) throws RefusedException {
        int unit = unit(from);
        if (unit < 0x20 && unit != '\n' && unit != '\r' && unit != '\t') {
            throw control();
        }
        if (!Character.isSurrogate((char) unit)) {
            return from + 6;
        }
        boolean paired = Character.isHighSurrogate((char) unit)
                && from + 11 < end
                && bytes[from + 6] == '\\'
                && bytes[from + 7] == 'u'
                && Character.isLowSurrogate((char) unit(from + 6));
        if (!paired) {
            throw malformed("half a surrogate pair");
        }
        return from + 12;
    }

    private static RefusedException control() {
        return new RefusedException(Code.BAD_VALUE, "FHIR allows no control characters in a string");
    }

    private int unit(int from) throws RefusedException {
        if (from + 5 >= end) {
            throw malformed("the JSON ends inside a string");
        }
        int unit = 0;
        for (int i = from + 2; i < from + 6; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                throw malformed("an escape JSON does not know");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Checks one character of two to four bytes (RFC 3629, section 4) and steps over it. */
    private int wide(int from) throws RefusedException {
        int lead = bytes[from] & 0xff;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        boolean good = length > 0 && from + length <= end;
        for (int i = 1; good && i < length; i++) {
            good = (bytes[from + i] & 0xc0) == 0x80;
        }
        if (good && length > 2) {
            int second = bytes[from + 1] & 0xff;
            good = switch (lead) {
                case 0xe0 -> second >= 0xa0;
                case 0xed -> second < 0xa0;
                case 0xf0 -> second >= 0x90;
                case 0xf4 -> second < 0x90;
                default -> true;
            };
        }
        if (!good) {
            at = from;
            throw malformed("not UTF-8");
        }
        return from + length;
    }

    /** Reads a number; {@code at} is on its first character. */
    void number() throws RefusedException {
        int i = at;
        textStart = i;
        integer = true;
        if (i < end && bytes[i] == '-') {
            i++;
        }
        int whole = i;
        i = digits(i);
        if (i > whole + 1 && bytes[whole] == '0') {
            throw malformed("a number with a leading zero");
        }
        if (i < end && bytes[i] == '.') {
            integer = false;
            i = digits(i + 1);
        }
        if (i < end && (bytes[i] == 'e' || bytes[i] == 'E')) {
            integer = false;
            i++;
            if (i < end && (bytes[i] == '+' || bytes[i] == '-')) {
                i++;
            }
            i = digits(i);
        }
        textEnd = i;
        at = i;
    }

    private int digits(int from) throws RefusedException {
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        if (i == from) {
            throw malformed("not a JSON number");
        }
        return i;
    }

    /** Takes {@code true}, {@code false} or {@code null} if that is what comes. */
    boolean literal(String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** Reads over a whole value, checking only that it is JSON. */
    void skip(int depth) throws RefusedException {
        if (depth > Limits.DEPTH_MAX) {
            throw new RefusedException(Code.TOO_LARGE, "nested deeper than " + Limits.DEPTH_MAX + " levels");
        }
        switch (peek()) {
            case '{' -> skipAll('}', depth);
            case '[' -> skipAll(']', depth);
            case '"' -> string();
            case 't', 'f', 'n' -> {
                if (!literal("true") && !literal("false") && !literal("null")) {
                    throw malformed("not JSON");
                }
            }
            default -> number();
        }
    }

    private void skipAll(char close, int depth) throws RefusedException {
        at++;
        if (peek() == close) {
            at++;
            return;
        }
        while (true) {
            if (close == '}') {
                name();
            }
            skip(depth + 1);
            if (peek() == close) {
                at++;
                return;
            }
            take(',');
        }
    }

    /** The last string or number as text. */
    String text() {
        return text(bytes, textStart, textEnd);
    }

    /** The text of a checked string between its quotes. */
    static String text(byte[] bytes, int start, int end) {
        if (!hasEscape(bytes, start, end)) {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
        byte[] plain = new byte[end - start];
        return new String(plain, 0, unescape(bytes, start, end, plain), StandardCharsets.UTF_8);
    }

    static boolean hasEscape(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Writes the characters of a checked string as UTF-8 into the target, which is at least as long; returns the length. */
    static int unescape(byte[] bytes, int start, int end, byte[] target) {
        int to = 0;
        int i = start;
        while (i < end) {
            if (bytes[i] != '\\') {
                target[to++] = bytes[i++];
                continue;
            }
            byte kind = bytes[i + 1];
            if (kind != 'u') {
                target[to++] = kind == 'n' ? (byte) '\n' : kind == 'r' ? (byte) '\r' : kind == 't' ? (byte) '\t' : kind;
                i += 2;
                continue;
            }
            int point = hex(bytes, i + 2);
            i += 6;
            if (Character.isHighSurrogate((char) point)) {
                point = Character.toCodePoint((char) point, (char) hex(bytes, i + 2));
                i += 6;
            }
            byte[] encoded = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, target, to, encoded.length);
            to += encoded.length;
        }
        return to;
    }

    private static int hex(byte[] bytes, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit << 4 | Character.digit(bytes[i], 16);
        }
        return unit;
    }

    static RefusedException malformed(String sentence) {
        return new RefusedException(Code.MALFORMED, sentence);
    }
}
