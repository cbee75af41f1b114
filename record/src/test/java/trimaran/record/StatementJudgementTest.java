package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.record.SmallHospital.FOUNDED;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;

/** Whether registry statements carry the signatures they need. */
class StatementJudgementTest {

    private final SmallHospital hospital = new SmallHospital();
    private final StandInSigner first = hospital.officers.get(0);
    private final StandInSigner second = hospital.officers.get(1);
    private final StandInSigner third = hospital.officers.get(2);
    private final StandInSigner stranger = StandInSigner.named("stranger");

    static List<Statement> whatTwoOfficersSign() {
        PublicKey badge = StandInSigner.named("new badge").publicKey();
        return List.of(
                new Statement.Grant(badge, Statement.BadgeKind.PERSON, List.of(), List.of(), List.of(), NOW),
                new Statement.Grant(badge, Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), NOW),
                new Statement.StationEnrolment("ward 4", digest("line of ward 4"), new CellId(0, 4), NOW),
                new Statement.PolicyChange(newer(2)),
                new Statement.EpochChange(2, Party.ACCESS, SmallHospital.keys(Party.ACCESS, 2), NOW),
                new Statement.Erasure(SmallHospital.PATIENT, 3, NOW),
                new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, NOW));
    }

    private static Policy newer(long version) {
        Policy old = Policy.DEFAULT;
        return new Policy(
                version,
                old.cellsPerHour(),
                old.cellsBeforeSecondPerson(),
                old.delayMillis(),
                old.lookupsPerHour(),
                old.wardFactorPercent(),
                old.leaseMillis(),
                old.stationLeaseMillis(),
                old.sessionMillis());
    }

    static List<Statement> whatOneOfficerSigns() {
        return List.of(
                new Statement.Revocation(digest("badge"), NOW),
                new Statement.Cut(Statement.Target.ALL, digest("all"), 0, NOW));
    }

    @ParameterizedTest
    @MethodSource("whatTwoOfficersSign")
    void aGrantStandsOnTwoOfficersAndNotOnOne(Statement statement) {
        assertThat(judge(hospital.signed(statement, first, third))).isEmpty();
        assertRefused(hospital.signed(statement, second), Code.OFFICERS_MISSING);
    }

    @ParameterizedTest
    @MethodSource("whatOneOfficerSigns")
    void aCutStandsOnOneOfficerAndNotOnNone(Statement statement) {
        assertThat(judge(hospital.signed(statement, second))).isEmpty();
        assertRefused(hospital.signed(statement), Code.OFFICERS_MISSING);
        assertRefused(hospital.signed(statement, stranger), Code.OFFICERS_MISSING);
    }

    @ParameterizedTest
    @MethodSource("whatTwoOfficersSign")
    void oneOfficerTwiceIsOneOfficer(Statement statement) {
        assertRefused(hospital.signed(statement, first, first), Code.OFFICERS_MISSING);
    }

    @ParameterizedTest
    @MethodSource("whatTwoOfficersSign")
    void anOfficerAndAStrangerAreOneOfficer(Statement statement) {
        assertRefused(hospital.signed(statement, first, stranger), Code.OFFICERS_MISSING);
    }

    @ParameterizedTest
    @MethodSource("whatTwoOfficersSign")
    void aSignatureUnderAnotherOfficersNameDoesNotCount(Statement statement) {
        SignedStatement good = hospital.signed(statement, first);
        Signature own = good.signatures().getFirst().signature();
        List<SignedStatement.Signed> signatures = new ArrayList<>(good.signatures());
        signatures.add(new SignedStatement.Signed(second.publicKey().id(), own));
        assertRefused(new SignedStatement(statement, signatures), Code.OFFICERS_MISSING);
    }

    @ParameterizedTest
    @MethodSource("whatTwoOfficersSign")
    void signaturesForAnotherHospitalDoNotCount(Statement statement) {
        assertRefused(
                SignedStatement.signed(digest("elsewhere"), statement, List.of(first, second)), Code.OFFICERS_MISSING);
    }

    @Test
    void signaturesOfAnotherStatementDoNotCount() {
        List<Statement> statements = whatTwoOfficersSign();
        SignedStatement other = hospital.signed(statements.get(1), first, second);
        assertRefused(new SignedStatement(statements.getFirst(), other.signatures()), Code.OFFICERS_MISSING);
    }

    @ParameterizedTest
    @MethodSource("whatTwoOfficersSign")
    void anOldStatementIsNotSaidAgainToUndoANewerOne(Statement statement) {
        SignedStatement signed = hospital.signed(statement, first, second);
        hospital.registry.apply(statement, NOW);
        Code expected = statement instanceof Statement.EpochChange ? Code.WRONG_ORIGIN : Code.DUPLICATE;
        assertRefused(signed, expected);
    }

    @Test
    void aReopeningKeptFromAnEarlierCutDoesNotLiftANewOne() {
        hospital.registry.apply(cut(0), NOW);
        Statement reopening = new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, NOW);
        SignedStatement kept = hospital.signed(reopening, first, second);
        hospital.registry.apply(reopening, NOW);
        hospital.registry.apply(cut(1), NOW.plusMillis(10));
        assertRefused(kept, Code.DUPLICATE);
    }

    @Test
    void aCutThatDoesNotKnowTheLastReopeningIsVoid() {
        hospital.registry.apply(new Statement.Reopening(Statement.Target.ALL, digest("all"), NOW), NOW);
        assertRefused(hospital.signed(cut(0), first), Code.CUT);
        assertThat(judge(hospital.signed(cut(1), first))).isEmpty();
    }

    @Test
    void aRevokedOfficerSignsNothing() {
        hospital.registry.apply(new Statement.Revocation(second.publicKey().id(), NOW), NOW);
        assertRefused(hospital.signed(whatTwoOfficersSign().getFirst(), first, second), Code.OFFICERS_MISSING);
        assertThat(judge(hospital.signed(whatTwoOfficersSign().getFirst(), first, third)))
                .isEmpty();
    }

    @Test
    void aRevokedBadgeIsNeverGrantedAgain() {
        Statement.Grant grant = new Statement.Grant(
                hospital.badge.publicKey(), Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), NOW);
        hospital.registry.apply(
                new Statement.Revocation(hospital.badge.publicKey().id(), NOW), NOW);
        assertRefused(hospital.signed(grant, first, second), Code.CUT);
    }

    @Test
    void anOfficerGrantedByTwoSignsAsOne() {
        hospital.registry.apply(
                new Statement.Grant(
                        stranger.publicKey(), Statement.BadgeKind.OFFICER, List.of(), List.of(), List.of(), NOW),
                NOW);
        assertThat(judge(hospital.signed(whatTwoOfficersSign().getFirst(), stranger, third)))
                .isEmpty();
    }

    @Test
    void anEpochMayNotBeSkippedNorSaidTwice() {
        for (long epoch : new long[] {0, 1, 3}) {
            assertRefused(
                    hospital.signed(
                            new Statement.EpochChange(epoch, Party.DATA, SmallHospital.keys(Party.DATA, 2), NOW),
                            first,
                            second),
                    Code.WRONG_ORIGIN);
        }
    }

    @Test
    void aReplacedPartyDoesNotTakeAnothersName() {
        assertRefused(
                hospital.signed(
                        new Statement.EpochChange(2, Party.ACCESS, SmallHospital.keys(Party.DATA, 2), NOW),
                        first,
                        second),
                Code.MALFORMED);
    }

    @Test
    void aHospitalIsFoundedOnce() {
        assertRefused(hospital.signed(SmallHospital.founding(hospital.officers), first, second, third), Code.DUPLICATE);
    }

    @Test
    void aFoundingStandsOnThreeOfItsOfficers() {
        assertThat(founding(hospital.officers)).isEmpty();
        assertMissing(founding(hospital.officers.subList(0, 2)));
        assertMissing(founding(List.of(first, second, second)));
        assertMissing(founding(List.of(first, second, stranger)));
    }

    @Test
    void aFoundingThatNamesOneOfficerThriceIsNotSignedByThree() {
        Statement founding = SmallHospital.founding(List.of(first, first, first));
        SignedStatement signed = SignedStatement.signed(Digest.ZERO, founding, List.of(first, first, first));
        assertMissing(StatementJudgement.judgeFounding(signed, hospital::verify));
    }

    @Test
    void entryZeroIsAFounding() {
        SignedStatement other =
                SignedStatement.signed(Digest.ZERO, whatTwoOfficersSign().getFirst(), List.of(first, second, third));
        assertThat(StatementJudgement.judgeFounding(other, hospital::verify)
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.MALFORMED);
    }

    @Test
    void aSessionIsOpenedByItsBadge() {
        SignedStatement signed = hospital.signed(hospital.opening, hospital.badge);
        assertThat(judge(signed)).isEmpty();
        assertRefused(hospital.signed(hospital.opening, stranger), Code.BAD_SIGNATURE);
        assertRefused(hospital.signed(hospital.opening, first, second), Code.BAD_SIGNATURE);
    }

    @Test
    void aSignatureSaysWhoseItIs() {
        Signature byBadge = hospital.signed(hospital.opening, hospital.badge)
                .signatures()
                .getFirst()
                .signature();
        SignedStatement.Signed renamed = new SignedStatement.Signed(digest("another"), byBadge);
        assertRefused(new SignedStatement(hospital.opening, List.of(renamed)), Code.BAD_SIGNATURE);
        SignedStatement founding =
                SignedStatement.signed(Digest.ZERO, hospital.founding, List.of(first, second, third));
        List<SignedStatement.Signed> signatures =
                new ArrayList<>(founding.signatures().subList(0, 2));
        signatures.add(new SignedStatement.Signed(
                digest("another"), founding.signatures().getLast().signature()));
        assertMissing(
                StatementJudgement.judgeFounding(new SignedStatement(hospital.founding, signatures), hospital::verify));
    }

    @Test
    void aBadgeNobodyGrantedOpensNoSession() {
        Statement.SessionOpening opening = new Statement.SessionOpening(
                hospital.sessionKey.publicKey(),
                stranger.publicKey().id(),
                SmallHospital.STATION,
                FOUNDED,
                NOW,
                Digest.ZERO);
        assertRefused(hospital.signed(opening, stranger), Code.NOT_SIGNED_IN);
    }

    @Test
    void aRevokedBadgeOpensNoSession() {
        hospital.registry.apply(
                new Statement.Revocation(hospital.badge.publicKey().id(), NOW), NOW);
        assertRefused(hospital.signed(hospital.opening, hospital.badge), Code.NOT_SIGNED_IN);
    }

    @Test
    void aStationNobodyEnrolledHoldsNoSession() {
        Statement.SessionOpening opening = new Statement.SessionOpening(
                hospital.sessionKey.publicKey(),
                hospital.badge.publicKey().id(),
                digest("unknown station"),
                FOUNDED,
                NOW,
                Digest.ZERO);
        assertRefused(hospital.signed(opening, hospital.badge), Code.NOT_ALLOWED);
    }

    @Test
    void aCutStationOrBadgeOpensNoSession() {
        for (Digest subject :
                List.of(SmallHospital.STATION, hospital.badge.publicKey().id())) {
            SmallHospital other = new SmallHospital();
            other.registry.apply(new Statement.Cut(Statement.Target.STATION, subject, 0, NOW), NOW);
            assertThat(StatementJudgement.judge(
                                    other.signed(other.opening, other.badge), other.registry, NOW, other::verify)
                            .orElseThrow()
                            .code())
                    .isEqualTo(Code.CUT);
        }
    }

    @Test
    void aSessionLastsNoLongerThanThePolicyAllows() {
        long longest = Policy.DEFAULT.sessionMillis();
        assertThat(judge(hospital.signed(hospital.opening(FOUNDED, FOUNDED.plusMillis(longest)), hospital.badge)))
                .isEmpty();
        assertRefused(
                hospital.signed(hospital.opening(FOUNDED, FOUNDED.plusMillis(longest + 1)), hospital.badge),
                Code.NOT_ALLOWED);
    }

    @Test
    void aSessionIsNotOpenedAheadOfTimeSoThatItLastsLonger() {
        RecordTime edge = NOW.plusMillis(RecordLimits.SESSION_AHEAD_MILLIS_MAX);
        assertThat(judge(hospital.signed(hospital.opening(edge, edge.plusMillis(1)), hospital.badge)))
                .isEmpty();
        RecordTime beyond = edge.plusMillis(1);
        assertRefused(
                hospital.signed(hospital.opening(beyond, beyond.plusMillis(1)), hospital.badge), Code.NOT_ALLOWED);
    }

    @Test
    void aSessionIsEndedByItselfOrByItsBadgeAndByNobodyElse() {
        Statement closing = new Statement.SessionClosing(hospital.session);
        assertThat(judge(hospital.signed(closing, hospital.sessionKey))).isEmpty();
        assertThat(judge(hospital.signed(closing, hospital.badge))).isEmpty();
        assertRefused(hospital.signed(closing, stranger), Code.BAD_SIGNATURE);
        assertRefused(hospital.signed(closing, first, second), Code.BAD_SIGNATURE);
    }

    @Test
    void aSessionNobodyOpenedIsNotEnded() {
        Statement closing = new Statement.SessionClosing(digest("none"));
        assertRefused(hospital.signed(closing, hospital.sessionKey), Code.SESSION_UNKNOWN);
    }

    @Test
    void aRegistryEntryIsJudgedByItsStatement() {
        SignedStatement good = hospital.signed(whatTwoOfficersSign().getFirst(), first, second);
        assertThat(hospital.judge(hospital.registryEntry(good)).verdict()).isEqualTo(Verdict.VALID);
        SignedStatement bad = hospital.signed(whatTwoOfficersSign().getFirst(), first);
        assertThat(hospital.refusal(hospital.registryEntry(bad))).isEqualTo(Code.OFFICERS_MISSING);
    }

    @Test
    void aRegistryEntryTouchesNoCellAndStandsOnItsOwnSignatures() {
        Header good =
                hospital.registryEntry(hospital.signed(whatTwoOfficersSign().getFirst(), first, second));
        AuthorPart author = good.author();
        AuthorPart touching = Authored.withParts(author, SmallHospital.part(SmallHospital.PATIENT));
        AuthorPart opening = Authored.opening(author, hospital.newCell(99, SmallHospital.PATIENT));
        assertThat(hospital.refusal(Header.of(touching, good.signature(), good.sanction())))
                .isEqualTo(Code.MALFORMED);
        assertThat(hospital.refusal(Header.of(opening, good.signature(), good.sanction())))
                .isEqualTo(Code.MALFORMED);
        assertThat(hospital.refusal(good.with(new Sanction.Unanswered(0)))).isEqualTo(Code.MALFORMED);
    }

    @Test
    void aStatementThatCannotBeReadIsVoid() {
        Header good =
                hospital.registryEntry(hospital.signed(whatTwoOfficersSign().getFirst(), first, second));
        for (Bytes statement : List.of(Bytes.EMPTY, Bytes.ofText("nonsense"))) {
            AuthorPart author = Authored.saying(good.author(), statement);
            assertThat(hospital.refusal(Header.of(author, good.signature(), good.sanction())))
                    .isEqualTo(Code.MALFORMED);
        }
    }

    private Optional<Refusal> founding(List<StandInSigner> signers) {
        return StatementJudgement.judgeFounding(
                SignedStatement.signed(Digest.ZERO, hospital.founding, List.copyOf(signers)), hospital::verify);
    }

    private static Statement.Cut cut(long reopeningsSeen) {
        return new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, reopeningsSeen, NOW);
    }

    private Optional<Refusal> judge(SignedStatement signed) {
        return StatementJudgement.judge(signed, hospital.registry, NOW, hospital::verify);
    }

    private void assertRefused(SignedStatement signed, Code code) {
        assertThat(judge(signed).map(Refusal::code)).contains(code);
    }

    private static void assertMissing(Optional<Refusal> refusal) {
        assertThat(refusal.map(Refusal::code)).contains(Code.OFFICERS_MISSING);
    }
}
