package trimaran.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.record.Approval;
import trimaran.record.Batch;
import trimaran.record.Premise;
import trimaran.record.Signer;

/** Several yeses under one signature, each approval with its path to the signed root. */
final class ApprovalBatch {

    /**
     * One entry that all applications accepted.
     *
     * @param seen the content that was judged word by word, as {@link Approval#seen} names it; empty where none was
     */
    record Yes(Digest entry, List<Premise> premises, Optional<Digest> seen) {
        Yes {
            premises = List.copyOf(premises);
        }
    }

    private ApprovalBatch() {}

    /** Approvals in the order of the yeses; at least one yes. */
    static List<Approval> sign(List<Yes> yeses, Digest origin, long policyVersion, RecordTime expiry, Signer signer) {
        // A leaf and what it saw are each other's sibling only from an even place on: such pairs go first.
        List<Digest> leaves = new ArrayList<>();
        int[] places = new int[yeses.size()];
        for (boolean pairs : new boolean[] {true, false}) {
            for (int i = 0; i < places.length; i++) {
                Yes yes = yeses.get(i);
                if (yes.seen().isPresent() == pairs) {
                    places[i] = leaves.size();
                    leaves.add(Approval.leaf(yes.entry(), yes.premises(), policyVersion, expiry));
                    yes.seen().ifPresent(leaves::add);
                }
            }
        }
        Batch batch = new Batch(leaves);
        var signature = signer.sign(Approval.signedBytes(origin, batch.root()));
        List<Approval> approvals = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            Yes yes = yeses.get(i);
            approvals.add(
                    new Approval(yes.entry(), yes.premises(), policyVersion, expiry, batch.path(places[i]), signature));
        }
        return approvals;
    }
}
