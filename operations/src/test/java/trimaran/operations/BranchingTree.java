package trimaran.operations;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.ledger.HashSource;
import trimaran.ledger.Merkle;
import trimaran.ledger.Node;
import trimaran.ledger.TreeHead;

/** A tree of so many entries; from {@code fork} on they are another's. */
record BranchingTree(int size, int fork) implements HashSource {

    @Override
    public Digest hash(Node node) {
        if (node.level() == 0) {
            String branch = node.index() < fork ? "one" : "other";
            return Merkle.leaf(Bytes.ofText(branch + " " + node.index()));
        }
        long left = node.index() * 2;
        return Merkle.node(hash(new Node(node.level() - 1, left)), hash(new Node(node.level() - 1, left + 1)));
    }

    TreeHead head(long at) {
        Digest root = at == 0 ? Merkle.leaf(Bytes.EMPTY) : root(0, at);
        return new TreeHead(at, root);
    }

    private Digest root(long from, long to) {
        if (to - from == 1) {
            return hash(new Node(0, from));
        }
        long half = Long.highestOneBit(to - from - 1);
        return Merkle.node(root(from, from + half), root(from + half, to));
    }
}
