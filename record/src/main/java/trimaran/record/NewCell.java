package trimaran.record;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * A cell this entry opens.
 *
 * @param subject the identity cell of its patient; the cell itself where there is none
 * @param keyCommitment hash of K
 * @param shareCommitments hashes of shares 1, 2, 3
 */
public record NewCell(CellId cell, CellKind kind, CellId subject, Digest keyCommitment, List<Digest> shareCommitments) {

    public static final int SHARES = 3;

    public NewCell {
        shareCommitments = List.copyOf(shareCommitments);
        if (shareCommitments.size() != SHARES) {
            throw new IllegalArgumentException("a cell has three shares");
        }
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
