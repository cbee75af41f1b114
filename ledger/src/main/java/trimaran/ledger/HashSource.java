package trimaran.ledger;

import trimaran.kernel.Digest;

/** Where the hashes of complete tree nodes are kept: a keeper's store, a set of tiles, a list in memory. */
@FunctionalInterface
public interface HashSource {

    /**
     * The hash of a complete node.
     *
     * @throws MissingNodeException if it is not kept here: whoever asks knows from the tree's size that it must be
     */
    Digest hash(Node node);

    /** A node that the tree's size promises is not there: the store is broken or the wrong one. */
    final class MissingNodeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public MissingNodeException(Node node) {
            super("no hash for tree node at level " + node.level() + ", index " + node.index());
        }
    }
}
