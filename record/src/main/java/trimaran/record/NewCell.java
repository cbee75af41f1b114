package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * A cell this entry opens. Its name is a hash of who opens it and of all the opening says: what is held may be listed by anybody,
 * and whoever read a name there could else open a cell under it first; and the opener itself could open one name twice, under
 * two keys. Either way what others wrote into the cell, and were promised, would count for nothing.
 *
 * @param cell {@link #name} of the session and all the rest; an entry of another session that bears it is void
 * @param subject the identity cell of its patient; the cell itself where there is none
 * @param keyCommitment hash of K
 * @param shareCommitments hashes of shares 1, 2, 3
 */
public record NewCell(CellId cell, CellKind kind, CellId subject, Digest keyCommitment, List<Digest> shareCommitments) {

    public static final int SHARES = 3;

    /** What separates these hashes from all others of the house. */
    private static final Bytes NAMING = Bytes.ofText("trimaran/cell-name/2\n");

    public NewCell {
        shareCommitments = List.copyOf(shareCommitments);
        if (shareCommitments.size() != SHARES) {
            throw new IllegalArgumentException("a cell has three shares");
        }
    }

    /**
     * The opening of a cell by a session, with its name.
     *
     * @param subject the identity cell of its patient; {@link CellId#NONE} where it is to be the cell itself
     */
    public static NewCell named(
            Digest session, CellKind kind, CellId subject, Digest keyCommitment, List<Digest> shareCommitments) {
        CellId cell = name(session, kind, subject, keyCommitment, shareCommitments);
        return new NewCell(cell, kind, subject.equals(CellId.NONE) ? cell : subject, keyCommitment, shareCommitments);
    }

    /** The first 128 bits of SHA-256 over a tag, the session, kind and subject, and the commitments. */
    private static CellId name(
            Digest session, CellKind kind, CellId subject, Digest keyCommitment, List<Digest> shareCommitments) {
        Writer writer = new Writer(256).raw(NAMING.toArray()).digest(session).u8(kind.ordinal());
        subject.write(writer);
        writer.digest(keyCommitment);
        shareCommitments.forEach(writer::digest);
        byte[] hash = Digest.sha256(writer.toArray()).toArray();
        return new CellId(number(hash, 0), number(hash, Long.BYTES));
    }

    private static long number(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return value;
    }

    /** Whether its name follows from the session that opens it and from all it says. */
    public boolean isNamedBy(Digest session) {
        CellId named = subject.equals(cell) ? CellId.NONE : subject;
        // No cell's subject is none: it would bear the name of the one that is its own.
        return !subject.equals(CellId.NONE) && cell.equals(name(session, kind, named, keyCommitment, shareCommitments));
    }

    public static NewCell read(Reader reader) throws MalformedException {
        return new NewCell(
                CellId.read(reader),
                reader.choice(CellKind.values()),
                CellId.read(reader),
                reader.digest(),
                List.of(reader.digest(), reader.digest(), reader.digest()));
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.u8(kind.ordinal());
        subject.write(writer);
        writer.digest(keyCommitment);
        shareCommitments.forEach(writer::digest);
    }
}
