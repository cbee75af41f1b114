package trimaran.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/** What the text formats of C2SP share: strict UTF-8, names, decimal numbers and canonical base64. */
final class NoteText {

    /** C2SP tlog-cosignature, {@code cosigner_name} and {@code log_origin}: at most 255 bytes. */
    static final int MAX_NAME_BYTES = 255;

    private NoteText() {}

    /** UTF-8 without control characters below U+0020 other than newline (signed-note, "Format"). */
    static String decode(byte[] source, int from, int to) throws MalformedException {
        for (int i = from; i < to; i++) {
            if (source[i] >= 0 && source[i] < ' ' && source[i] != '\n') {
                throw new MalformedException("control character at byte " + i);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, from, to - from))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedException("not UTF-8");
        }
    }

    /** Whether this may name a key: not empty, without Unicode spaces, plus or control characters, well-formed. */
    static boolean isName(String name) {
        return !name.isEmpty() && byteCount(name) <= MAX_NAME_BYTES && isWellFormed(name) && !isForbidden(name);
    }

    private static boolean isForbidden(String name) {
        for (int i = 0; i < name.length(); i++) {
            // Of a pair of surrogates neither half is a space, and no character beyond U+FFFF is one.
            char unit = name.charAt(i);
            if (unit == '+' || unit < ' ' || unit == 0x85 || Character.isSpaceChar(unit)) {
                return true;
            }
        }
        return false;
    }

    /** Whether none of the units is a control character, newlines aside. */
    static boolean isFreeOfControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' && text.charAt(i) != '\n') {
                return false;
            }
        }
        return true;
    }

    /** Whether this may stand on one line of a note: no newline, no control character, no lone surrogate. */
    static boolean isLine(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ') {
                return false;
            }
        }
        return isWellFormed(line);
    }

    /** Whether every surrogate is one of a pair. Every note that comes in passes here, so no encoder is made for it. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    static int byteCount(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Decimal digits without leading zeros, below 2^63. */
    static long decimal(String digits) throws MalformedException {
        boolean shaped = !digits.isEmpty()
                && digits.length() <= 19
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!shaped) {
            throw new MalformedException("not a decimal number");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw new MalformedException("number of 2^63 or more");
        }
    }

    /** Standard base64 with padding (RFC 4648, section 4); of several texts for one value only the canonical one. */
    static Bytes base64(String text) throws MalformedException {
        try {
            byte[] value = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(value).equals(text)) {
                return Bytes.wrap(value);
            }
        } catch (IllegalArgumentException malformed) {
            throw new MalformedException("not base64");
        }
        throw new MalformedException("base64 is not canonical");
    }

    static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
