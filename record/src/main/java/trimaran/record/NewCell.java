package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * A cell this entry opens. Its name follows from the session that opens it: what is held may be listed by anybody, and whoever read
 * a name there could else open a cell under it first, so that what was acknowledged would count for nothing.
 *
 * @param cell {@link #name} of the session and the salt; an entry of another session that bears it is void
 * @param salt what its author drew for the name
 * @param subject the identity cell of its patient; the cell itself where there is none
 * @param keyCommitment hash of K
 * @param shareCommitments hashes of shares 1, 2, 3
 */
public record NewCell(
        CellId cell, long salt, CellKind kind, CellId subject, Digest keyCommitment, List<Digest> shareCommitments) {

    public static final int SHARES = 3;

    /** What separates these hashes from all others of the house. */
    private static final Bytes NAMING = Bytes.ofText("trimaran/cell-name/1\n");

    public NewCell {
        shareCommitments = List.copyOf(shareCommitments);
        if (shareCommitments.size() != SHARES) {
            throw new IllegalArgumentException("a cell has three shares");
        }
    }

    /** The name of a cell a session opens: the first 64 bits of SHA-256 over a tag, the session and the salt. */
    public static CellId name(Digest session, long salt) {
        Digest hash = Digest.sha256(
                new Writer(64).raw(NAMING.toArray()).digest(session).i64(salt).toArray());
        byte[] bytes = hash.toArray();
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return new CellId(value);
    }

    /** Whether its name follows from the session that opens it. */
    public boolean isNamedBy(Digest session) {
        return cell.equals(name(session, salt));
    }

    public static NewCell read(Reader reader) throws MalformedException {
        return new NewCell(
                CellId.read(reader),
                reader.i64(),
                reader.choice(CellKind.values()),
                CellId.read(reader),
                reader.digest(),
                List.of(reader.digest(), reader.digest(), reader.digest()));
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.i64(salt).u8(kind.ordinal());
        subject.write(writer);
        writer.digest(keyCommitment);
        shareCommitments.forEach(writer::digest);
    }
}
