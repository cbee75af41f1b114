package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.digest;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;

/** What one officer can do alone, and what no officer can. */
class OfficersTest {

    private final SmallHospital hospital = new SmallHospital();
    private final StandInSigner first = hospital.officers.get(0);
    private final StandInSigner second = hospital.officers.get(1);
    private final StandInSigner third = hospital.officers.get(2);
    private final StandInSigner fourth = StandInSigner.named("officer 4");

    @Test
    void oneOfficerCannotRevokeAnother() {
        appointFourth();
        Statement revocation = new Statement.Revocation(second.publicKey().id(), NOW);
        assertCode(Code.OFFICERS_MISSING, revocation, first);
        assertCode(Code.OFFICERS_MISSING, revocation, second);
        assertStands(revocation, first, third);
    }

    @Test
    void threeOfficersRemainWhoeverSigns() {
        Statement revocation = new Statement.Revocation(second.publicKey().id(), NOW);
        assertCode(Code.NOT_ALLOWED, revocation, first, second, third);
        appointFourth();
        assertStands(revocation, first, third);
        hospital.registry.apply(revocation, NOW);
        assertThat(hospital.registry.officers()).hasSize(StatementJudgement.OFFICERS_MIN);
        assertCode(Code.NOT_ALLOWED, new Statement.Revocation(third.publicKey().id(), NOW), first, fourth);
    }

    @Test
    void anOfficerIsNotMadeAPersonWhereThreeWouldNotRemain() {
        Statement grant = grant(second, Statement.BadgeKind.PERSON);
        assertCode(Code.NOT_ALLOWED, grant, first, third);
        assertStands(grant(second, Statement.BadgeKind.OFFICER), first, third);
        appointFourth();
        assertStands(grant, first, third);
    }

    @Test
    void oneOfficerRevokesABadgeThatIsNoOfficers() {
        assertStands(new Statement.Revocation(hospital.badge.publicKey().id(), NOW), third);
    }

    @Test
    void aCutOfAnOfficersBadgeDoesNotTakeTheOfficersVoice() {
        Statement cut =
                new Statement.Cut(Statement.Target.CLIENT, second.publicKey().id(), 0, NOW);
        assertStands(cut, first);
        hospital.registry.apply(cut, NOW);
        assertStands(reopening(Statement.Target.CLIENT, second.publicKey().id()), second, third);
    }

    @Test
    void oneOfficerCutsOneTierAndNotASecond() {
        assertStands(cut(Party.DATA), first);
        hospital.registry.apply(cut(Party.DATA), NOW);
        assertThat(hospital.registry.cutTiers()).containsExactly(Party.DATA);
        assertCode(Code.OFFICERS_MISSING, cut(Party.ACCESS), first);
        assertCode(Code.OFFICERS_MISSING, cut(Party.APPLICATION), second);
        assertStands(cut(Party.ACCESS), second, third);
    }

    @Test
    void oneOfficerCutsTheSameTierAgainAndEverythingAtOnce() {
        hospital.registry.apply(cut(Party.DATA), NOW);
        Statement again =
                new Statement.Cut(Statement.Target.TIER, Statement.Target.subjectOf(Party.DATA), 0, NOW.plusMillis(1));
        assertStands(again, first);
        assertStands(new Statement.Cut(Statement.Target.ALL, digest("all"), 0, NOW), first);
    }

    @Test
    void onceATierIsOpenAgainAnotherIsTheFirstOne() {
        hospital.registry.apply(cut(Party.DATA), NOW);
        hospital.registry.apply(reopening(Statement.Target.TIER, Statement.Target.subjectOf(Party.DATA)), NOW);
        Statement next = new Statement.Cut(Statement.Target.TIER, Statement.Target.subjectOf(Party.ACCESS), 1, NOW);
        assertStands(next, first);
    }

    @Test
    void aTierIsNotCutUnderAnotherName() {
        for (Statement.Target target : Statement.Target.values()) {
            if (target != Statement.Target.TIER) {
                assertCode(
                        Code.MALFORMED,
                        new Statement.Cut(target, Statement.Target.subjectOf(Party.ACCESS), 0, NOW),
                        first,
                        second);
            }
        }
        assertCode(Code.MALFORMED, new Statement.Cut(Statement.Target.TIER, digest("a station"), 0, NOW), first);
        assertCode(
                Code.MALFORMED,
                new Statement.Cut(Statement.Target.TIER, Statement.Target.subjectOf(Party.WITNESS), 0, NOW),
                first);
    }

    @Test
    void aTierCutOnSightIsTheFirstOneToWhoeverSawIt() {
        hospital.registry.announce(cut(Party.DATA));
        assertThat(hospital.registry.cutTiers()).isEmpty();
        assertThat(onSight(cut(Party.ACCESS), first)).contains(Code.OFFICERS_MISSING);
        assertThat(onSight(cut(Party.ACCESS), first, second)).isEmpty();
        assertStands(cut(Party.ACCESS), first);
    }

    @Test
    void aCutThatNamesAReopeningNobodyMadeIsVoid() {
        Statement ahead = new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, 1, NOW);
        assertCode(Code.CUT, ahead, first);
        assertThat(onSight(ahead, first)).as("whoever lags closes all the same").isEmpty();
        hospital.registry.apply(reopening(Statement.Target.ALL, digest("all")), NOW);
        assertStands(ahead, first);
    }

    @Test
    void aCutOlderThanAReopeningOnSightDoesNotCountOnSight() {
        Statement cut = new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, 0, NOW);
        hospital.registry.announce(reopening(Statement.Target.STATION, SmallHospital.STATION));
        assertThat(onSight(cut, first)).contains(Code.CUT);
        assertStands(cut, first);
        hospital.registry.forgetAnnounced();
        assertThat(onSight(cut, first)).isEmpty();
    }

    @Test
    void nothingButCutsAndReopeningsCountsOnSight() {
        assertThat(onSight(grant(fourth, Statement.BadgeKind.OFFICER), first, second))
                .contains(Code.NOT_ALLOWED);
        Statement reopening = reopening(Statement.Target.STATION, SmallHospital.STATION);
        assertThat(onSight(reopening, first)).contains(Code.OFFICERS_MISSING);
        assertThat(onSight(reopening, first, second)).isEmpty();
    }

    private void appointFourth() {
        hospital.registry.apply(grant(fourth, Statement.BadgeKind.OFFICER), NOW);
    }

    private static Statement grant(StandInSigner badge, Statement.BadgeKind kind) {
        return new Statement.Grant(badge.publicKey(), kind, List.of(), List.of(), List.of(), NOW);
    }

    private static Statement cut(Party tier) {
        return new Statement.Cut(Statement.Target.TIER, Statement.Target.subjectOf(tier), 0, NOW);
    }

    private static Statement reopening(Statement.Target target, Digest subject) {
        return new Statement.Reopening(target, subject, NOW);
    }

    private Optional<Code> onSight(Statement statement, StandInSigner... signers) {
        return StatementJudgement.judgeOnSight(
                        hospital.signed(statement, signers), hospital.registry, NOW, hospital::verify)
                .map(Refusal::code);
    }

    private Optional<Code> judge(Statement statement, StandInSigner... signers) {
        return StatementJudgement.judge(hospital.signed(statement, signers), hospital.registry, NOW, hospital::verify)
                .map(Refusal::code);
    }

    private void assertStands(Statement statement, StandInSigner... signers) {
        assertThat(judge(statement, signers)).isEmpty();
    }

    private void assertCode(Code code, Statement statement, StandInSigner... signers) {
        assertThat(judge(statement, signers)).contains(code);
    }
}
