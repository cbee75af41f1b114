import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Merkle tree of the record (RFC 6962), leaf by leaf: the hashes of its right edge, and its root at the sizes asked for. */
final class Tree {

    private final List<byte[]> edge = new ArrayList<>();
    private final Map<Long, byte[]> roots = new HashMap<>();
    private final Set<Long> sizes;
    private long size;

    Tree(Set<Long> sizes) {
        this.sizes = sizes;
    }

    static byte[] node(byte[] left, byte[] right) {
        return Cursor.sha256(new byte[] {1}, left, right);
    }

    void append(byte[] leaf) {
        byte[] hash = Cursor.sha256(new byte[] {0}, leaf);
        for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
            hash = node(edge.removeLast(), hash);
        }
        edge.add(hash);
        size++;
        if (sizes.contains(size)) {
            roots.put(size, root());
        }
    }

    private byte[] root() {
        byte[] root = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) {
            root = node(edge.get(i), root);
        }
        return root;
    }

    long size() {
        return size;
    }

    boolean isRoot(long at, byte[] root) {
        byte[] own = roots.get(at);
        return own != null && Arrays.equals(own, root);
    }
}
