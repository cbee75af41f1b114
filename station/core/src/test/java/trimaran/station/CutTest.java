package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Judgement;
import trimaran.record.Sanction;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Verdict;
import trimaran.seal.CellKey;

/** What ends, ends here at once: keys are wiped, and what they opened is gone. */
class CutTest extends StationBench {

    private static final Digest STATION = SimulatedNetwork.peer("station").keyDigest();

    @Test
    void aCutOnSightOfTheBadgeForgetsWhatItsSessionsHaveOpen() {
        OwnSession session = ready();
        OpenCell open = opened(session);
        CellKey key = open.keys().own();

        announce(cut(hospital.nurse.publicKey().id()), 1);

        assertThat(session.isClosed()).isTrue();
        assertForgotten(open, key);
    }

    @Test
    void aCutOnSightOfThisStationForgetsEverySession() {
        OwnSession session = ready();
        OpenCell open = opened(session);

        announce(cut(STATION), 1);

        assertThat(session.isClosed()).isTrue();
        assertThat(open.isForgotten()).isTrue();
        assertThat(station.cells().isEmpty()).isTrue();
    }

    @Test
    void aCutOfEverythingEndsLeasesAndTheWardGoesOnWriting() {
        OwnSession session = ready();
        OpenCell open = opened(session);
        CellKey key = open.keys().own();
        int before = hospital.record.entries.size();

        announce(new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, hospital.now()), 1);
        Party.TIERS.forEach(hospital::down);

        assertForgotten(open, key);
        assertThat(session.isClosed()).isFalse();
        List<WriteResult> results = new ArrayList<>();
        station.write(session, creation(PATIENT), results::add);
        hospital.loops.runMillis(60_000);
        assertThat(station.state().waiting()).as("in the outbox").isEqualTo(1);
        Digest digest = ((WriteResult.Waiting) results.getLast()).entry();
        assertThat(station.waiting(Set.of(digest, Digest.ZERO))).containsExactly(digest);

        Party.TIERS.forEach(hospital::up);
        hospital.loops.runMillis(60_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(station.waiting(Set.of(digest))).isEmpty();
        assertThat(hospital.record.entries.subList(before, hospital.record.entries.size()))
                .anyMatch(entry -> entry.header().author().session().equals(session.id()));
    }

    @Test
    void anApprovalOfAnApplicationThatIsClosedMeanwhileIsDoneWithout() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        FakeTier data = hospital.tier(Party.DATA);
        data.silentTo = Request.Append.class;
        Party.TIERS.forEach(tier -> hospital.tier(tier).holdRefusal = Code.UNAVAILABLE);
        List<WriteResult> results = new ArrayList<>();
        station.write(session, creation(observation(patient)), results::add);
        hospital.loops.runMillis(1_000);

        Statement cut = new Statement.Cut(
                Statement.Target.TIER, Statement.Target.subjectOf(Party.APPLICATION), 0, hospital.now());
        announce(cut, 1);
        hospital.record(SignedStatement.signed(hospital.origin, cut, officers(1)));
        data.silentTo = null;
        hospital.loops.runMillis(60_000);

        assertThat(station.state().waiting()).isZero();
        assertThat(results).last().isInstanceOf(WriteResult.Recorded.class);
        assertThat(hospital.record.entries.getLast().header().sanction()).isInstanceOf(Sanction.Unanswered.class);
    }

    @Test
    void aTierThatIsCutIsAskedNothingUntilItIsOpened() {
        ready();
        FakeTier data = hospital.tier(Party.DATA);
        Digest subject = Statement.Target.subjectOf(Party.DATA);

        announce(new Statement.Cut(Statement.Target.TIER, subject, 0, hospital.now()), 1);
        int follows = data.asked(Request.Follow.class);
        hospital.loops.runMillis(60_000);
        assertThat(data.asked(Request.Follow.class))
                .as("it is not dialled again")
                .isEqualTo(follows);

        announce(new Statement.Reopening(Statement.Target.TIER, subject, hospital.now()), 2);
        hospital.loops.runMillis(60_000);
        assertThat(data.asked(Request.Follow.class)).isGreaterThan(follows);
    }

    @Test
    void aCutOfTheLogForgetsAsMuch() {
        OwnSession session = ready();
        OpenCell open = opened(session);

        hospital.record(SignedStatement.signed(
                hospital.origin, cut(hospital.nurse.publicKey().id()), officers(1)));
        hospital.loops.runMillis(2_000);

        assertThat(session.isClosed()).isTrue();
        assertThat(open.isForgotten()).isTrue();
    }

    @Test
    void aCutNoOfficerSignedIsNothing() {
        OwnSession session = ready();
        opened(session);

        announce(cut(STATION), 0);

        assertThat(session.isClosed()).isFalse();
        assertThat(station.cells().isEmpty()).isFalse();
    }

    @Test
    void atTheEndOfALeaseTheKeyIsWipedAndWhatItOpenedIsGone() {
        OwnSession session = ready();
        OpenCell open = opened(session);
        CellKey key = open.keys().own();
        long lease = station.registry().policy().leaseMillis();

        hospital.loops.runMillis(lease - 60_000);
        assertThat(open.isForgotten()).isFalse();
        hospital.loops.runMillis(70_000);

        assertForgotten(open, key);
        assertThat(session.isClosed()).as("the session goes on").isFalse();
    }

    @Test
    void theStationsOwnSessionKeepsItsLeaseForAShift() {
        assertThat(station.registry().policy().leaseMillis()).isEqualTo(15 * 60_000);
        assertThat(station.registry().policy().stationLeaseMillis()).isEqualTo(12 * 3_600_000);
    }

    @Test
    void anAcknowledgedEntryWhoseVoidPlaceAQuorumCoversIsGivenUpAndSaid() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        FakeTier data = hospital.tier(Party.DATA);
        data.refuseAlways = Code.UNAVAILABLE;
        data.holdRefusal = Code.UNAVAILABLE;
        hospital.quorum = false;
        WriteResult.Recorded held = write(session, creation(observation(patient)));
        assertThat(held.by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        Digest entry = held.entry();
        FakeRecord.Content content =
                Optional.ofNullable(hospital.tier(Party.ACCESS).held.get(entry)).orElseThrow();

        data.refuseAlways = Code.CUT;
        hospital.loops.runMillis(30_000);
        assertThat(heard(event -> event instanceof StationEvent.EntryRefused))
                .as("one tier's word")
                .isFalse();
        hospital.record.add(
                content,
                hospital.now(),
                new Judgement(Verdict.VOID, Optional.empty(), List.of()),
                hospital.statementsOn(entry));
        hospital.quorum = true;
        hospital.loops.runMillis(60_000);

        assertThat(heard(event -> event instanceof StationEvent.EntryRefused(Digest refused, Code code)
                        && refused.equals(entry)
                        && code == Code.CUT))
                .isTrue();
    }

    private OpenCell opened(OwnSession session) {
        ResourceId patient = create(session, PATIENT);
        return station.cells().get(patient.cell()).orElseThrow();
    }

    private void assertForgotten(OpenCell open, CellKey key) {
        assertThat(open.isForgotten()).isTrue();
        assertThat(key.secret().expose()).containsOnly(0);
        assertThat(open.all()).isEmpty();
        assertThat(station.cells().get(open.id())).isEqualTo(Optional.empty());
    }

    private void announce(Statement statement, int officers) {
        Bytes bytes = SignedStatement.signed(hospital.origin, statement, officers(officers))
                .encode();
        hospital.tier(Party.ACCESS).push(new Push.Announced(bytes));
        hospital.loops.runMillis(100);
    }

    private List<trimaran.record.Signer> officers(int count) {
        return List.of(hospital.standIns.signer("officer 1"), hospital.standIns.signer("officer 2"))
                .subList(0, count);
    }

    private Statement cut(Digest subject) {
        Statement.Target target = subject.equals(STATION) ? Statement.Target.STATION : Statement.Target.CLIENT;
        return new Statement.Cut(target, subject, 0, hospital.now());
    }
}
