package trimaran.ledger;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Digest;

/**
 * RFC 6962, section 2.1, over stored hashes of complete nodes. A range here is always one that the recursion of the
 * RFC can reach: its start is a multiple of the smallest power of two that is not below its length.
 */
final class Ranges {

    private Ranges() {}

    /** MTH(D[from:to]). */
    static Digest hash(HashSource source, long from, long to) {
        long size = to - from;
        if (size == 0) {
            return Merkle.EMPTY_ROOT;
        }
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return source.hash(new Node(level, from >>> level));
        }
        long middle = from + split(size);
        return Merkle.node(hash(source, from, middle), hash(source, middle, to));
    }

    /** PATH(index, D[from:to]), nearest sibling first. */
    static List<Digest> inclusion(HashSource source, long index, long from, long to) {
        List<Digest> path = new ArrayList<>();
        collectInclusion(source, index, from, to, path);
        return List.copyOf(path);
    }

    private static void collectInclusion(HashSource source, long index, long from, long to, List<Digest> path) {
        if (to - from <= 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            collectInclusion(source, index, from, middle, path);
            path.add(hash(source, middle, to));
        } else {
            collectInclusion(source, index, middle, to, path);
            path.add(hash(source, from, middle));
        }
    }

    /**
     * The proof that the range is part of the tree of this size. For a range from 0 this is PROOF(to, D[size]) of the
     * RFC; a range from elsewhere is what C2SP's subtree cosignatures speak of.
     */
    static List<Digest> consistency(HashSource source, long from, long to, long size) {
        List<Digest> path = new ArrayList<>();
        if (from < to) {
            collectConsistency(source, from, to, 0, size, true, path);
        }
        return List.copyOf(path);
    }

    private static void collectConsistency(
            HashSource source, long from, long to, long low, long high, boolean known, List<Digest> path) {
        if (from == low && to == high) {
            if (!known) {
                path.add(hash(source, low, high));
            }
            return;
        }
        long middle = low + split(high - low);
        if (to <= middle) {
            collectConsistency(source, from, to, low, middle, known, path);
            path.add(hash(source, middle, high));
        } else if (from >= middle) {
            collectConsistency(source, from, to, middle, high, known, path);
            path.add(hash(source, low, middle));
        } else {
            collectConsistency(source, middle, to, middle, high, false, path);
            path.add(hash(source, low, middle));
        }
    }

    /** The largest power of two below the size. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
