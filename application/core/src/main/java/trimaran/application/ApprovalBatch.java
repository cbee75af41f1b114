package trimaran.application;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.record.Approval;
import trimaran.record.Premise;
import trimaran.record.Signer;

/**
 * Several yeses under one signature: a tree over their leaves in the shape of RFC 6962, section 2.1 (split at the largest
 * power of two below the size), so that each approval stands alone with its path to the signed root.
 */
final class ApprovalBatch {

    /** One entry that all applications accepted. */
    record Yes(Digest entry, List<Premise> premises) {
        Yes {
            premises = List.copyOf(premises);
        }
    }

    private final List<Digest> leaves = new ArrayList<>();
    private final List<List<Digest>> paths = new ArrayList<>();
    private final long[] turns;

    private ApprovalBatch(List<Digest> leaves) {
        this.leaves.addAll(leaves);
        leaves.forEach(leaf -> paths.add(new ArrayList<>()));
        turns = new long[leaves.size()];
    }

    /** Approvals in the order of the yeses; at least one yes. */
    static List<Approval> sign(List<Yes> yeses, Digest origin, long policyVersion, RecordTime expiry, Signer signer) {
        ApprovalBatch batch = new ApprovalBatch(yeses.stream()
                .map(yes -> Approval.leaf(yes.entry(), yes.premises(), policyVersion, expiry))
                .toList());
        Digest root = batch.root(0, yeses.size());
        var signature = signer.sign(Approval.signedBytes(origin, root));
        List<Approval> approvals = new ArrayList<>(yeses.size());
        for (int i = 0; i < yeses.size(); i++) {
            Yes yes = yeses.get(i);
            approvals.add(new Approval(
                    yes.entry(), yes.premises(), policyVersion, expiry, batch.paths.get(i), batch.turns[i], signature));
        }
        return approvals;
    }

    /** The root over a range of leaves; every leaf below learns its sibling here, nearest first. */
    private Digest root(int from, int to) {
        if (to - from == 1) {
            return leaves.get(from);
        }
        int middle = from + Integer.highestOneBit(to - from - 1);
        Digest left = root(from, middle);
        Digest right = root(middle, to);
        for (int i = from; i < to; i++) {
            boolean siblingOnLeft = i >= middle;
            if (siblingOnLeft) {
                turns[i] |= 1L << paths.get(i).size();
            }
            paths.get(i).add(siblingOnLeft ? left : right);
        }
        return Approval.node(left, right);
    }
}
