package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.PATIENT;
import static trimaran.record.SmallHospital.digest;
import static trimaran.record.SmallHospital.part;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;

/** Whether an entry counts, without held statements: one test for each reason why it does not. */
class ValidityTest {

    private final SmallHospital hospital = new SmallHospital();

    @Test
    void anApprovedEntryOfAnOpenSessionIsValid() {
        Judgement judgement = hospital.judge(hospital.approved(hospital.draft()));
        assertThat(judgement.verdict()).isEqualTo(Verdict.VALID);
        assertThat(judgement.reason()).isEmpty();
        assertThat(judgement.parts()).containsExactly(new PlacedPart(0, Digest.ZERO, List.of(1L)));
    }

    @Test
    void aValidPartStandsAtTheEndOfItsCellAndTakesTheNextVersion() {
        CellHead head = CellHead.empty(PATIENT).plus(digest("a"), digest("b")).plus(digest("c"), digest("d"));
        hospital.heads.put(PATIENT, head);
        hospital.versions.put(new ResourceId(PATIENT, 1), 4L);
        AuthorPart author =
                Authored.withParts(hospital.draft(), part(PATIENT, new Change(1, 4, false), new Change(2, 0, false)));
        assertThat(hospital.judge(hospital.approved(author)).parts())
                .containsExactly(new PlacedPart(2, head.chain(), List.of(5L, 1L)));
    }

    @Test
    void anEntryOfAnotherHospitalIsVoid() {
        AuthorPart author = Authored.ofOrigin(hospital.draft(), digest("another hospital"));
        assertVoid(hospital.approved(author), Code.WRONG_ORIGIN);
    }

    @Test
    void anEntryThatHasItsPlaceIsVoidASecondTime() {
        Header header = hospital.approved(hospital.draft());
        hospital.placed.add(header.digest());
        assertVoid(header, Code.DUPLICATE);
    }

    @Test
    void aVoidPlaceDoesNotUseUpTheDigest() {
        AuthorPart author = hospital.draft();
        Header late = hospital.signed(author, hospital.approval(author, NOW.plusMillis(-1)));
        assertVoid(late, Code.APPROVAL_EXPIRED);
        Header again = late.with(hospital.approval(author, NOW));
        assertThat(again.digest()).isEqualTo(late.digest());
        assertThat(hospital.judge(again).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void anEntryOfNoKnownSessionIsVoid() {
        assertVoid(hospital.approved(Authored.ofSession(hospital.draft(), digest("nobody"))), Code.SESSION_UNKNOWN);
    }

    @Test
    void aSessionKnownFromElsewhereCountsWhereTheJudgeIsToldOfIt() {
        AuthorPart author = Authored.ofSession(hospital.draft(), digest("only held"));
        Validity told = new Validity(
                hospital.registry, hospital, hospital::verify, id -> hospital.registry.session(hospital.session));
        assertThat(told.judge(hospital.approved(author), NOW, List.of()).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void anEntryWrittenAfterItsSessionEndedIsVoid() {
        long expiry = hospital.opening.expiry().millis();
        assertThat(hospital.judge(hospital.approved(Authored.at(hospital.draft(), expiry)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
        assertVoid(hospital.approved(Authored.at(hospital.draft(), expiry + 1)), Code.SESSION_ENDED);
    }

    @Test
    void anEntryWrittenWithinItsSessionMayArriveAfterItsEnd() {
        RecordTime late = hospital.opening.expiry().plusMillis(3_600_000);
        AuthorPart author = hospital.draft();
        Header header = hospital.signed(author, hospital.approval(author, late));
        hospital.registry.apply(new Statement.SessionClosing(hospital.session), NOW);
        assertThat(hospital.judge(header, late, List.of()).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void anEntryOfACutStationIsVoidFromTheCutOn() {
        assertVoidOnceCut(SmallHospital.STATION, Statement.Target.STATION);
    }

    @Test
    void anEntryOfACutBadgeIsVoidFromTheCutOn() {
        assertVoidOnceCut(hospital.badge.publicKey().id(), Statement.Target.CLIENT);
    }

    @Test
    void anEntryOfACutSessionIsVoidFromTheCutOn() {
        assertVoidOnceCut(hospital.session, Statement.Target.CLIENT);
    }

    @Test
    void anEntryOfARevokedBadgeIsVoid() {
        hospital.registry.apply(
                new Statement.Revocation(hospital.badge.publicKey().id(), NOW), NOW);
        assertVoid(hospital.approved(hospital.draft()), Code.CUT);
    }

    @Test
    void anEntryCountsAgainOnceItsStationIsReopened() {
        hospital.registry.apply(new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, 0, NOW), NOW);
        hospital.registry.apply(new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, NOW), NOW);
        assertThat(hospital.judge(hospital.approved(hospital.draft())).verdict())
                .isEqualTo(Verdict.VALID);
    }

    /** Data's clock, or a fallen data, puts the cut before what two tiers held until the officer signed. */
    @Test
    void whatWasHeldBeforeACutWasSignedCountsThoughTheCutsPlaceIsOlder() {
        Header header = hospital.approved(hospital.draft());
        RecordTime longAgo = NOW.plusMillis(-3_600_000);
        hospital.registry.apply(new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, 0, NOW), longAgo);
        Digest badge = hospital.badge.publicKey().id();
        hospital.registry.apply(new Statement.Revocation(badge, NOW), longAgo);
        assertThat(hospital.judge(header, NOW, hospital.heldTwice(header, NOW.plusMillis(-2000)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(hospital.judge(header, NOW.plusMillis(5000), hospital.heldTwice(header, NOW))
                        .verdict())
                .isEqualTo(Verdict.VOID);
        assertVoid(header, Code.CUT);
    }

    @Test
    void anEntryItsSessionDidNotSignIsVoid() {
        AuthorPart author = hospital.draft();
        Header header = Header.of(
                author,
                StandInSigner.named("somebody else").sign(AuthorPart.signedBytes(AuthorPart.digest(author.encode()))),
                hospital.approval(author, NOW));
        assertVoid(header, Code.BAD_SIGNATURE);
    }

    @Test
    void aSignatureOfAnotherEntryDoesNotFit() {
        Header other = hospital.approved(hospital.draft());
        AuthorPart author = hospital.draft();
        assertVoid(Header.of(author, other.signature(), hospital.approval(author, NOW)), Code.BAD_SIGNATURE);
    }

    @Test
    void onlyARegistryEntryCarriesAStatement() {
        Bytes statement = hospital.signed(new Statement.Revocation(digest("x"), NOW), hospital.officers.getFirst())
                .encode();
        assertVoid(hospital.approved(Authored.saying(hospital.draft(), statement)), Code.MALFORMED);
    }

    @Test
    void noOrdinaryEntryStandsOnItsOwnSignatures() {
        assertVoid(hospital.signed(hospital.draft(), new Sanction.OwnSignatures()), Code.MALFORMED);
    }

    @Test
    void aPartInACellNobodyOpenedIsVoid() {
        AuthorPart author = Authored.withParts(hospital.draft(), part(new CellId(0, 99), new Change(1, 0, false)));
        assertVoid(hospital.approved(author), Code.BAD_REFERENCE);
    }

    @Test
    void aPartMayLieInACellTheSameEntryOpens() {
        NewCell stay = hospital.newCell(99, PATIENT);
        AuthorPart author = Authored.withParts(
                Authored.opening(hospital.draft(), stay), part(stay.cell(), new Change(1, 0, false)));
        assertThat(hospital.judge(hospital.approved(author)).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void twoPartsInOneCellAreVoid() {
        AuthorPart author = Authored.withParts(
                hospital.draft(), part(PATIENT, new Change(1, 0, false)), part(PATIENT, new Change(2, 0, false)));
        assertVoid(hospital.approved(author), Code.MALFORMED);
    }

    @Test
    void oneResourceChangedTwiceInOneEntryIsVoid() {
        AuthorPart author =
                Authored.withParts(hospital.draft(), part(PATIENT, new Change(1, 0, false), new Change(1, 1, true)));
        assertVoid(hospital.approved(author), Code.MALFORMED);
    }

    @Test
    void aNewCellThatExistsIsVoid() {
        NewCell cell = hospital.newCell(99, PATIENT);
        hospital.heads.put(cell.cell(), CellHead.empty(cell.cell()));
        AuthorPart author = Authored.opening(hospital.draft(), cell);
        assertVoid(hospital.approved(author), Code.CELL_EXISTS);
    }

    @Test
    void aNewCellWhoseNameAnotherSessionMadeIsVoid() {
        NewCell others = SmallHospital.newCell(SmallHospital.digest("another session"), 99, PATIENT);
        assertVoid(hospital.approved(Authored.opening(hospital.draft(), others)), Code.MALFORMED);
    }

    /** oneNameOneOpening: else its own opener could open it again, under another key, and what others wrote would not open. */
    @Test
    void aNameOpenedInAnyOtherWayIsVoid() {
        NewCell cell = hospital.newCell(99, PATIENT);
        Digest other = SmallHospital.digest("another");
        List<Digest> shares = cell.shareCommitments();
        for (NewCell otherwise : List.of(
                new NewCell(new CellId(0, 99), cell.kind(), PATIENT, cell.keyCommitment(), shares),
                new NewCell(cell.cell(), CellKind.DOSSIER, PATIENT, cell.keyCommitment(), shares),
                new NewCell(cell.cell(), cell.kind(), cell.cell(), cell.keyCommitment(), shares),
                new NewCell(cell.cell(), cell.kind(), CellId.NONE, cell.keyCommitment(), shares),
                new NewCell(cell.cell(), cell.kind(), PATIENT, other, shares),
                new NewCell(
                        cell.cell(),
                        cell.kind(),
                        PATIENT,
                        cell.keyCommitment(),
                        List.of(shares.get(0), other, shares.get(2))))) {
            assertVoid(hospital.approved(Authored.opening(hospital.draft(), otherwise)), Code.MALFORMED);
        }
    }

    @Test
    void anIdentityCellIsItsOwnSubject() {
        NewCell other = NewCell.named(
                hospital.session,
                CellKind.IDENTITY,
                PATIENT,
                SmallHospital.digest("K"),
                hospital.newCell(1, PATIENT).shareCommitments());
        assertVoid(hospital.approved(Authored.opening(hospital.draft(), other)), Code.MALFORMED);
    }

    @Test
    void aCellThatIsItsOwnSubjectBearsNoOtherName() {
        NewCell own = hospital.newCell(99, CellId.NONE);
        assertThat(own.subject()).isEqualTo(own.cell());
        assertThat(hospital.judge(hospital.approved(Authored.opening(hospital.draft(), own)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
        NewCell ofNobody =
                new NewCell(own.cell(), own.kind(), CellId.NONE, own.keyCommitment(), own.shareCommitments());
        assertVoid(hospital.approved(Authored.opening(hospital.draft(), ofNobody)), Code.MALFORMED);
    }

    @Test
    void oneCellOpenedTwiceInOneEntryIsVoid() {
        NewCell cell = hospital.newCell(99, PATIENT);
        assertVoid(hospital.approved(Authored.opening(hospital.draft(), cell, cell)), Code.CELL_EXISTS);
    }

    @Test
    void aNewCellOfAPatientNobodyKnowsIsVoid() {
        NewCell cell = hospital.newCell(99, new CellId(0, 98));
        assertVoid(hospital.approved(Authored.opening(hospital.draft(), cell)), Code.BAD_REFERENCE);
    }

    @Test
    void whatACutApplicationApprovedNeedsAnotherApprovalOrNone() {
        Digest application = Statement.Target.subjectOf(Party.APPLICATION);
        hospital.registry.apply(new Statement.Cut(Statement.Target.TIER, application, 0, NOW), NOW);
        assertVoid(hospital.approved(hospital.draft()), Code.APPROVAL_EXPIRED);
    }

    @Test
    void whileEverythingIsCutNothingCounts() {
        hospital.registry.apply(new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, NOW), NOW);
        assertVoid(hospital.approved(hospital.draft()), Code.CUT);
        hospital.registry.apply(new Statement.Reopening(Statement.Target.ALL, digest("whatever"), NOW), NOW);
        assertThat(hospital.registry.isAllCut()).isFalse();
    }

    @Test
    void aVersionThatIsNoLongerCurrentIsVoidAndSaysSo() {
        hospital.versions.put(new ResourceId(PATIENT, 1), 2L);
        AuthorPart author = Authored.withParts(hospital.draft(), part(PATIENT, new Change(1, 1, false)));
        assertVoid(hospital.approved(author), Code.VERSION_CONFLICT);
    }

    @Test
    void aNewResourceThatExistsIsAConflictToo() {
        hospital.versions.put(new ResourceId(PATIENT, 1), 1L);
        assertVoid(hospital.approved(hospital.draft()), Code.VERSION_CONFLICT);
    }

    @Test
    void judgingChangesNothing() {
        Header header = hospital.approved(hospital.draft());
        assertThat(hospital.judge(header)).isEqualTo(hospital.judge(header));
    }

    @Test
    void anEntryOfAnEarlierEpochsTierKeyNeedsAFreshApproval() {
        Header header = hospital.approved(hospital.draft());
        hospital.replace(Party.APPLICATION);
        assertVoid(header, Code.BAD_SIGNATURE);
    }

    private void assertVoidOnceCut(Digest subject, Statement.Target target) {
        Header header = hospital.approved(hospital.draft());
        hospital.registry.apply(new Statement.Cut(target, subject, 0, NOW), NOW);
        assertThat(hospital.judge(header, NOW, hospital.heldTwice(header, NOW.plusMillis(-1)))
                        .verdict())
                .as("what was held before the cut stands")
                .isEqualTo(Verdict.VALID);
        assertVoid(header, Code.CUT);
        assertThat(hospital.judge(header, NOW.plusMillis(-1), List.of()).verdict())
                .as("what nobody held stands behind the cut, whatever data's clock says")
                .isEqualTo(Verdict.VOID);
    }

    private void assertVoid(Header header, Code code) {
        Judgement judgement = hospital.judge(header);
        assertThat(judgement.verdict()).isEqualTo(Verdict.VOID);
        assertThat(judgement.parts()).isEmpty();
        assertThat(judgement.reason().orElseThrow().code()).isEqualTo(code);
    }
}
