package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.RecordTime;
import trimaran.record.Approval;
import trimaran.record.BatchPath;
import trimaran.record.Premise;

final class ApprovalBatchTest {

    private static final RecordTime EXPIRY = new RecordTime(1_000);
    private final Hospital hospital = new Hospital(9);
    private final StandInKey key = StandInKey.named("application");

    @Test
    void everyApprovalOfABatchOfAnySizeLeadsToTheSignedRoot() {
        for (int size = 1; size <= 40; size++) {
            for (Approval approval : sign(size)) {
                assertThat(holds(approval)).as("batch of " + size).isTrue();
            }
        }
    }

    /** Wherever it stands among others, and only of what it saw. */
    @Test
    void anApprovalBearsWhatWasSeen() {
        for (int size = 1; size <= 20; size++) {
            for (int seeing = 0; seeing < size; seeing++) {
                List<Bytes> texts = new ArrayList<>();
                List<ApprovalBatch.Yes> yeses = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    Digest entry = hospital.entropy.nonce();
                    Bytes text = Bytes.ofText("text " + i);
                    texts.add(text);
                    boolean sees = i == seeing || i == size / 2;
                    yeses.add(new ApprovalBatch.Yes(
                            entry, List.of(), sees ? Optional.of(Approval.seen(entry, text)) : Optional.empty()));
                }
                List<Approval> approvals = ApprovalBatch.sign(yeses, hospital.registry.origin(), 1, EXPIRY, key);
                assertThat(approvals).allMatch(this::holds);
                for (int i = 0; i < size; i++) {
                    assertThat(approvals.get(i).entry()).isEqualTo(yeses.get(i).entry());
                    assertThat(approvals.get(i).saw(texts.get(i))).isEqualTo(i == seeing || i == size / 2);
                    assertThat(approvals.get(i).saw(Bytes.ofText("another"))).isFalse();
                }
            }
        }
    }

    /** Else whoever writes two entries at once could have the one bear what was seen of the other. */
    @Test
    void whatWasSeenOfAnotherEntryIsNoneOfThisOnes() {
        Bytes text = Bytes.ofText("text");
        Digest entry = hospital.entropy.nonce();
        Digest other = hospital.entropy.nonce();
        List<ApprovalBatch.Yes> yeses =
                List.of(new ApprovalBatch.Yes(entry, List.of(), Optional.of(Approval.seen(other, text))));
        Approval approval = ApprovalBatch.sign(yeses, hospital.registry.origin(), 1, EXPIRY, key)
                .getFirst();
        assertThat(holds(approval)).isTrue();
        assertThat(approval.saw(text)).isFalse();
    }

    @Test
    void aChangedApprovalNoLongerLeadsToTheRoot() {
        Approval one = sign(7).get(4);
        assertThat(holds(copy(one, 2, one.expiry(), one.path()))).isFalse();
        assertThat(holds(copy(one, 1, one.expiry().plusMillis(1), one.path()))).isFalse();
        assertThat(holds(copy(one, 1, one.expiry(), other(one.path())))).isFalse();
    }

    @Test
    void theFullestOfficeFitsAnApprovalsPath() {
        assertThat(sign(OfficeLimits.UNDER_WAY_MAX))
                .allMatch(approval -> approval.path().siblings().size() <= trimaran.record.RecordLimits.PATH_MAX);
    }

    private static Approval copy(Approval one, long policyVersion, RecordTime expiry, BatchPath path) {
        return new Approval(one.entry(), one.premises(), policyVersion, expiry, path, one.signature());
    }

    private static BatchPath other(BatchPath path) {
        return new BatchPath(path.siblings(), path.turns() ^ 1);
    }

    private boolean holds(Approval approval) {
        return StandInKey.VERIFIER.verify(
                key.publicKey(), approval.signedBytes(hospital.registry.origin()), approval.signature());
    }

    private List<Approval> sign(int size) {
        Entropy entropy = hospital.entropy;
        List<ApprovalBatch.Yes> yeses = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Digest entry = entropy.nonce();
            yeses.add(new ApprovalBatch.Yes(
                    entry,
                    List.of(new Premise(new trimaran.kernel.CellId(0, entropy.nextLong()), i)),
                    Optional.empty()));
        }
        return ApprovalBatch.sign(yeses, hospital.registry.origin(), 1, EXPIRY, key);
    }
}
