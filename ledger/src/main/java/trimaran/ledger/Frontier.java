package trimaran.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * All that has to be known of a tree to append to it: its size and the hashes of the perfect subtrees it falls into,
 * largest and leftmost first, one for each 1 bit of the size. Never changed: appending gives a new one, so that a batch
 * that could not be written is forgotten by keeping the old one.
 */
public final class Frontier {

    public static final Frontier EMPTY = new Frontier(0, List.of());

    private final long size;
    private final List<Digest> ranges;

    private Frontier(long size, List<Digest> ranges) {
        this.size = size;
        this.ranges = ranges;
    }

    /**
     * Built from the hashes of the tree's perfect subtrees, leftmost first. Nothing is proven by this: compare
     * {@link #head} with a checkpoint.
     *
     * @throws MalformedException if this size has another number of perfect subtrees
     */
    public static Frontier ofRanges(long size, List<Digest> ranges) throws MalformedException {
        if (size < 0 || ranges.size() != Long.bitCount(size)) {
            throw new MalformedException("a tree of this size does not have " + ranges.size() + " perfect subtrees");
        }
        return new Frontier(size, List.copyOf(ranges));
    }

    /** The frontier of the first {@code size} leaves kept in a source. */
    public static Frontier of(HashSource source, long size) {
        List<Digest> ranges = new ArrayList<>();
        for (Node node : nodes(size)) {
            ranges.add(source.hash(node));
        }
        return new Frontier(size, List.copyOf(ranges));
    }

    /** The perfect subtrees that a tree of this size falls into, leftmost first. */
    public static List<Node> nodes(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("negative size");
        }
        List<Node> nodes = new ArrayList<>();
        long start = 0;
        while (start < size) {
            int level = 63 - Long.numberOfLeadingZeros(size - start);
            nodes.add(new Node(level, start >>> level));
            start += 1L << level;
        }
        return List.copyOf(nodes);
    }

    public long size() {
        return size;
    }

    public List<Digest> ranges() {
        return ranges;
    }

    public Digest root() {
        if (ranges.isEmpty()) {
            return Merkle.EMPTY_ROOT;
        }
        Digest root = ranges.getLast();
        for (int i = ranges.size() - 2; i >= 0; i--) {
            root = Merkle.node(ranges.get(i), root);
        }
        return root;
    }

    public TreeHead head() {
        return new TreeHead(size, root());
    }

    public Frontier append(Digest leafHash) {
        return append(List.of(leafHash)).frontier();
    }

    /** The larger tree, and every node that these leaves made complete, the leaves themselves included. */
    public Growth append(Collection<Digest> leafHashes) {
        if (leafHashes.size() > Long.MAX_VALUE - size) {
            throw new IllegalArgumentException("a log has fewer than 2^63 leaves");
        }
        List<Digest> right = new ArrayList<>(ranges);
        List<NodeHash> completed = new ArrayList<>(2 * leafHashes.size());
        long leaves = size;
        for (Digest leafHash : leafHashes) {
            Digest hash = leafHash;
            int level = 0;
            completed.add(new NodeHash(new Node(0, leaves), hash));
            for (long rest = leaves; (rest & 1) == 1; rest >>>= 1) {
                hash = Merkle.node(right.removeLast(), hash);
                level++;
                completed.add(new NodeHash(new Node(level, leaves >>> level), hash));
            }
            right.add(hash);
            leaves++;
        }
        return new Growth(new Frontier(leaves, List.copyOf(right)), List.copyOf(completed));
    }

    /** What appending leaves to a tree gives. */
    public record Growth(Frontier frontier, List<NodeHash> completed) {}

    /** Layout: size (8 bytes), then 32 bytes for each 1 bit of the size. */
    public void write(Writer writer) {
        writer.i64(size);
        ranges.forEach(writer::digest);
    }

    public static Frontier read(Reader reader) throws MalformedException {
        long size = reader.count();
        List<Digest> ranges = new ArrayList<>();
        for (int i = Long.bitCount(size); i > 0; i--) {
            ranges.add(reader.digest());
        }
        return new Frontier(size, List.copyOf(ranges));
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Frontier that && size == that.size && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(size) + ranges.hashCode();
    }

    @Override
    public String toString() {
        return "tree of " + size + " leaves, root " + root();
    }
}
