package trimaran.ledger;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** The proof that one tree is the beginning of another (RFC 6962, section 2.1.2). */
public record ConsistencyProof(long oldSize, long newSize, List<Digest> path) {

    /** C2SP tlog-witness: no more than 63 lines. */
    public static final int MAX_PATH = 63;

    public ConsistencyProof {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("no proof from size " + oldSize + " to " + newSize);
        }
        path = List.copyOf(path);
    }

    public static ConsistencyProof of(HashSource source, long oldSize, long newSize) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("no proof from size " + oldSize + " to " + newSize);
        }
        return new ConsistencyProof(oldSize, newSize, Ranges.consistency(source, 0, oldSize, newSize));
    }

    /**
     * Whether the tree with the old root is the beginning of the one with the new root. The empty tree is the beginning
     * of every tree, a tree the beginning of itself; both with an empty proof only. The sizes this proof names are
     * claims: compare them with the heads the roots come from, or use {@link #proves(TreeHead, TreeHead)}.
     */
    public boolean proves(Digest oldRoot, Digest newRoot) {
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(Merkle.EMPTY_ROOT);
        }
        return climb(oldRoot, newRoot);
    }

    public boolean proves(TreeHead old, TreeHead young) {
        return oldSize == old.size() && newSize == young.size() && proves(old.root(), young.root());
    }

    /** RFC 9162, section 2.1.4.2, for sizes that differ and are not 0. */
    private boolean climb(Digest oldRoot, Digest newRoot) {
        // Where the old tree is one perfect subtree its root is the first hash, and the proof leaves it out.
        boolean perfect = Long.bitCount(oldSize) == 1;
        if (!perfect && path.isEmpty()) {
            return false;
        }
        int alone = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >>> alone;
        long last = (newSize - 1) >>> alone;
        Digest oldHash = perfect ? oldRoot : path.getFirst();
        Digest newHash = oldHash;
        for (Digest sibling : perfect ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = Merkle.node(sibling, oldHash);
                newHash = Merkle.node(sibling, newHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                newHash = Merkle.node(newHash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }

    /** Layout: old size (8 bytes), new size (8 bytes), list of digests. */
    public void write(Writer writer) {
        writer.i64(oldSize).i64(newSize).list(path, Writer::digest);
    }

    public static ConsistencyProof read(Reader reader) throws MalformedException {
        long oldSize = reader.count();
        long newSize = reader.count();
        if (oldSize > newSize) {
            throw new MalformedException("consistency proof to a smaller tree");
        }
        return new ConsistencyProof(oldSize, newSize, reader.list(MAX_PATH, Reader::digest));
    }
}
