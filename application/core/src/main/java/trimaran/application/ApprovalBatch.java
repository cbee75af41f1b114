package trimaran.application;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.record.Approval;
import trimaran.record.Batch;
import trimaran.record.Premise;
import trimaran.record.Signer;

/** Several yeses under one signature, each approval with its path to the signed root. */
final class ApprovalBatch {

    /** One entry that all applications accepted. */
    record Yes(Digest entry, List<Premise> premises) {
        Yes {
            premises = List.copyOf(premises);
        }
    }

    private ApprovalBatch() {}

    /** Approvals in the order of the yeses; at least one yes. */
    static List<Approval> sign(List<Yes> yeses, Digest origin, long policyVersion, RecordTime expiry, Signer signer) {
        Batch batch = new Batch(yeses.stream()
                .map(yes -> Approval.leaf(yes.entry(), yes.premises(), policyVersion, expiry))
                .toList());
        var signature = signer.sign(Approval.signedBytes(origin, batch.root()));
        List<Approval> approvals = new ArrayList<>(yeses.size());
        for (int i = 0; i < yeses.size(); i++) {
            Yes yes = yeses.get(i);
            approvals.add(new Approval(yes.entry(), yes.premises(), policyVersion, expiry, batch.path(i), signature));
        }
        return approvals;
    }
}
