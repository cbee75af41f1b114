package trimaran.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/** Whether a text is what its primitive type says (R4, data types, the regular expressions), without regular expressions. */
final class PrimitiveText {

    private static final byte[] URN_UUID = "urn:uuid:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] URN_OID = "urn:oid:".getBytes(StandardCharsets.US_ASCII);

    private PrimitiveText() {}

    /** What is wrong with the text of a string type, or null. Escapes are resolved already. */
    static @Nullable Refusal fault(Primitive type, byte[] text, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return bad("an empty string is not allowed");
        }
        boolean good = switch (type) {
            case STRING, MARKDOWN -> {
                if (length > Limits.STRING_BYTES_MAX) {
                    yield false;
                }
                yield true;
            }
            case CODE -> isCode(text, start, end);
            case ID -> isId(text, start, end);
            case URI, URL, CANONICAL -> isUri(text, start, end);
            case OID -> isOid(text, start, end);
            case UUID -> isUuid(text, start, end);
            case BASE64BINARY -> isBase64(text, start, end);
            case DATE -> CalendarText.isDate(text, start, end);
            case DATETIME -> CalendarText.isDateTime(text, start, end);
            case INSTANT -> CalendarText.isInstant(text, start, end);
            case TIME -> CalendarText.isTime(text, start, end);
            case XHTML -> new Xhtml(text, start, end).isWellFormed();
            case BOOLEAN, INTEGER, UNSIGNEDINT, POSITIVEINT, DECIMAL -> false;
        };
        if (good) {
            return null;
        }
        if (length > Limits.URI_BYTES_MAX && type != Primitive.BASE64BINARY && type != Primitive.XHTML) {
            return Refusal.of(
                    Code.TOO_LARGE, "longer than " + type.name().toLowerCase(java.util.Locale.ROOT) + " may be");
        }
        return bad("not a valid " + nameOf(type));
    }

    /** What is wrong with a JSON number, or null. */
    static @Nullable Refusal numberFault(Primitive type, boolean integer, byte[] text, int start, int end) {
        if (type == Primitive.DECIMAL) {
            return decimalFault(text, start, end);
        }
        boolean good = integer && end - start <= 11;
        if (good) {
            boolean minus = text[start] == '-';
            long value = 0;
            for (int i = minus ? start + 1 : start; i < end; i++) {
                value = value * 10 + text[i] - '0';
            }
            value = minus ? -value : value;
            long least = type == Primitive.POSITIVEINT ? 1 : type == Primitive.UNSIGNEDINT ? 0 : Integer.MIN_VALUE;
            good = value >= least && value <= Integer.MAX_VALUE;
        }
        return good ? null : bad("not a valid " + nameOf(type));
    }

    private static @Nullable Refusal decimalFault(byte[] text, int start, int end) {
        if (end - start > Limits.DECIMAL_CHARACTERS_MAX) {
            return Refusal.of(Code.TOO_LARGE, "a decimal has at most " + Limits.DECIMAL_CHARACTERS_MAX + " characters");
        }
        int i = start;
        while (i < end && text[i] != 'e' && text[i] != 'E') {
            i++;
        }
        int exponent = 0;
        for (i++; i < end; i++) {
            if (text[i] >= '0' && exponent <= Limits.EXPONENT_MAX) {
                exponent = exponent * 10 + text[i] - '0';
            }
        }
        return exponent > Limits.EXPONENT_MAX
                ? Refusal.of(Code.TOO_LARGE, "the exponent of a decimal is at most " + Limits.EXPONENT_MAX)
                : null;
    }

    private static boolean isCode(byte[] text, int start, int end) {
        boolean space = true;
        for (int i = start; i < end; i++) {
            byte next = text[i];
            boolean white = next == ' ' || next == '\t' || next == '\n' || next == '\r';
            if (white && space) {
                return false;
            }
            space = white;
        }
        return !space && end - start <= Limits.STRING_BYTES_MAX;
    }

    static boolean isId(byte[] text, int start, int end) {
        int length = end - start;
        if (length == 0 || length > Limits.ID_CHARACTERS_MAX) {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte next = text[i];
            boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            if (!letter && (next < '0' || next > '9') && next != '-' && next != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isUri(byte[] text, int start, int end) {
        if (end - start > Limits.URI_BYTES_MAX) {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte next = text[i];
            if (next >= 0 && (next <= ' ' || next == 0x7f)) {
                return false;
            }
        }
        if (startsWith(text, start, end, URN_UUID)) {
            return isUuid(text, start, end);
        }
        return !startsWith(text, start, end, URN_OID) || isOid(text, start, end);
    }

    static boolean isUuid(byte[] text, int start, int end) {
        if (end - start != 45 || !startsWith(text, start, end, URN_UUID)) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            byte next = text[start + 9 + i];
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (next >= '0' && next <= '9') || (next >= 'a' && next <= 'f') || (next >= 'A' && next <= 'F');
            if (hyphen ? next != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** {@code urn:oid:} and at least two arcs, the first 0 to 2, none with a leading zero. */
    private static boolean isOid(byte[] text, int start, int end) {
        int i = start + URN_OID.length;
        if (!startsWith(text, start, end, URN_OID) || end - start > Limits.URI_BYTES_MAX || i >= end) {
            return false;
        }
        if (text[i] < '0' || text[i] > '2') {
            return false;
        }
        i++;
        int arcs = 1;
        while (i < end) {
            int digits = i + 1;
            int stop = digits;
            while (stop < end && text[stop] >= '0' && text[stop] <= '9') {
                stop++;
            }
            if (text[i] != '.' || stop == digits || (text[digits] == '0' && stop > digits + 1)) {
                return false;
            }
            arcs++;
            i = stop;
        }
        return arcs > 1;
    }

    /** RFC 4648 base 64, white space between the characters allowed as R4 allows it. */
    private static boolean isBase64(byte[] text, int start, int end) {
        int characters = 0;
        int padding = 0;
        for (int i = start; i < end; i++) {
            byte next = text[i];
            if (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
                continue;
            }
            boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            boolean digit = (next >= '0' && next <= '9') || next == '+' || next == '/';
            if (next == '=') {
                padding++;
            } else if (padding > 0 || (!letter && !digit)) {
                return false;
            }
            characters++;
        }
        return characters > 0 && characters % 4 == 0 && padding <= 2;
    }

    static boolean startsWith(byte[] text, int start, int end, byte[] head) {
        if (end - start < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if (text[start + i] != head[i]) {
                return false;
            }
        }
        return true;
    }

    private static String nameOf(Primitive type) {
        return switch (type) {
            case UNSIGNEDINT -> "unsignedInt";
            case POSITIVEINT -> "positiveInt";
            case DATETIME -> "dateTime";
            case BASE64BINARY -> "base64Binary";
            case XHTML -> "xhtml div";
            default -> type.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static Refusal bad(String sentence) {
        return Refusal.of(Code.BAD_VALUE, sentence);
    }
}
