package trimaran.record;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** What an entry adds to one cell: the digest and size of the sealed blob, and the resources it changes. */
public record CellPart(CellId cell, Digest blob, int blobSize, List<Change> changes) {

    public CellPart {
        changes = List.copyOf(changes);
    }

    public static CellPart read(Reader reader) throws MalformedException {
        CellId cell = CellId.read(reader);
        Digest blob = reader.digest();
        long size = reader.u32();
        if (size > RecordLimits.BLOB_BYTES_MAX) {
            throw new MalformedException("a blob of " + size + " bytes is over the limit");
        }
        return new CellPart(cell, blob, (int) size, reader.list(RecordLimits.CHANGES_MAX, Change::read));
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.digest(blob).u32(blobSize).list(changes, (w, change) -> change.write(w));
    }
}
