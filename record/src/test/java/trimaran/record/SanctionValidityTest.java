package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.PATIENT;
import static trimaran.record.SmallHospital.digest;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/** On what ground an entry may stand: approvals, batches of them, and going on without. */
class SanctionValidityTest {

    private static final RecordTime EXPIRY = NOW.plusMillis(RecordLimits.APPROVAL_MILLIS);

    private final SmallHospital hospital = new SmallHospital();

    @Test
    void anApprovalCountsUntilItsExpiryAndNotAfter() {
        AuthorPart author = hospital.draft();
        assertThat(hospital.judge(hospital.signed(author, hospital.approval(author, NOW)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
        assertRefused(hospital.signed(author, hospital.approval(author, NOW.plusMillis(-1))), Code.APPROVAL_EXPIRED);
    }

    @Test
    void anOldApprovalHidesNoUnknownCell() {
        AuthorPart author = hospital.draft();
        hospital.heads.remove(PATIENT);
        assertRefused(hospital.signed(author, hospital.approval(author, NOW.plusMillis(-1))), Code.BAD_REFERENCE);
    }

    @Test
    void anApprovalOfAnotherEntryDoesNotFit() {
        AuthorPart author = hospital.draft();
        assertRefused(hospital.signed(author, hospital.approval(hospital.draft(), EXPIRY)), Code.BAD_SIGNATURE);
    }

    @Test
    void anApprovalRenamedToAnotherEntryIsNotApplications() {
        AuthorPart author = hospital.draft();
        Approval other = approval(hospital.draft());
        Approval renamed = new Approval(
                AuthorPart.digest(author.encode()), List.of(), 1, EXPIRY, BatchPath.ALONE, other.signature());
        assertRefused(hospital.signed(author, new Sanction.Approved(renamed)), Code.BAD_SIGNATURE);
    }

    @Test
    void anApprovalWithALaterExpiryThanSignedIsNotApplications() {
        AuthorPart author = hospital.draft();
        Approval good = approval(author);
        Approval longer =
                new Approval(good.entry(), good.premises(), 1, EXPIRY.plusMillis(1), BatchPath.ALONE, good.signature());
        assertRefused(hospital.signed(author, new Sanction.Approved(longer)), Code.BAD_SIGNATURE);
    }

    @Test
    void anApprovalWithoutItsPremisesIsNotApplications() {
        AuthorPart author = hospital.draft();
        Approval good = approval(author, new Premise(PATIENT, 5));
        Approval without = new Approval(good.entry(), List.of(), 1, EXPIRY, BatchPath.ALONE, good.signature());
        assertRefused(hospital.signed(author, new Sanction.Approved(without)), Code.BAD_SIGNATURE);
    }

    @Test
    void anApprovalByAnotherTierCountsForNothing() {
        AuthorPart author = hospital.draft();
        Approval good = approval(author);
        Signature byData = SmallHospital.statementsOf(Party.DATA, 1).sign(good.signedBytes(hospital.registry.origin()));
        Approval wrong = new Approval(good.entry(), good.premises(), 1, EXPIRY, BatchPath.ALONE, byData);
        assertRefused(hospital.signed(author, new Sanction.Approved(wrong)), Code.BAD_SIGNATURE);
    }

    @Test
    void anApprovalForAnotherHospitalCountsForNothing() {
        AuthorPart author = hospital.draft();
        Approval good = approval(author);
        Signature elsewhere =
                SmallHospital.statementsOf(Party.APPLICATION, 1).sign(good.signedBytes(digest("elsewhere")));
        Approval wrong = new Approval(good.entry(), good.premises(), 1, EXPIRY, BatchPath.ALONE, elsewhere);
        assertRefused(hospital.signed(author, new Sanction.Approved(wrong)), Code.BAD_SIGNATURE);
    }

    @Test
    void aPremiseThatStillHoldsLetsTheEntryIn() {
        hospital.heads.put(PATIENT, CellHead.empty(PATIENT).plus(digest("a"), digest("b")));
        Header header = hospital.approved(hospital.draft(), new Premise(PATIENT, 1));
        assertThat(hospital.judge(header).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void aPremiseThatMovedAsksForAFreshApproval() {
        Header header = hospital.approved(hospital.draft(), new Premise(PATIENT, 0));
        hospital.heads.put(PATIENT, CellHead.empty(PATIENT).plus(digest("a"), digest("b")));
        assertRefused(header, Code.PREMISE_MOVED);
        Header fresh = header.with(hospital.approval(header.author(), EXPIRY, new Premise(PATIENT, 1)));
        assertThat(fresh.digest()).isEqualTo(header.digest());
        assertThat(hospital.judge(fresh).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void oneSignatureOverABatchCoversEachEntryInIt() {
        List<AuthorPart> drafts = List.of(hospital.draft(), hospital.draft(), hospital.draft());
        for (Header header : batch(drafts)) {
            assertThat(hospital.judge(header).verdict()).isEqualTo(Verdict.VALID);
        }
    }

    @Test
    void aPathOfAnotherEntryOfTheBatchDoesNotFit() {
        List<Header> batch = batch(List.of(hospital.draft(), hospital.draft(), hospital.draft()));
        Approval first = ((Sanction.Approved) batch.get(0).sanction()).approval();
        Approval third = ((Sanction.Approved) batch.get(2).sanction()).approval();
        Approval mixed = new Approval(third.entry(), third.premises(), 1, EXPIRY, first.path(), third.signature());
        assertRefused(batch.get(2).with(new Sanction.Approved(mixed)), Code.BAD_SIGNATURE);
    }

    @Test
    void aForgedPathDoesNotLeadAnotherEntryToTheSignedRoot() {
        Approval good = approval(hospital.draft());
        AuthorPart stranger = hospital.draft();
        Digest entry = AuthorPart.digest(stranger.encode());
        Digest root = Approval.leaf(good.entry(), good.premises(), 1, EXPIRY);
        Approval forged = new Approval(entry, List.of(), 1, EXPIRY, new BatchPath(List.of(root), 1), good.signature());
        assertRefused(hospital.signed(stranger, new Sanction.Approved(forged)), Code.BAD_SIGNATURE);
    }

    @Test
    void aSiblingOnTheWrongSideDoesNotFit() {
        List<Header> batch = batch(List.of(hospital.draft(), hospital.draft(), hospital.draft()));
        Approval good = ((Sanction.Approved) batch.getFirst().sanction()).approval();
        Approval turned = new Approval(
                good.entry(),
                good.premises(),
                1,
                EXPIRY,
                new BatchPath(good.path().siblings(), good.path().turns() ^ 1),
                good.signature());
        assertRefused(batch.getFirst().with(new Sanction.Approved(turned)), Code.BAD_SIGNATURE);
    }

    @Test
    void aTurnBeyondThePathIsRefusedSoThatAnApprovalHasOneEncoding() {
        Bytes spare = new Writer()
                .list(List.of(digest("sibling")), Writer::digest)
                .u32(0b10)
                .toBytes();
        assertThatThrownBy(() -> Reader.whole(spare, BatchPath::read)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new BatchPath(List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = EntryKind.class,
            names = {"CLINICAL", "ADMINISTRATIVE", "CONTINUITY", "TOMBSTONE"})
    void whatMayContinueStandsWithoutAnAnswer(EntryKind kind) {
        AuthorPart author = Authored.mayContinue(hospital.draft(), kind);
        assertThat(hospital.judge(hospital.signed(author, new Sanction.Unanswered(2000)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @ParameterizedTest
    @EnumSource(
            value = EntryKind.class,
            names = {"CLINICAL", "ADMINISTRATIVE", "CONTINUITY", "TOMBSTONE"})
    void whatMayNotContinueWaitsForAnAnswer(EntryKind kind) {
        AuthorPart author = Authored.ofKind(hospital.draft(), kind);
        assertRefused(hospital.signed(author, new Sanction.Unanswered(2000)), Code.UNAVAILABLE);
    }

    @Test
    void whatMayContinueStandsAgainstApplicationsSignedRefusal() {
        AuthorPart author = Authored.mayContinue(hospital.draft(), EntryKind.CLINICAL);
        assertThat(hospital.judge(hospital.signed(author, overruled(author, Party.APPLICATION)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void whatMayNotContinueDoesNotStandAgainstARefusal() {
        AuthorPart author = hospital.draft();
        assertRefused(hospital.signed(author, overruled(author, Party.APPLICATION)), Code.UNAVAILABLE);
    }

    @Test
    void aRefusalOfAnotherEntryDoesNotFit() {
        AuthorPart author = Authored.mayContinue(hospital.draft(), EntryKind.CLINICAL);
        Sanction other = overruled(hospital.draft(), Party.APPLICATION);
        assertRefused(hospital.signed(author, other), Code.BAD_SIGNATURE);
    }

    @Test
    void aRefusalNotSignedByApplicationDoesNotCount() {
        AuthorPart author = Authored.mayContinue(hospital.draft(), EntryKind.CLINICAL);
        assertRefused(hospital.signed(author, overruled(author, Party.ACCESS)), Code.BAD_SIGNATURE);
    }

    @Test
    void aRefusalOfAnEarlierEpochStillCounts() {
        AuthorPart author = Authored.mayContinue(hospital.draft(), EntryKind.CLINICAL);
        Header header = hospital.signed(author, overruled(author, Party.APPLICATION));
        hospital.replace(Party.APPLICATION);
        assertThat(hospital.judge(header).verdict()).isEqualTo(Verdict.VALID);
    }

    private Approval approval(AuthorPart author, Premise... premises) {
        return ((Sanction.Approved) hospital.approval(author, EXPIRY, premises)).approval();
    }

    private Sanction overruled(AuthorPart author, Party by) {
        Digest entry = AuthorPart.digest(author.encode());
        byte[] message = SignedRefusal.signedBytes(hospital.registry.origin(), entry, Code.RULE, NOW);
        return new Sanction.Overruled(new SignedRefusal(
                entry, Code.RULE, NOW, SmallHospital.statementsOf(by, 1).sign(message)));
    }

    private List<Header> batch(List<AuthorPart> drafts) {
        Batch batch = new Batch(drafts.stream()
                .map(draft -> Approval.leaf(AuthorPart.digest(draft.encode()), List.of(), 1, EXPIRY))
                .toList());
        Signature signature = SmallHospital.statementsOf(Party.APPLICATION, 1)
                .sign(Approval.signedBytes(hospital.registry.origin(), batch.root()));
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            headers.add(under(drafts.get(i), batch.path(i), signature));
        }
        return headers;
    }

    private Header under(AuthorPart draft, BatchPath path, Signature signature) {
        Digest entry = AuthorPart.digest(draft.encode());
        Approval approval = new Approval(entry, List.of(), 1, EXPIRY, path, signature);
        return hospital.signed(draft, new Sanction.Approved(approval));
    }

    private void assertRefused(Header header, Code code) {
        assertThat(hospital.refusal(header)).isEqualTo(code);
    }
}
