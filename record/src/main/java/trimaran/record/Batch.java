package trimaran.record;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Digest;

/**
 * Several statements under one signature: a tree over their hashes in the shape of RFC 6962, section 2.1 (split at the largest
 * power of two below the size), so that each stands alone with its path to the signed root.
 */
public final class Batch {

    private final List<Digest> members;
    private final List<List<Digest>> siblings = new ArrayList<>();
    private final long[] turns;
    private final Digest root;

    /** @param members hashes of at least one statement, each hash bound to its kind by a tag of its own */
    public Batch(List<Digest> members) {
        this.members = List.copyOf(members);
        this.members.forEach(member -> siblings.add(new ArrayList<>()));
        this.turns = new long[members.size()];
        this.root = root(0, members.size());
    }

    /** What is signed. */
    public Digest root() {
        return root;
    }

    public BatchPath path(int member) {
        return new BatchPath(siblings.get(member), turns[member]);
    }

    static Digest node(Digest left, Digest right) {
        return Digest.sha256(new byte[] {1}, left.unsafeArray(), right.unsafeArray());
    }

    /** The root over a range; every member below learns its sibling here, nearest first. */
    private Digest root(int from, int to) {
        if (to - from == 1) {
            return members.get(from);
        }
        int middle = from + Integer.highestOneBit(to - from - 1);
        Digest left = root(from, middle);
        Digest right = root(middle, to);
        for (int i = from; i < to; i++) {
            boolean siblingOnLeft = i >= middle;
            if (siblingOnLeft) {
                turns[i] |= 1L << siblings.get(i).size();
            }
            siblings.get(i).add(siblingOnLeft ? left : right);
        }
        return node(left, right);
    }
}
