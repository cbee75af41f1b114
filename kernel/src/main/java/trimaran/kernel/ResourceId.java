package trimaran.kernel;

/**
 * The id of a resource: its cell and 50 random bits, written {@code <26 characters>-<10 characters>}. It says nothing
 * about type or person, so it doubles as the resource's token in an entry's header.
 */
public record ResourceId(CellId cell, long local) implements Comparable<ResourceId> {

    public static final int LOCAL_LENGTH = 10;
    public static final int LENGTH = CellId.HANDLE_LENGTH + 1 + LOCAL_LENGTH;
    private static final long LOCAL_MASK = (1L << 50) - 1;

    public ResourceId {
        if ((local & ~LOCAL_MASK) != 0) {
            throw new IllegalArgumentException("the local half of a resource id has 50 bits");
        }
    }

    public static ResourceId random(CellId cell, Entropy entropy) {
        return new ResourceId(cell, entropy.nextLong() & LOCAL_MASK);
    }

    public static ResourceId parse(String text) throws MalformedException {
        if (text.length() != LENGTH || text.charAt(CellId.HANDLE_LENGTH) != '-') {
            throw new MalformedException("a resource id is 26 characters, a hyphen, 10 characters");
        }
        CellId cell = CellId.ofHandle(text.substring(0, CellId.HANDLE_LENGTH));
        return new ResourceId(cell, Base32.decode(text.substring(CellId.HANDLE_LENGTH + 1)));
    }

    public static ResourceId read(Reader reader) throws MalformedException {
        return new ResourceId(CellId.read(reader), readLocal(reader));
    }

    /** The second half alone, where the cell is said elsewhere. */
    public static long readLocal(Reader reader) throws MalformedException {
        long local = reader.i64();
        if ((local & ~LOCAL_MASK) != 0) {
            throw new MalformedException("the local half of a resource id has 50 bits");
        }
        return local;
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.i64(local);
    }

    @Override
    public int compareTo(ResourceId other) {
        int byCell = cell.compareTo(other.cell);
        return byCell != 0 ? byCell : Long.compare(local, other.local);
    }

    @Override
    public String toString() {
        return cell.handle() + "-" + Base32.encode(local, LOCAL_LENGTH);
    }
}
