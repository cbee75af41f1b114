package trimaran.ledger;

import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The place of a complete node: the root of the perfect subtree over the leaves from {@code index << level} on,
 * {@code 1 << level} of them. Level 0 holds the leaf hashes. Once complete, a node's hash never changes.
 */
public record Node(int level, long index) {

    /** A log has fewer than 2^63 leaves, so no complete node lies above this level. */
    public static final int MAX_LEVEL = 62;

    public Node {
        if (level < 0 || level > MAX_LEVEL || index < 0 || index > (Long.MAX_VALUE >>> level) - 1) {
            throw new IllegalArgumentException("no node at level " + level + ", index " + index);
        }
    }

    /** The first leaf below this node. */
    public long firstLeaf() {
        return index << level;
    }

    /** The leaf after the last one below this node, which is also the smallest tree that has this node complete. */
    public long endLeaf() {
        return (index + 1) << level;
    }

    /** The key a store keeps this node's hash under: level (1 byte), index (8 bytes), so that each level is in order. */
    public Bytes key() {
        return new Writer(16).u8(level).i64(index).toBytes();
    }

    public static Node ofKey(Bytes key) throws MalformedException {
        return Reader.whole(key, Node::read);
    }

    private static Node read(Reader reader) throws MalformedException {
        int level = reader.u8();
        long index = reader.count();
        if (level > MAX_LEVEL || index > (Long.MAX_VALUE >>> level) - 1) {
            throw new MalformedException("no such tree node");
        }
        return new Node(level, index);
    }
}
