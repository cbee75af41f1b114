package trimaran.record;

import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;

/**
 * One resource changed in a cell part.
 *
 * @param local the second half of the resource's id; the first is the part's cell
 * @param replaces the version it replaces, 0 for a new resource
 * @param removes whether it is taken back: the new version is a tombstone
 */
public record Change(long local, long replaces, boolean removes) {

    public static Change read(Reader reader) throws MalformedException {
        return new Change(ResourceId.readLocal(reader), reader.u32(), reader.flag());
    }

    public void write(Writer writer) {
        writer.i64(local).u32(replaces).flag(removes);
    }
}
