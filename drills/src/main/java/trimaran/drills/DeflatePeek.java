package trimaran.drills;

/**
 * Tells at little cost what is no bare deflate stream (RFC 1951), or gives too little to hold anything: nearly all that chance makes. What
 * it lets pass may still be none. Bits are taken from the least significant one on, codes from their most significant one.
 */
final class DeflatePeek {

    private static final int LENGTH_CODES_MAX = 286;
    private static final int DISTANCE_CODES_MAX = 30;

    /** A code of these lengths is complete, or the stream is none: lengths have seven bits at most. */
    private static final int COMPLETE = 1 << 7;

    /** What a code of 7 or 8 bits begins with in the fixed code (3.2.6). */
    private static final int LENGTHS_OF_7_LAST = 0b0010111;

    private static final int LITERALS_OF_8_LAST = 0b10111111;
    private static final int LENGTHS_OF_8_LAST = 0b11000111;
    private static final int LENGTHS_OF_8_FIRST = 0b11000000;

    private static final int END = 256;
    private static final int LENGTHS_OF_8_SYMBOL = 280;

    /** From 257 on (3.2.5). */
    private static final int[] LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };

    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };

    private static final int[] DISTANCES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };

    private final byte[] bytes;
    private final long end;
    private long at;

    private DeflatePeek(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = (long) from * Byte.SIZE;
        this.end = (long) length * Byte.SIZE;
    }

    /** Whether what begins at this place of the first {@code length} bytes may inflate to at least so many bytes. */
    static boolean mayGive(byte[] bytes, int from, int length, int least) {
        return new DeflatePeek(bytes, from, length).mayGive(least);
    }

    private boolean mayGive(int least) {
        boolean isLast = bits(1) == 1;
        return switch (bits(2)) {
            case 0 -> mayBeStored();
            case 1 -> fixed(isLast, least);
            case 2 -> mayBeDynamic();
            default -> false;
        };
    }

    /** 3.2.4: the length and its complement, at the next byte. */
    private boolean mayBeStored() {
        at = (at + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
        int size = bits(Short.SIZE);
        int complement = bits(Short.SIZE);
        return at <= end && (size ^ complement) == 0xffff;
    }

    /** 3.2.6: what refers to what never came ends it. */
    private boolean fixed(boolean isLast, int least) {
        int given = 0;
        while (given < least) {
            int symbol = symbol();
            if (symbol == END) {
                return !isLast;
            }
            if (symbol < 0 || symbol >= LENGTH_CODES_MAX) {
                return false;
            }
            given += symbol < END ? 1 : copied(symbol - END - 1, given);
            if (given < 0) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes are copied; so few that nothing is left where they would come from before the beginning. */
    private int copied(int length, int given) {
        int bytesCopied = LENGTHS[length] + bits(LENGTH_BITS[length]);
        int code = code(0, 5);
        if (code >= DISTANCE_CODES_MAX) {
            return Integer.MIN_VALUE;
        }
        int distance = DISTANCES[code] + bits(Math.max(0, code / 2 - 1));
        return at > end || distance > given ? Integer.MIN_VALUE : bytesCopied;
    }

    /** The next symbol of the fixed code; what is a byte by itself is 0, since nobody asks which. Negative at the end. */
    private int symbol() {
        int seven = code(0, 7);
        if (seven <= LENGTHS_OF_7_LAST) {
            return at > end ? -1 : END + seven;
        }
        int eight = code(seven, 1);
        if (eight > LENGTHS_OF_8_LAST) {
            at++;
        }
        if (at > end) {
            return -1;
        }
        boolean isLength = eight > LITERALS_OF_8_LAST && eight <= LENGTHS_OF_8_LAST;
        return isLength ? LENGTHS_OF_8_SYMBOL + eight - LENGTHS_OF_8_FIRST : 0;
    }

    /** 3.2.7: the code of the lengths of codes is complete. */
    private boolean mayBeDynamic() {
        boolean fits = bits(5) + END + 1 <= LENGTH_CODES_MAX;
        fits &= bits(5) + 1 <= DISTANCE_CODES_MAX;
        int lengths = bits(4) + 4;
        int sum = 0;
        for (int i = 0; i < lengths; i++) {
            int length = bits(3);
            sum += length == 0 ? 0 : COMPLETE >> length;
        }
        return fits && at <= end && sum == COMPLETE;
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= bit() << i;
        }
        return value;
    }

    private int code(int begun, int more) {
        int value = begun;
        for (int i = 0; i < more; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Beyond the end nothing but zeros; whoever cares looks where it stands. */
    private int bit() {
        int bit = at < end ? bytes[(int) (at / Byte.SIZE)] >> at % Byte.SIZE & 1 : 0;
        at++;
        return bit;
    }
}
