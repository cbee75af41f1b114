package trimaran.ledger;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** The proof that a leaf stands at an index of a tree of some size (RFC 6962, section 2.1.1), nearest sibling first. */
public record InclusionProof(long index, long size, List<Digest> path) {

    /** A tree of fewer than 2^63 leaves is at most 63 levels high, and so is a proof in it. */
    public static final int MAX_PATH = 63;

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
        }
        path = List.copyOf(path);
    }

    public static InclusionProof of(HashSource source, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
        }
        return new InclusionProof(index, size, Ranges.inclusion(source, index, 0, size));
    }

    /**
     * Whether the tree with this root has this leaf at the index. The size this proof names is a claim like the rest of
     * it: compare it with the head the root comes from, or use {@link #proves(Digest, TreeHead)}.
     */
    public boolean proves(Digest leafHash, Digest root) {
        // RFC 9162, section 2.1.3.2: one step up for each path element, skipping levels where the last node is alone.
        long node = index;
        long last = size - 1;
        Digest hash = leafHash;
        for (Digest sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Merkle.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Merkle.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    public boolean proves(Digest leafHash, TreeHead head) {
        return size == head.size() && proves(leafHash, head.root());
    }

    /** Layout: index (8 bytes), size (8 bytes), list of digests. */
    public void write(Writer writer) {
        writer.i64(index).i64(size).list(path, Writer::digest);
    }

    public static InclusionProof read(Reader reader) throws MalformedException {
        long index = reader.count();
        long size = reader.count();
        if (index >= size) {
            throw new MalformedException("inclusion proof for a leaf outside its tree");
        }
        return new InclusionProof(index, size, reader.list(MAX_PATH, Reader::digest));
    }
}
