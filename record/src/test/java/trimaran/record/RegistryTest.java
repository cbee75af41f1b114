package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.record.SmallHospital.FOUNDED;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.digest;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/** What the registry says after statements were taken in, in order. */
class RegistryTest {

    private static final RecordTime LATER = NOW.plusMillis(1000);

    private final SmallHospital hospital = new SmallHospital();
    private final Registry registry = hospital.registry;
    private final Digest badge = hospital.badge.publicKey().id();

    @Test
    void theFoundingNamesPartiesOfficersPolicyAndConsole() {
        assertThat(registry.origin()).isEqualTo(SignedStatement.id(hospital.founding));
        assertThat(registry.epoch()).isEqualTo(1);
        for (Party party : Party.values()) {
            assertThat(registry.party(party)).isEqualTo(SmallHospital.keys(party, 1));
            assertThat(registry.partyOf(SmallHospital.keys(party, 1).line())).contains(party);
        }
        for (StandInSigner officer : hospital.officers) {
            assertThat(registry.officer(officer.publicKey().id())).contains(officer.publicKey());
        }
        assertThat(registry.policy()).isEqualTo(Policy.DEFAULT);
        assertThat(registry.isConsole(digest("console"))).isTrue();
    }

    @Test
    void aNewGrantReplacesTheOldOne() {
        registry.apply(grant(Statement.BadgeKind.PERSON, "physician"), NOW);
        assertThat(registry.badge(badge).orElseThrow().roles()).containsExactly("physician");
    }

    @Test
    void anOpenSessionKeepsWhatItsBadgeWasGrantedWhenItOpened() {
        registry.apply(grant(Statement.BadgeKind.PERSON, "physician"), NOW);
        assertThat(registry.session(hospital.session).orElseThrow().hasRole("physician"))
                .isFalse();
        assertThat(registry.session(hospital.session).orElseThrow().hasRole("nurse"))
                .isTrue();
    }

    @Test
    void anOfficerGrantedAnotherKindIsNoOfficerAnyMore() {
        registry.apply(grant(Statement.BadgeKind.OFFICER), NOW);
        assertThat(registry.officer(badge)).isPresent();
        registry.apply(grant(Statement.BadgeKind.PERSON), LATER);
        assertThat(registry.officer(badge)).isEmpty();
    }

    @Test
    void aRevokedBadgeIsNoBadgeNoOfficerAndOpensNothing() {
        registry.apply(grant(Statement.BadgeKind.OFFICER), NOW);
        registry.apply(new Statement.Revocation(badge, NOW), LATER);
        assertThat(registry.badge(badge)).isEmpty();
        assertThat(registry.officer(badge)).isEmpty();
        assertThat(registry.session(hospital.opening)).isEmpty();
    }

    @Test
    void aRevocationCutsWhatTheBadgeDoesFromThenOn() {
        registry.apply(new Statement.Revocation(badge, NOW), LATER);
        assertThat(registry.cutBefore(badge, NOW)).isFalse();
        assertThat(registry.cutBefore(badge, LATER)).isTrue();
    }

    @Test
    void aCutOrRevocationBeginsWhenItWasSignedIfItsPlaceIsOlder() {
        registry.apply(new Statement.Revocation(badge, LATER), NOW);
        registry.apply(new Statement.Cut(Statement.Target.STATION, SmallHospital.STATION, 0, LATER), NOW);
        for (Digest subject : List.of(badge, SmallHospital.STATION)) {
            assertThat(registry.cutBefore(subject, LATER.plusMillis(-1))).isFalse();
            assertThat(registry.cutBefore(subject, LATER)).isTrue();
            assertThat(registry.cutByLog(subject))
                    .as("at once for what nobody held")
                    .isTrue();
            assertThat(registry.isCut(subject)).isTrue();
        }
    }

    @Test
    void aRevocationDoesNotMoveAnEarlierCutToLater() {
        registry.apply(cut(badge, 0), NOW);
        registry.apply(new Statement.Revocation(badge, NOW), LATER);
        assertThat(registry.cutBefore(badge, NOW)).isTrue();
    }

    @Test
    void aReopeningDoesNotBringARevokedBadgeBack() {
        registry.apply(cut(badge, 0), NOW);
        registry.apply(new Statement.Revocation(badge, NOW), NOW);
        registry.apply(new Statement.Reopening(Statement.Target.CLIENT, badge, LATER), LATER);
        assertThat(registry.cutBefore(badge, LATER)).isTrue();
        assertThat(registry.isCut(badge)).isTrue();
    }

    @Test
    void theFirstOfTwoCutsCounts() {
        registry.apply(cut(SmallHospital.STATION, 0), NOW);
        registry.apply(cut(SmallHospital.STATION, 0), LATER);
        assertThat(registry.cutBefore(SmallHospital.STATION, NOW)).isTrue();
        assertThat(registry.cutBefore(SmallHospital.STATION, NOW.plusMillis(-1)))
                .isFalse();
    }

    @Test
    void aReopeningLiftsTheCutAndIsCounted() {
        registry.apply(cut(SmallHospital.STATION, 0), NOW);
        assertThat(registry.maySpeak(SmallHospital.STATION)).isFalse();
        registry.apply(new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, LATER), LATER);
        assertThat(registry.cutBefore(SmallHospital.STATION, LATER)).isFalse();
        assertThat(registry.maySpeak(SmallHospital.STATION)).isTrue();
        assertThat(registry.reopenings()).isEqualTo(1);
        registry.apply(cut(SmallHospital.STATION, 1), LATER.plusMillis(5));
        assertThat(registry.cutBefore(SmallHospital.STATION, LATER)).isFalse();
        assertThat(registry.cutBefore(SmallHospital.STATION, LATER.plusMillis(5)))
                .isTrue();
    }

    @Test
    void aCutOnSightStopsWhoAsksNowAndChangesNoVerdict() {
        registry.announce(cut(SmallHospital.STATION, 0));
        assertThat(registry.isCut(SmallHospital.STATION)).isTrue();
        assertThat(registry.maySpeak(SmallHospital.STATION)).isFalse();
        assertThat(registry.cutBefore(SmallHospital.STATION, NOW)).isFalse();
        assertThat(hospital.judge(hospital.approved(hospital.draft())).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aReopeningOnSightAdmitsAgainAndIsNotCountedBeforeItsPlace() {
        registry.apply(cut(SmallHospital.STATION, 0), NOW);
        Statement reopening = new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, NOW);
        registry.announce(reopening);
        assertThat(registry.isCut(SmallHospital.STATION)).isFalse();
        assertThat(registry.maySpeak(SmallHospital.STATION)).isTrue();
        assertThat(registry.reopenings()).isZero();
        assertThat(registry.said(SignedStatement.id(reopening))).isFalse();
    }

    @Test
    void theLogHasTheLastWordOverWhatWasAnnounced() {
        registry.announce(cut(SmallHospital.STATION, 0));
        registry.apply(cut(SmallHospital.STATION, 0), NOW);
        registry.apply(new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, LATER), LATER);
        assertThat(registry.isCut(SmallHospital.STATION)).isFalse();
    }

    @Test
    void anEpochReplacesOnePartyAndRemembersItsFormerKeys() {
        hospital.replace(Party.ACCESS);
        assertThat(registry.epoch()).isEqualTo(2);
        assertThat(registry.party(Party.ACCESS)).isEqualTo(SmallHospital.keys(Party.ACCESS, 2));
        assertThat(registry.party(Party.DATA)).isEqualTo(SmallHospital.keys(Party.DATA, 1));
        assertThat(registry.partyAt(Party.ACCESS, 1)).contains(SmallHospital.keys(Party.ACCESS, 1));
        assertThat(registry.partyAt(Party.ACCESS, 0)).isEmpty();
        assertThat(registry.partyAt(Party.ACCESS, 3)).isEmpty();
        assertThat(registry.partyAt(Party.ACCESS, 1L + (1L << 32))).isEmpty();
    }

    @Test
    void aReplacedPartysLineMayNotSpeakAnyMore() {
        Digest old = SmallHospital.keys(Party.ACCESS, 1).line();
        assertThat(registry.maySpeak(old)).isTrue();
        hospital.replace(Party.ACCESS);
        assertThat(registry.maySpeak(old)).isFalse();
        assertThat(registry.partyOf(old)).isEqualTo(Optional.empty());
        assertThat(registry.maySpeak(SmallHospital.keys(Party.ACCESS, 2).line()))
                .isTrue();
    }

    @Test
    void nobodyButPartiesStationsAndTheConsoleMaySpeak() {
        assertThat(registry.maySpeak(SmallHospital.STATION)).isTrue();
        assertThat(registry.maySpeak(digest("console"))).isTrue();
        assertThat(registry.maySpeak(digest("anybody"))).isFalse();
        assertThat(registry.maySpeak(Digest.ZERO)).isFalse();
    }

    @Test
    void theLinesAreThoseThatMaySpeakAndEveryChangeOfThemIsCounted() {
        assertThat(registry.lines()).hasSize(6).contains(SmallHospital.STATION).allMatch(registry::maySpeak);
        long before = registry.lineChanges();
        registry.announce(new Statement.Cut(Statement.Target.CLIENT, SmallHospital.STATION, 0, NOW));
        assertThat(registry.lines()).hasSize(5).doesNotContain(SmallHospital.STATION);
        assertThat(registry.lineChanges()).isGreaterThan(before);
        before = registry.lineChanges();
        Digest old = registry.party(Party.ACCESS).line();
        hospital.replace(Party.ACCESS);
        assertThat(registry.lines()).hasSize(5).doesNotContain(old).allMatch(registry::maySpeak);
        assertThat(registry.lineChanges()).isGreaterThan(before);
    }

    @Test
    void aSessionOpensWithItsBadgesGrantsAndCloses() {
        Session session = registry.session(hospital.session).orElseThrow();
        assertThat(session.badge()).isEqualTo(badge);
        assertThat(session.opened()).isEqualTo(FOUNDED);
        assertThat(registry.sessionClosed(hospital.session)).isFalse();
        registry.apply(new Statement.SessionClosing(hospital.session), NOW);
        assertThat(registry.sessionClosed(hospital.session)).isTrue();
        registry.apply(hospital.opening, LATER);
        assertThat(registry.sessionClosed(hospital.session)).as("opened again").isTrue();
    }

    @Test
    void stationsAndPoliciesAreReplacedByLaterOnes() {
        registry.apply(new Statement.StationEnrolment("ward 5", SmallHospital.STATION, new CellId(0, 5), NOW), NOW);
        assertThat(registry.station(SmallHospital.STATION).orElseThrow().name()).isEqualTo("ward 5");
        Policy stricter = new Policy(2, 10, 20, 5_000, 100, 110, 60_000, 60_000, 60_000);
        registry.apply(new Statement.PolicyChange(stricter), NOW);
        assertThat(registry.policy()).isEqualTo(stricter);
    }

    @Test
    void whatIsCutIsListedUntilItIsOpenedByTheLogOrOnSight() {
        Statement.Cut seen = new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, LATER, "seen");
        registry.apply(cut(SmallHospital.STATION, 0), NOW);
        registry.announce(seen);
        registry.announce(new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, NOW, "again"));
        assertThat(registry.cuts())
                .as("the oldest first, of several of one thing the first")
                .containsExactly(cut(SmallHospital.STATION, 0), seen);
        Statement opened = new Statement.Reopening(Statement.Target.STATION, SmallHospital.STATION, LATER);
        registry.announce(opened);
        assertThat(registry.cuts()).containsExactly(seen);
        registry.announce(cut(SmallHospital.STATION, 1));
        assertThat(registry.cuts()).as("cut anew").contains(cut(SmallHospital.STATION, 1));
        registry.forgetAnnounced();
        assertThat(registry.cuts()).containsExactly(cut(SmallHospital.STATION, 0));
        registry.apply(opened, LATER);
        assertThat(registry.cuts()).isEmpty();
    }

    private Statement.Grant grant(Statement.BadgeKind kind, String... roles) {
        return new Statement.Grant(hospital.badge.publicKey(), kind, List.of(roles), List.of(), List.of(), NOW);
    }

    private static Statement.Cut cut(Digest subject, long reopeningsSeen) {
        return new Statement.Cut(Statement.Target.STATION, subject, reopeningsSeen, NOW);
    }
}
