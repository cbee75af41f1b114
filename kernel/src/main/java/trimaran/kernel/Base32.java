package trimaran.kernel;

import java.util.Arrays;

/** Crockford's base 32 in lower case, for the two halves of a resource id. Strict: one spelling per value. */
final class Base32 {

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private Base32() {}

    static String encode(long value, int length) {
        char[] text = new char[length];
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
        return new String(text);
    }

    static long decode(String text) throws MalformedException {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            value = value << 5 | valueOf(text.charAt(i));
        }
        return value;
    }

    static int valueOf(char digit) throws MalformedException {
        int value = digit < 128 ? VALUES[digit] : -1;
        if (value < 0) {
            throw new MalformedException("not a base 32 digit");
        }
        return value;
    }
}
