package trimaran.operations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;

/**
 * A badge's key file as lines a person can print, keep in an envelope and type again years later: the reserve of an officer whose
 * badge is lost. It is the file as it lies on a disk: its PIN stands between it and whoever has seen it.
 *
 * <p>A line is its number, 20 bytes as Crockford's base 32 in groups of four, and two characters of check over number and bytes, by which all but one slip in a
 * thousand is found in its line; the file's own digest finds the rest. Lines that begin with {@code #} are for people.
 */
final class BadgePaper {

    /** Crockford's alphabet: no I, L, O and U, which are mistaken for others or for words. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LINE_BYTES = 20;
    private static final int GROUP = 4;
    private static final int BITS = 5;
    private static final int CHECK_CHARACTERS = 2;

    /** Lines of the longest sheet: a key file of a person's badge has some fifteen. */
    static final int LINES_MAX = 99;

    private BadgePaper() {}

    /** @param number the badge's, for who looks for the envelope of this officer */
    static String written(byte[] file, Digest number) {
        if (file.length > LINES_MAX * LINE_BYTES) {
            throw new IllegalArgumentException("a badge of " + file.length + " bytes");
        }
        List<String> lines = new ArrayList<>();
        lines.add("# Trimaran - badge de reserve / reserve badge: " + number);
        lines.add("# S'ouvre avec son code, a garder ailleurs et par une autre personne. Ne pas photographier.");
        lines.add("# Opens with its PIN, to be kept elsewhere and by another person. Do not photograph.");
        lines.add("# trimaran badge --from-paper FILE --file BADGE");
        for (int line = 1; (line - 1) * LINE_BYTES < file.length; line++) {
            int from = (line - 1) * LINE_BYTES;
            lines.add(line(line, Arrays.copyOfRange(file, from, Math.min(file.length, from + LINE_BYTES))));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(int number, byte[] bytes) {
        String text = characters(bytes);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%02d ", number));
        for (int at = 0; at < text.length(); at += GROUP) {
            line.append(' ').append(text, at, Math.min(text.length(), at + GROUP));
        }
        return line.append("  ").append(check(number, bytes)).toString();
    }

    /** The bytes of a sheet somebody typed: case, spaces and hyphens do not matter, nor O for 0, I or L for 1. */
    static byte[] read(String sheet) throws RefusedException {
        byte[] all = new byte[LINES_MAX * LINE_BYTES];
        int size = 0;
        int expected = 1;
        for (String raw : sheet.replace("\uFEFF", "").lines().map(String::strip).toList()) {
            if (raw.isEmpty() || raw.startsWith("#")) {
                continue;
            }
            if (expected > LINES_MAX || size % LINE_BYTES != 0) {
                throw wrong(expected, "comes after the last");
            }
            byte[] bytes = bytes(raw, expected);
            System.arraycopy(bytes, 0, all, size, bytes.length);
            size += bytes.length;
            expected++;
        }
        if (size == 0) {
            throw new RefusedException(Code.KEY_FILE, "there is no line of a badge in it");
        }
        return Arrays.copyOf(all, size);
    }

    private static byte[] bytes(String raw, int expected) throws RefusedException {
        String line = raw.toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1')
                .replaceAll("[\\s-]+", "");
        String number = String.format(Locale.ROOT, "%02d", expected);
        if (!line.startsWith(number)) {
            throw wrong(expected, "is missing, or begins with another number");
        }
        int end = line.length() - CHECK_CHARACTERS;
        if (end <= number.length()) {
            throw wrong(expected, "is too short");
        }
        byte[] bytes = bytes(line.substring(number.length(), end));
        if (bytes.length == 0
                || bytes.length > LINE_BYTES
                || !check(expected, bytes).equals(line.substring(end))) {
            throw wrong(expected, "is not as it was printed: look for a slip, its last two characters do not fit");
        }
        return bytes;
    }

    private static RefusedException wrong(int line, String what) {
        return new RefusedException(Code.KEY_FILE, "line " + line + " of the sheet " + what);
    }

    private static String check(int number, byte[] bytes) {
        byte[] hash = Digest.sha256(new byte[] {(byte) number}, bytes).toArray();
        return characters(Arrays.copyOf(hash, CHECK_CHARACTERS)).substring(0, CHECK_CHARACTERS);
    }

    private static String characters(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (byte one : bytes) {
            held = (held << Byte.SIZE) | (one & 0xFF);
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((held >> bits) & 31));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((held << (BITS - bits)) & 31));
        }
        return text.toString();
    }

    /** Empty if a character is none of the alphabet. */
    private static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
        int held = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return new byte[0];
            }
            held = (held << BITS) | value;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[at++] = (byte) (held >> bits);
            }
            held &= (1 << bits) - 1;
        }
        return bytes;
    }
}
