package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.BuddyCodec;
import trimaran.line.message.BuddyRequest;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** Who comes to a buddy's door and is not the station it is the buddy of is refused. */
class BuddyDoorTest extends BuddyBench {

    private static final PeerId OTHER = SimulatedNetwork.peer("urgences");
    private static final Digest LIFE = Digest.sha256(Bytes.ofText("life"));

    /** Somebody who dials the door, and what became of it. */
    private static final class Caller implements CallHandler {
        private @Nullable Calls calls;
        private Optional<CloseReason> closed = Optional.empty();

        @Override
        public void opened(Calls opened) {
            calls = opened;
        }

        @Override
        public void request(Calls from, Bytes payload, Answer answer) {
            answer.refuse(Code.NOT_SUPPORTED, "nobody asks here");
        }

        @Override
        public void notice(Calls from, Bytes payload) {}

        @Override
        public void closed(Calls from, CloseReason reason) {
            closed = Optional.of(reason);
        }
    }

    private Caller dial(PeerId as) {
        VirtualLoop loop = hospital.loops.loop("caller " + as, 0);
        Caller caller = new Caller();
        hospital.network.join(loop, as, peer -> true).dial(BUDDY, new Route.Direct(door), Calls.over(loop, caller));
        until(() -> caller.calls != null || caller.closed.isPresent());
        return caller;
    }

    private Outcome<Bytes> asked(Caller caller, BuddyRequest request) {
        List<Outcome<Bytes>> answers = new ArrayList<>();
        Optional.ofNullable(caller.calls).orElseThrow().call(BuddyCodec.encode(request), 5_000, answers::add);
        until(() -> !answers.isEmpty());
        return answers.getFirst();
    }

    private BuddyRequest greeting(Digest origin, int version) {
        return new BuddyRequest.Greet(origin, version, Digest.ZERO, LIFE);
    }

    private void started() {
        until(() -> sending.state().reached());
    }

    @Test
    void theStationItIsTheBuddyOfIsWelcome() {
        started();
        crashWard();

        assertThat(asked(dial(WARD), greeting(hospital.origin, 1)).isDone()).isTrue();
    }

    @Test
    void aKeyTheRegistryDoesNotNameIsNotLetIn() {
        started();

        Caller stranger = dial(SimulatedNetwork.peer("stranger"));

        assertThat(stranger.calls).isNull();
        assertThat(stranger.closed).isPresent();
    }

    @Test
    void anotherStationOfTheHospitalIsToldThatItIsNotMeant() {
        enrol("urgences", OTHER);
        started();
        hospital.loops.runMillis(2_000);

        assertThat(code(asked(dial(OTHER), greeting(hospital.origin, 1)))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(buddyEvents).contains(new StationEvent.WardRefused(Code.NOT_ALLOWED));
    }

    @Test
    void whoIsRefusedIsHungUpOnAndFillsNoLog() {
        enrol("urgences", OTHER);
        started();
        hospital.loops.runMillis(2_000);
        Caller caller = dial(OTHER);
        asked(caller, greeting(hospital.origin, 1));
        assertThat(code(asked(caller, greeting(hospital.origin, 1))))
                .as("once a second")
                .isEqualTo(Code.BUSY);
        until(() -> caller.closed.isPresent());

        for (int i = 0; i < 10; i++) {
            asked(dial(OTHER), greeting(hospital.origin, 1 + i % 2));
        }
        assertThat(buddyEvents.stream().filter(StationEvent.WardRefused.class::isInstance))
                .containsExactlyInAnyOrder(
                        new StationEvent.WardRefused(Code.NOT_ALLOWED),
                        new StationEvent.WardRefused(Code.NOT_SUPPORTED));

        hospital.loops.runMillis(BuddyLimits.SAID_MILLIS);
        asked(dial(OTHER), greeting(hospital.origin, 1));
        assertThat(buddyEvents.stream().filter(StationEvent.WardRefused.class::isInstance))
                .hasSize(3);
    }

    @Test
    void aStationOfAnotherHospitalAndOneOfAnotherVersionAreRefused() {
        started();
        crashWard();
        Caller ward = dial(WARD);

        assertThat(code(asked(dial(WARD), greeting(Digest.sha256(Bytes.ofText("another")), 1))))
                .isEqualTo(Code.WRONG_ORIGIN);
        assertThat(code(asked(ward, greeting(hospital.origin, 2)))).isEqualTo(Code.NOT_SUPPORTED);
        assertThat(code(asked(ward, new BuddyRequest.Alive(0)))).isEqualTo(Code.NOT_SIGNED_IN);
    }

    @Test
    void aLineIsGreetedOnceASecond() {
        started();
        crashWard();
        Caller ward = dial(WARD);

        assertThat(asked(ward, greeting(hospital.origin, 1)).isDone()).isTrue();
        assertThat(code(asked(ward, greeting(hospital.origin, 1)))).isEqualTo(Code.BUSY);
        hospital.loops.runMillis(BuddyLimits.GREET_MILLIS);
        assertThat(asked(ward, greeting(hospital.origin, 1)).isDone()).isTrue();
    }

    @Test
    void whereThereIsNoRoomTheFirstPieceIsRefused() {
        started();
        crashWard();
        hospital.network.crash(BUDDY);
        VirtualLoop filling = hospital.loops.loop("filling", 0);
        BuddyJournal journal = new BuddyJournal(hospital.setting("filling", filling, buddyDisk), "station");
        journal.greeted(Digest.ZERO, LIFE);
        for (int i = 0; i < 4; i++) {
            StoredEntry entry = BuddyBoundsTest.entry(i, (int) (BuddyLimits.BYTES_MAX / 4) - 10_000);
            assertThat(journal.keep(entry.digest(), entry).isDone()).isTrue();
        }
        journal.flush();
        begin("station");
        until(() -> buddy.state().ready());
        hospital.loops.runMillis(2 * BuddyLimits.PEERS_MILLIS);
        Caller ward = dial(WARD);
        assertThat(asked(ward, greeting(hospital.origin, 1)).isDone()).isTrue();

        BuddyRequest first = new BuddyRequest.Keep(LIFE, 1 << 20, 0, Bytes.ofText("begun"));

        assertThat(code(asked(ward, first))).isEqualTo(Code.BUSY);
        assertThat(code(asked(ward, new BuddyRequest.Keep(LIFE, BuddyLimits.ENTRY_BYTES_MAX + 1, 0, Bytes.EMPTY))))
                .isEqualTo(Code.TOO_LARGE);
    }

    private Outcome<Bytes> kept(Caller caller, StoredEntry entry) {
        Bytes whole = entry.encode();
        return asked(caller, new BuddyRequest.Keep(Digest.sha256(whole), whole.size(), 0, whole));
    }

    @Test
    void whatItsAuthorDidNotSignIsNotKept() {
        write(alone(), 1);
        StoredEntry good = station.inside().outbox().entries().getFirst();
        StoredEntry bad =
                new StoredEntry(good.author(), Signature.NONE, good.annex(), good.escrow(), good.blobs(), Bytes.EMPTY);
        allAtTheBuddy(1);
        crashWard();
        Caller ward = dial(WARD);
        asked(ward, greeting(hospital.origin, 1));

        assertThat(code(kept(ward, bad))).isEqualTo(Code.BAD_SIGNATURE);
        assertThat(kept(ward, good).isDone()).isTrue();
    }

    @Test
    void whatWasWrittenUnderABadgeThatIsRevokedIsNotKept() {
        OwnSession session = alone();
        write(session, 1);
        StoredEntry entry = station.inside().outbox().entries().getFirst();
        allAtTheBuddy(1);
        crashWard();
        Statement revoked = new Statement.Revocation(hospital.nurse.publicKey().id(), hospital.now());
        hospital.record(SignedStatement.signed(hospital.origin, revoked, officers()));
        tiersBack();
        until(() ->
                buddy.inside().registry().isCutByName(hospital.nurse.publicKey().id()));
        Caller ward = dial(WARD);
        asked(ward, greeting(hospital.origin, 1));

        assertThat(code(kept(ward, entry))).isEqualTo(Code.CUT);
    }

    @Test
    void nothingIsTakenBeforeAGreeting() {
        started();
        crashWard();

        assertThat(code(asked(dial(WARD), new BuddyRequest.Leave(List.of())))).isEqualTo(Code.NOT_SIGNED_IN);
    }

    @Test
    void aStationThatIsCutIsHungUpOnAndNotLetInAgain() {
        started();

        Statement cut = new Statement.Cut(Statement.Target.STATION, WARD.keyDigest(), 0, hospital.now());
        hospital.record(SignedStatement.signed(hospital.origin, cut, officers()));

        until(() -> !sending.state().reached());
        hospital.loops.runMillis(30_000);
        assertThat(sending.state().reached()).isFalse();
        assertThat(dial(WARD).calls).isNull();
    }

    @Test
    void aBuddyThatIsCutIsNotSpokenWith() {
        started();

        Statement cut = new Statement.Cut(Statement.Target.STATION, BUDDY.keyDigest(), 0, hospital.now());
        hospital.record(SignedStatement.signed(hospital.origin, cut, officers()));

        until(() -> !sending.state().reached());
        hospital.loops.runMillis(30_000);
        assertThat(sending.state().reached()).isFalse();
    }

    @Test
    void aBuddyUnderAnotherKeyThanTheRegistrysIsNotSpokenWith() {
        started();
        PeerId impostor = SimulatedNetwork.peer("impostor");
        hospital.record(SignedStatement.signed(
                hospital.origin,
                new Statement.StationEnrolment("etage", impostor.keyDigest(), CellId.NONE, hospital.now()),
                officers()));

        until(() -> !sending.state().reached());
        hospital.loops.runMillis(10_000);

        assertThat(sending.state().reached()).isFalse();
    }

    @Test
    void aNameThatIsNotEnrolledIsNobody() {
        started();
        BuddySending other = send("nobody");

        hospital.loops.runMillis(10_000);

        assertThat(other.state().reached()).isFalse();
    }
}
