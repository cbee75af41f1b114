package trimaran.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/** Trees in memory for the tests, and the hashes of RFC 6962 written down as the RFC defines them. */
final class Trees {

    private Trees() {}

    /** The tree whose entry i is the one byte i, as the accumulated vectors of other implementations use. */
    static Tree ofBytes(int size) {
        List<Bytes> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(Bytes.of((byte) i));
        }
        return new Tree(entries);
    }

    /** A tree of 32-byte entries, as the record's are. */
    static Tree ofCommitments(int size, String flavour) {
        List<Bytes> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(Bytes.of(Digest.sha256(Bytes.ofText(flavour + i)).toArray()));
        }
        return new Tree(entries);
    }

    /** MTH(D[from:to]) by the definition, from leaf hashes. */
    static Digest naive(List<Digest> leaves, int from, int to) {
        if (from == to) {
            return Merkle.EMPTY_ROOT;
        }
        if (to - from == 1) {
            return leaves.get(from);
        }
        int split = Integer.highestOneBit(to - from - 1);
        return Merkle.node(naive(leaves, from, from + split), naive(leaves, from + split, to));
    }

    static Digest flip(Digest digest) {
        byte[] bytes = digest.toArray();
        bytes[0] ^= (byte) 0xff;
        return Digest.of(bytes);
    }

    /** Entries, their leaf hashes and all complete nodes. */
    static final class Tree implements HashSource {

        final List<Bytes> entries;
        final List<Digest> leaves;
        final Frontier frontier;
        private final Map<Node, Digest> nodes = new HashMap<>();

        Tree(List<Bytes> entries) {
            this.entries = List.copyOf(entries);
            leaves = this.entries.stream().map(Merkle::leaf).toList();
            Frontier.Growth growth = Frontier.EMPTY.append(leaves);
            frontier = growth.frontier();
            growth.completed().forEach(each -> nodes.put(each.node(), each.hash()));
        }

        @Override
        public Digest hash(Node node) {
            Digest hash = nodes.get(node);
            if (hash == null) {
                throw new MissingNodeException(node);
            }
            return hash;
        }

        int nodeCount() {
            return nodes.size();
        }

        Digest root(long size) {
            return Ranges.hash(this, 0, size);
        }

        TreeHead head(long size) {
            return new TreeHead(size, root(size));
        }
    }
}
