package trimaran.kernel;

/**
 * The name of a cell, the unit of confidentiality: 128 bits of a hash over what opens it, so that nobody opens one name in two
 * ways. Its handle is the 26-character prefix of the id of every resource inside (two halves of Crockford base 32, lower case,
 * no i l o u), so an id finds its cell without an index.
 */
public record CellId(long high, long low) implements Comparable<CellId> {

    public static final int SIZE_BYTES = 16;
    public static final int HANDLE_LENGTH = 26;

    /** No cell, where a layout has room for one. */
    public static final CellId NONE = new CellId(0, 0);

    private static final int HALF_LENGTH = HANDLE_LENGTH / 2;

    public static CellId ofHandle(String handle) throws MalformedException {
        if (handle.length() != HANDLE_LENGTH) {
            throw new MalformedException("a cell handle has 26 characters");
        }
        return new CellId(half(handle.substring(0, HALF_LENGTH)), half(handle.substring(HALF_LENGTH)));
    }

    private static long half(String text) throws MalformedException {
        // 13 characters carry 65 bits: the first may only be 0 to f, so that the value fits in 64.
        if (Base32.valueOf(text.charAt(0)) > 15) {
            throw new MalformedException("not a cell handle");
        }
        return Base32.decode(text);
    }

    public String handle() {
        return Base32.encode(high, HALF_LENGTH) + Base32.encode(low, HALF_LENGTH);
    }

    /** The name right after this one; after the last comes the first. */
    public CellId next() {
        return new CellId(low == -1 ? high + 1 : high, low + 1);
    }

    /** The name right before this one; before the first comes the last. */
    public CellId previous() {
        return new CellId(low == 0 ? high - 1 : high, low - 1);
    }

    public static CellId read(Reader reader) throws MalformedException {
        return new CellId(reader.i64(), reader.i64());
    }

    public void write(Writer writer) {
        writer.i64(high).i64(low);
    }

    @Override
    public int compareTo(CellId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return handle();
    }
}
