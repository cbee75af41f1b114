package trimaran.record;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The way from one member of a {@link Batch} to the root that is signed (RFC 6962 node hashing).
 *
 * @param siblings nearest first
 * @param turns bit i is set when the sibling at step i stands on the left; no bit beyond the siblings is
 */
public record BatchPath(List<Digest> siblings, long turns) {

    /** Of a batch with one member, which is its own root. */
    public static final BatchPath ALONE = new BatchPath(List.of(), 0);

    public BatchPath {
        siblings = List.copyOf(siblings);
        if (siblings.size() > RecordLimits.PATH_MAX || turns >>> siblings.size() != 0) {
            throw new IllegalArgumentException("more turns than steps, or more steps than a batch has");
        }
    }

    public static BatchPath read(Reader reader) throws MalformedException {
        List<Digest> siblings = reader.list(RecordLimits.PATH_MAX, Reader::digest);
        long turns = reader.u32();
        if (turns >>> siblings.size() != 0) {
            throw new MalformedException("a batch path turns beyond its end");
        }
        return new BatchPath(siblings, turns);
    }

    public void write(Writer writer) {
        writer.list(siblings, Writer::digest).u32(turns);
    }

    /** The root this way leads to from a member. */
    public Digest root(Digest member) {
        Digest node = member;
        for (int i = 0; i < siblings.size(); i++) {
            boolean left = (turns >>> i & 1) == 1;
            node = left ? Batch.node(siblings.get(i), node) : Batch.node(node, siblings.get(i));
        }
        return node;
    }
}
