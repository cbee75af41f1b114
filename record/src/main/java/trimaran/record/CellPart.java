package trimaran.record;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * What an entry adds to one cell: the digest and size of the sealed blob, and the resources it changes.
 *
 * @param under the cell of kind {@link CellKind#KEY} whose key the blob is sealed with; {@link CellId#NONE} for the cell's own
 */
public record CellPart(CellId cell, Digest blob, int blobSize, List<Change> changes, CellId under) {

    public CellPart {
        changes = List.copyOf(changes);
    }

    /** A part under its cell's own key. */
    public CellPart(CellId cell, Digest blob, int blobSize, List<Change> changes) {
        this(cell, blob, blobSize, changes, CellId.NONE);
    }

    /** Whether it is sealed with a later key than its cell was opened with. */
    public boolean isRolled() {
        return !under.equals(CellId.NONE);
    }

    /** The layout of entries whose parts are all under their cells' own keys. */
    public static CellPart read(Reader reader) throws MalformedException {
        return read(reader, false);
    }

    public void write(Writer writer) {
        write(writer, false);
    }

    /** @param keyed whether the parts of this entry say under which key they are sealed */
    static CellPart read(Reader reader, boolean keyed) throws MalformedException {
        CellId cell = CellId.read(reader);
        Digest blob = reader.digest();
        long size = reader.u32();
        if (size > RecordLimits.BLOB_BYTES_MAX) {
            throw new MalformedException("a blob of " + size + " bytes is over the limit");
        }
        List<Change> changes = reader.list(RecordLimits.CHANGES_MAX, Change::read);
        return new CellPart(cell, blob, (int) size, changes, keyed ? CellId.read(reader) : CellId.NONE);
    }

    void write(Writer writer, boolean keyed) {
        cell.write(writer);
        writer.digest(blob).u32(blobSize).list(changes, (w, change) -> change.write(w));
        if (keyed) {
            under.write(writer);
        }
    }
}
