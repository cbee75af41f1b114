package trimaran.ledger;

import java.security.MessageDigest;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/**
 * The two hashes of a log's tree (RFC 6962, section 2.1). Their different first bytes keep a leaf from ever being taken
 * for a node.
 */
public final class Merkle {

    /** The root of a tree without leaves: the hash of nothing. */
    public static final Digest EMPTY_ROOT = Digest.sha256();

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Merkle() {}

    /** The hash of the leaf that holds this log entry. */
    public static Digest leaf(Bytes entry) {
        MessageDigest hash = Digest.hash();
        hash.update(LEAF);
        hash.update(entry.unsafeArray());
        return Digest.of(hash.digest());
    }

    /** The hash of the node above these two. */
    public static Digest node(Digest left, Digest right) {
        MessageDigest hash = Digest.hash();
        hash.update(NODE);
        hash.update(left.unsafeArray());
        hash.update(right.unsafeArray());
        return Digest.of(hash.digest());
    }
}
