package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Sanction;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/** A badge opens a session at a station that reaches nobody, and what is written under it is in the record once somebody is back. */
class AloneTest extends AloneBench {

    private int before;

    @BeforeEach
    void aPatientOfTheRecord() {
        before = hospital.record.entries.size();
    }

    @Test
    void aBadgeTheStationKnowsOpensASessionThatLiesInTheOutboxFirst() {
        alone(3_600_000);
        OwnSession session = hospital.session(station, hospital.nurse);

        assertThat(session.granted()).isPresent();
        assertThat(station.state().waiting())
                .as("before anything is signed under it")
                .isEqualTo(1);
        station = restarted();
        assertThat(station.state().waiting()).as("after a restart").isEqualTo(1);
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(openings(session.id())).isEqualTo(1);
    }

    /** A badge is not judged here alone where the tiers could judge it a moment later. */
    @Test
    void inAFlapNobodyIsLetInByTheStationAlone() {
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS - 1_000);
        assertThat(refused(hospital.nurse)).isEqualTo(Code.UNAVAILABLE);
        hospital.up(Party.ACCESS);
        assertThat(hospital.loops.runUntil(this::isAccessUp, 60_000)).isTrue();
        hospital.down(Party.ACCESS);
        assertThat(hospital.loops.runUntil(() -> !isAccessUp(), 60_000)).isTrue();
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS - 1_000);
        assertThat(refused(hospital.nurse)).as("it began anew").isEqualTo(Code.UNAVAILABLE);
        hospital.loops.runMillis(2_000);
        assertThat(hospital.session(station, hospital.nurse).granted()).isPresent();
    }

    @Test
    void aStationThatHasJustStartedWaitsAsLong() {
        alone(60_000);
        station = restarted();
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS - 1_000);
        assertThat(refused(hospital.nurse)).isEqualTo(Code.UNAVAILABLE);
        hospital.loops.runMillis(1_000);
        assertThat(hospital.session(station, hospital.nurse).granted()).isPresent();
    }

    @Test
    void aBadgeThatEndedIsRefusedAtOnceAndOneTheStationDoesNotKnowWaits() {
        hospital.record(ended(hospital.nurse));
        hospital.loops.runMillis(2_000);
        alone(60_000);

        assertThat(refused(hospital.nurse)).isEqualTo(Code.NOT_SIGNED_IN);
        assertThat(refused(hospital.standIns.signer("badge of nobody"))).isEqualTo(Code.UNAVAILABLE);
        assertThat(station.state().waiting()).isZero();
    }

    @Test
    void aBadgeAndAStationThatAreCutOpenNothing() {
        Signer other = hospital.standIns.signer("badge of another nurse");
        hospital.grant(other, Statement.BadgeKind.PERSON, List.of());
        hospital.placedSoon();
        hospital.loops.runMillis(2_000);
        hospital.record(cut(Statement.Target.CLIENT, hospital.nurse.publicKey().id()));
        hospital.loops.runMillis(2_000);
        alone(60_000);
        assertThat(refused(hospital.nurse)).isEqualTo(Code.CUT);
        assertThat(hospital.session(station, other).granted()).isPresent();

        reached();
        hospital.record(cut(Statement.Target.STATION, station.setting().line()));
        hospital.loops.runMillis(2_000);
        alone(60_000);
        assertThat(refused(other)).isEqualTo(Code.CUT);
    }

    @Test
    void whileEverythingIsCutAWardsPersonIsLetIn() {
        hospital.record(cut(Statement.Target.ALL, Digest.ZERO));
        hospital.loops.runMillis(2_000);
        alone(60_000);
        List<Digest> promised = new ArrayList<>();
        night(promised);
        assertThat(times(promised.getFirst())).isZero();

        hospital.record(signed(new Statement.Reopening(Statement.Target.ALL, Digest.ZERO, hospital.now())));
        reached();
        assertThat(station.state().waiting()).isZero();
        assertThat(times(promised.getFirst()))
                .as("it counts once all is open again")
                .isEqualTo(1);
    }

    @Test
    void aMachineWaitsForTheTiers() {
        alone(60_000);
        assertThat(refused(hospital.machine)).isEqualTo(Code.UNAVAILABLE);
        assertThat(refused(hospital.stationBadge)).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aFullOutboxLetsNobodyIn() {
        alone(60_000);
        StoredEntry small = BuddyBoundsTest.entry(1, 10);
        station.setting().loop().run(() -> {
            for (int i = 1; i < StationLimits.OUTBOX_ENTRIES_MAX; i++) {
                station.inside().outbox().add(Digest.sha256(Bytes.ofText("entry " + i)), small, () -> {});
            }
        });
        hospital.loops.runMillis(1_000);
        assertThat(hospital.session(station, hospital.nurse).granted())
                .as("room for one")
                .isPresent();
        assertThat(refused(hospital.nurse)).isEqualTo(Code.BUSY);
    }

    /** Data could else be asked to end a session it has not heard of. */
    @Test
    void theEndOfASessionWaitsForItsBeginning() {
        alone(60_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.close(session);
        hospital.loops.runMillis(1_000);
        List<StoredEntry> waiting = station.inside().outbox().entries();
        assertThat(waiting).hasSize(2);
        assertThat(Leaning.opened(Refusing.author(waiting.getFirst()))).contains(session.id());
        assertThat(Leaning.grounds(Refusing.author(waiting.getLast()))).contains(session.id());
    }

    @Test
    void aNightAloneWithARestartIsInTheRecordOnceEach() {
        alone(3_600_000);
        List<Digest> promised = new ArrayList<>();
        OwnSession first = night(promised);
        station = restarted();
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS);
        OwnSession second = night(promised);
        station.close(second);
        hospital.loops.runMillis(1_000);
        // Both sessions, what was written in them, and that the second ended.
        assertThat(station.state().waiting()).isEqualTo(5);
        hospital.loops.runMillis(3_600_000);
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isZero();
        assertThat(heard(event -> event instanceof StationEvent.EntryRefused)).isFalse();
        assertThat(promised)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(times(entry)).isEqualTo(1));
        for (OwnSession session : List.of(first, second)) {
            assertThat(openings(session.id())).isEqualTo(1);
            assertThat(at(session.id())).isLessThan(authored(session).getFirst());
        }
        OwnSession reader = hospital.session(station, hospital.nurse);
        assertThat(folder(reader, patient.cell()).resources())
                .filteredOn(one -> one.type().equals("Observation"))
                .hasSize(3)
                .filteredOn(one -> promised.contains(one.entry()))
                .as("flagged")
                .allSatisfy(one -> assertThat(one.continuity()).isTrue());
    }

    private OwnSession night(List<Digest> promised) {
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        promised.add(promised(session, observation(patient)).entry());
        return session;
    }

    @Test
    void whatComesAfterItsSessionExpiredCountsAsLongAsItWasWrittenWithin() {
        alone(60_000);
        List<Digest> promised = new ArrayList<>();
        OwnSession session = night(promised);
        hospital.loops.runMillis(3_600_000 + 60_000);
        assertThat(session.isClosed()).as("an hour is over").isTrue();
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(times(promised.getFirst())).isEqualTo(1);
    }

    @Test
    void anEndedBadgeIsRefusedOnReturnAndWhatItWasPromisedIsShownToAPerson() {
        alone(60_000);
        List<Digest> promised = new ArrayList<>();
        OwnSession session = night(promised);
        hospital.record(ended(hospital.nurse));
        reached();

        assertThat(session.isClosed()).isTrue();
        assertThat(station.state().waiting()).isZero();
        assertThat(times(promised.getFirst())).isZero();
        assertThat(station.refused().all()).singleElement().satisfies(one -> {
            assertThat(one.entry()).isEqualTo(promised.getFirst());
            assertThat(one.code()).isEqualTo(Code.NOT_SIGNED_IN);
            assertThat(one.session()).isEqualTo(session.id());
            assertThat(one.owner()).contains(patient.cell());
        });
        station = restarted();
        assertThat(station.refused().all()).hasSize(1);
    }

    /** As above, and the station began anew before the tiers came back. */
    @Test
    void anEndedBadgeIsRefusedAfterARestartToo() {
        alone(60_000);
        List<Digest> promised = new ArrayList<>();
        night(promised);
        station = restarted();
        hospital.record(ended(hospital.nurse));
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(station.refused().all())
                .singleElement()
                .satisfies(one -> assertThat(one.code()).isEqualTo(Code.NOT_SIGNED_IN));
    }

    /** Data's no alone throws nothing away: two tiers hold the session, and what was written in it. */
    @Test
    void aSessionDataAloneRefusesIsHeldByTheOthers() {
        alone(60_000);
        List<Digest> promised = new ArrayList<>();
        OwnSession session = night(promised);
        hospital.tier(Party.DATA).refuseAlways = Code.NOT_SIGNED_IN;
        reached();
        assertThat(Party.TIERS)
                .filteredOn(tier -> hospital.tier(tier).held.containsKey(promised.getFirst()))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(session.isClosed()).isFalse();

        hospital.tier(Party.DATA).refuseAlways = null;
        hospital.loops.runMillis(60_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(times(promised.getFirst())).isEqualTo(1);
    }

    /** Data is back first and places it not: nothing is given up before somebody was asked to hold it. */
    @Test
    void aSessionThatIsNotPlacedIsAskedToBeHeldFirst() {
        alone(60_000);
        List<Digest> promised = new ArrayList<>();
        night(promised);
        hospital.tier(Party.DATA).refuseAlways = Code.NOT_SIGNED_IN;
        hospital.up(Party.DATA);
        hospital.loops.runMillis(30_000);
        assertThat(station.refused().all()).isEmpty();

        hospital.tier(Party.DATA).refuseAlways = null;
        reached();
        assertThat(station.state().waiting()).isZero();
        assertThat(times(promised.getFirst())).isEqualTo(1);
    }

    private boolean isAccessUp() {
        return Optional.ofNullable(station.state().tiers().get(Party.ACCESS))
                .filter(StationState.TierState::up)
                .isPresent();
    }

    private Code refused(Signer badge) {
        return code(hospital.<Outcome<OwnSession>>await(then -> station.open(badge, 3_600_000, then)));
    }

    private SignedStatement ended(Signer badge) {
        return signed(new Statement.Revocation(badge.publicKey().id(), hospital.now()));
    }

    private SignedStatement cut(Statement.Target target, Digest subject) {
        return signed(new Statement.Cut(target, subject, 0, hospital.now()));
    }

    private SignedStatement signed(Statement statement) {
        return SignedStatement.signed(
                hospital.origin,
                statement,
                List.of(hospital.standIns.signer("officer 1"), hospital.standIns.signer("officer 2")));
    }

    private long times(Digest entry) {
        return since().stream()
                .filter(one -> one.header().digest().equals(entry))
                .count();
    }

    private List<FakeRecord.Entry> since() {
        return hospital.record.entries.subList(before, hospital.record.entries.size()).stream()
                .filter(one -> one.place().verdict() != Verdict.VOID)
                .toList();
    }

    private long openings(Digest session) {
        return since().stream()
                .filter(one -> opens(one.header().author(), session))
                .count();
    }

    private int at(Digest session) {
        List<FakeRecord.Entry> all = since();
        for (int i = 0; i < all.size(); i++) {
            if (opens(all.get(i).header().author(), session)) {
                return i;
            }
        }
        throw new AssertionError("it has no place");
    }

    private static boolean opens(AuthorPart author, Digest session) {
        return author.kind() == EntryKind.REGISTRY && Leaning.opened(author).contains(session);
    }

    private List<Integer> authored(OwnSession session) {
        List<FakeRecord.Entry> all = since();
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).header().author().session().equals(session.id())) {
                own.add(i);
                assertThat(all.get(i).header().sanction()).isInstanceOf(Sanction.Unanswered.class);
            }
        }
        return own;
    }
}
