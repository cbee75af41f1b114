package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The end of a cell's chain: how many parts it has and a hash over all of them. Because each place binds the previous hash,
 * one inclusion proof of the last part authenticates the whole cell, and a missing part shows.
 */
public record CellHead(CellId cell, long parts, Digest chain) {

    private static final byte[] TAG = Bytes.ofText("trimaran/cell/1\n").toArray();

    public static CellHead empty(CellId cell) {
        return new CellHead(cell, 0, Digest.ZERO);
    }

    /** The head after one more part. */
    public CellHead plus(Digest entry, Digest blob) {
        Writer writer = new Writer(160).raw(TAG);
        cell.write(writer);
        writer.i64(parts).digest(chain).digest(entry).digest(blob);
        return new CellHead(cell, parts + 1, Digest.sha256(writer.toArray()));
    }

    public static CellHead read(Reader reader) throws MalformedException {
        return new CellHead(CellId.read(reader), reader.count(), reader.digest());
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.i64(parts).digest(chain);
    }
}
