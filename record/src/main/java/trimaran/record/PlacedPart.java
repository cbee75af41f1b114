package trimaran.record;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * Where one cell part of an entry stands in its cell.
 *
 * @param sequence 0 for the first part of the cell
 * @param previous the cell's chain hash before this part, {@link Digest#ZERO} at sequence 0
 * @param versions the version each changed resource takes, in the order of the part's changes
 */
public record PlacedPart(long sequence, Digest previous, List<Long> versions) {

    public PlacedPart {
        versions = List.copyOf(versions);
    }

    public static PlacedPart read(Reader reader) throws MalformedException {
        return new PlacedPart(reader.count(), reader.digest(), reader.list(RecordLimits.CHANGES_MAX, Reader::u32));
    }

    public void write(Writer writer) {
        writer.i64(sequence).digest(previous).list(versions, (w, version) -> w.u32(version));
    }
}
