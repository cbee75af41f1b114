package trimaran.kernel;

/**
 * The name of a cell, the unit of confidentiality: 64 bits of a hash over the session that opens it and what that drew. Its
 * handle is the 13-character prefix of the id of every resource inside (Crockford base 32, lower case, no i l o u), so an
 * id finds its cell without an index.
 */
public record CellId(long value) implements Comparable<CellId> {

    public static final int HANDLE_LENGTH = 13;

    public static CellId random(Entropy entropy) {
        return new CellId(entropy.nextLong());
    }

    public static CellId ofHandle(String handle) throws MalformedException {
        if (handle.length() != HANDLE_LENGTH) {
            throw new MalformedException("a cell handle has 13 characters");
        }
        // 13 characters carry 65 bits: the first may only be 0 or 1... f, so that the value fits in 64.
        if (Base32.valueOf(handle.charAt(0)) > 15) {
            throw new MalformedException("not a cell handle");
        }
        return new CellId(Base32.decode(handle));
    }

    public String handle() {
        return Base32.encode(value, HANDLE_LENGTH);
    }

    public static CellId read(Reader reader) throws MalformedException {
        return new CellId(reader.i64());
    }

    public void write(Writer writer) {
        writer.i64(value);
    }

    @Override
    public int compareTo(CellId other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return handle();
    }
}
