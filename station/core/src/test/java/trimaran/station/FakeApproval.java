package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.model.ContinuityReview;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.Batch;
import trimaran.record.Signer;

/** Application's yes to whatever it is asked, with the reviews it was shown. */
final class FakeApproval {

    private FakeApproval() {}

    /** @param blind whether it is as if nothing had been shown */
    static Approval of(Request.Approve request, Digest origin, RecordTime expiry, Signer signer, boolean blind) {
        Digest entry = AuthorPart.digest(request.authorBytes());
        List<Digest> leaves = new ArrayList<>(List.of(Approval.leaf(entry, List.of(), 1, expiry)));
        request.draft().items().stream()
                .filter(item -> !blind && ContinuityReview.is(item.type(), item.content()))
                .forEach(item -> leaves.add(Approval.seen(entry, item.content())));
        Batch batch = new Batch(leaves);
        return new Approval(
                entry, List.of(), 1, expiry, batch.path(0), signer.sign(Approval.signedBytes(origin, batch.root())));
    }
}
