package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.PATIENT;
import static trimaran.record.SmallHospital.digest;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;

/** What two tiers acknowledged as held: the earlier time counts, and it is never void for age, premise or version. */
class HeldValidityTest {

    /** Data comes back hours after the two tiers held the entry. */
    private static final RecordTime LATE = NOW.plusMillis(9 * 3_600_000L);

    private final SmallHospital hospital = new SmallHospital();
    private final Header header = hospital.approved(hospital.draft());

    /** Its opener may have opened the same cell before, in the same way, to have this entry void and all it opens beside. */
    @Test
    void aCellThatExistsMakesNoAcknowledgedEntryVoid() {
        NewCell stay = hospital.newCell(99, SmallHospital.PATIENT);
        CellHead moved = CellHead.empty(stay.cell()).plus(SmallHospital.digest("e"), SmallHospital.digest("b"));
        hospital.heads.put(stay.cell(), moved);
        AuthorPart author = Authored.withParts(
                Authored.opening(hospital.draft(), stay), SmallHospital.part(stay.cell(), new Change(1, 0, false)));
        Header opening = hospital.approved(author);
        Judgement judgement = hospital.judge(
                opening,
                LATE,
                List.of(hospital.held(Party.ACCESS, opening, NOW), hospital.held(Party.DATA, opening, NOW)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.VALID);
        assertThat(judgement.parts().getFirst().sequence()).isEqualTo(moved.parts());
        assertThat(judgement.parts().getFirst().previous()).isEqualTo(moved.chain());
    }

    @Test
    void anApprovalThatHasExpiredMeanwhileStillCounts() {
        assertThat(hospital.judge(header, LATE, List.of())
                        .reason()
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.APPROVAL_EXPIRED);
        assertThat(judged(hospital.heldTwice(header, NOW)).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void aPremiseThatMovedMeanwhileStillCounts() {
        Header relying = hospital.approved(hospital.draft(), new Premise(PATIENT, 0));
        hospital.heads.put(PATIENT, CellHead.empty(PATIENT).plus(digest("a"), digest("b")));
        assertThat(hospital.judge(relying, LATE, hospital.heldTwice(relying, NOW))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aReplacedVersionIsPlacedInConflictAndTakesTheNextCounter() {
        hospital.versions.put(new ResourceId(PATIENT, 1), 3L);
        Judgement judgement = judged(hospital.heldTwice(header, NOW));
        assertThat(judgement.verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(judgement.reason().orElseThrow().code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(judgement.parts()).containsExactly(new PlacedPart(0, Digest.ZERO, List.of(4L)));
    }

    @Test
    void theEarlierHeldTimeCountsAgainstACut() {
        cutAt(NOW.plusMillis(500));
        assertThat(judged(hospital.heldTwice(header, NOW)).verdict()).isEqualTo(Verdict.VALID);
        assertThat(judged(hospital.heldTwice(header, NOW.plusMillis(500)))
                        .reason()
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.CUT);
    }

    @Test
    void aFallenTierThatBackdatesItsWordMakesNoSessionComeTooEarly() {
        Header opening =
                hospital.registryEntry(hospital.signed(hospital.opening(NOW, NOW.plusMillis(1000)), hospital.badge));
        assertThat(hospital.judge(opening, LATE, backdated(opening)).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void aFallenTierThatBackdatesItsWordOfACutCutsNothingThatWasHeldBefore() {
        Place cut = new Place(9, LATE, Verdict.VALID, List.of(), backdated(header));
        cutAt(cut.effectiveTime());

        assertThat(cut.effectiveTime()).isEqualTo(NOW);
        assertThat(judged(hospital.heldTwice(header, NOW.plusMillis(-1))).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aFallenTierThatPostdatesItsWordPutsNothingOffBeyondThePlace() {
        List<Held> held = List.of(
                hospital.held(Party.ACCESS, header, NOW), hospital.held(Party.DATA, header, LATE.plusMillis(1)));
        assertThat(new Place(9, LATE, Verdict.VALID, List.of(), held).effectiveTime())
                .isEqualTo(LATE);
    }

    private List<Held> backdated(Header of) {
        return List.of(hospital.held(Party.DATA, of, new RecordTime(0)), hospital.held(Party.ACCESS, of, NOW));
    }

    @Test
    void theOrderOfTheTwoStatementsDoesNotMatter() {
        cutAt(NOW.plusMillis(500));
        List<Held> held = hospital.heldTwice(header, NOW);
        assertThat(judged(held.reversed())).isEqualTo(judged(held));
    }

    @Test
    void whatItsSessionDidNotSignIsVoidEvenIfHeld() {
        Header forged = Header.of(hospital.draft(), new Signature(Suite.STAND_IN, Bytes.EMPTY), header.sanction());
        assertThat(hospital.judge(forged, LATE, hospital.heldTwice(forged, NOW)).verdict())
                .isEqualTo(Verdict.VOID);
    }

    @Test
    void whatMayNotContinueIsVoidEvenIfHeld() {
        Header waiting = hospital.signed(hospital.draft(), new Sanction.Unanswered(0));
        assertThat(hospital.judge(waiting, LATE, hospital.heldTwice(waiting, NOW))
                        .reason()
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void anApprovalOfAnEarlierEpochStillCounts() {
        List<Held> held = hospital.heldTwice(header, NOW);
        hospital.replace(Party.APPLICATION);
        assertThat(judged(held).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void oneStatementAcknowledgesNothing() {
        assertNotHeld(List.of(hospital.held(Party.ACCESS, header, NOW)));
    }

    @Test
    void twoStatementsOfOneTierAcknowledgeNothing() {
        assertNotHeld(List.of(
                hospital.held(Party.ACCESS, header, NOW), hospital.held(Party.ACCESS, header, NOW.plusMillis(1))));
    }

    @Test
    void threeStatementsAreNotTwo() {
        assertNotHeld(List.of(
                hospital.held(Party.ACCESS, header, NOW),
                hospital.held(Party.APPLICATION, header, NOW),
                hospital.held(Party.DATA, header, NOW)));
    }

    @Test
    void theWitnessHoldsNothing() {
        assertNotHeld(List.of(hospital.held(Party.ACCESS, header, NOW), hospital.held(Party.WITNESS, header, NOW)));
    }

    @Test
    void aStatementOfAnotherEntryDoesNotFit() {
        Header other = hospital.approved(hospital.draft());
        assertNotHeld(List.of(hospital.held(Party.ACCESS, header, NOW), hospital.held(Party.DATA, other, NOW)));
    }

    @Test
    void aStatementOfAnEpochThatIsNotYetDoesNotCount() {
        Held future = new Held(Party.DATA, 2, header.digest(), NOW, new Signature(Suite.STAND_IN, Bytes.EMPTY));
        assertNotHeld(List.of(hospital.held(Party.ACCESS, header, NOW), future));
    }

    @Test
    void aStatementItsTierDidNotSignDoesNotCount() {
        Held good = hospital.held(Party.APPLICATION, header, NOW);
        Held backdated = new Held(good.tier(), 1, good.entry(), NOW.plusMillis(-60_000), good.signature());
        Judgement judgement = judged(List.of(hospital.held(Party.ACCESS, header, NOW), backdated));
        assertThat(judgement.verdict()).isEqualTo(Verdict.VOID);
        assertThat(judgement.reason().orElseThrow().code()).isEqualTo(Code.BAD_SIGNATURE);
    }

    @Test
    void aStatementUnderOneTiersKeyDoesNotSpeakForAnother() {
        Held byAccess = hospital.held(Party.ACCESS, header, NOW);
        Held asData = new Held(Party.DATA, 1, byAccess.entry(), NOW, byAccess.signature());
        assertThat(judged(List.of(byAccess, asData)).reason().orElseThrow().code())
                .isEqualTo(Code.BAD_SIGNATURE);
    }

    @Test
    void aRegistryStatementThatWasHeldIsJudgedAtItsHeldTime() {
        SignedStatement opening = hospital.signed(hospital.opening, hospital.badge);
        Header entry = hospital.registryEntry(opening);
        cutAt(NOW.plusMillis(1));
        assertThat(hospital.judge(entry, LATE, hospital.heldTwice(entry, NOW)).verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(hospital.judge(entry, LATE, List.of()).reason().orElseThrow().code())
                .isEqualTo(Code.CUT);
    }

    private void cutAt(RecordTime time) {
        hospital.registry.apply(new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, 0, time), time);
    }

    private Judgement judged(List<Held> held) {
        return hospital.judge(header, LATE, held);
    }

    private void assertNotHeld(List<Held> held) {
        Judgement judgement = judged(held);
        assertThat(judgement.verdict()).isEqualTo(Verdict.VOID);
        assertThat(judgement.reason().orElseThrow().code()).isEqualTo(Code.NOT_HELD);
    }
}
