package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.message.BuddyCodec;
import trimaran.line.message.BuddyRequest;
import trimaran.line.message.BuddyResponse;
import trimaran.line.simulated.VirtualLoop;

/** A buddy that takes nothing more is asked seldom, and told of once. */
class BuddyFullTest extends BuddyBench {

    private final List<BuddyRequest> asked = new ArrayList<>();
    private boolean full = true;
    private long sizeMax = Long.MAX_VALUE;

    /** In the buddy's place: it has room or not. */
    private final class Door implements CallHandler {
        @Override
        public void opened(Calls calls) {}

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            try {
                BuddyRequest request = BuddyCodec.decodeRequest(payload);
                asked.add(request);
                switch (request) {
                    case BuddyRequest.Greet greet -> answer.done(BuddyCodec.encode(new BuddyResponse.Kept(List.of())));
                    case BuddyRequest.Keep keep when full || keep.total() > sizeMax -> answer.refuse(Code.BUSY, "full");
                    default -> answer.done(BuddyCodec.encode(new BuddyResponse.Done()));
                }
            } catch (MalformedException foreign) {
                throw new AssertionError(foreign);
            }
        }

        @Override
        public void notice(Calls calls, Bytes payload) {}

        @Override
        public void closed(Calls calls, CloseReason reason) {}
    }

    private void anotherBehindTheDoor() {
        hospital.network.crash(BUDDY);
        until(() -> !sending.state().reached());
        VirtualLoop loop = hospital.loops.loop("full", 0);
        var listening =
                hospital.network.join(loop, BUDDY, peer -> true).listen(door, channel -> Calls.over(loop, new Door()));
        assertThat(listening.isDone()).isTrue();
        until(() -> sending.state().reached());
    }

    private long keeps() {
        return asked.stream().filter(BuddyRequest.Keep.class::isInstance).count();
    }

    @Test
    void aFullBuddyIsAskedAgainWithGrowingWaitsAndSaidOnce() {
        OwnSession session = alone();
        anotherBehindTheDoor();
        write(session, 5);

        hospital.loops.runMillis(120_000);

        // After 5, 10, 20, 40 seconds, one entry each.
        assertThat(keeps()).isBetween(4L, 6L);
        assertThat(sending.state().why().map(Refusal::code)).contains(Code.BUSY);
        assertThat(hospital.events.stream().filter(new StationEvent.BuddyRefuses(Code.BUSY)::equals))
                .hasSize(1);

        full = false;
        until(() -> sending.state().kept() == 5);
    }

    @Test
    void howeverLongItWasFullItIsAskedWithinTheLongestWait() {
        OwnSession session = alone();
        anotherBehindTheDoor();
        write(session, 2);
        hospital.loops.runMillis(2 * BuddyLimits.FULL_MILLIS_MAX);
        long before = keeps();

        hospital.loops.runMillis(4 * BuddyLimits.FULL_MILLIS_MAX);

        assertThat(keeps() - before).isBetween(3L, 5L);
    }

    @Test
    void whatIsSmallDoesNotWaitBehindSomethingLargeAndItIsSaidOnlyWhileItIsSo() {
        alone();
        anotherBehindTheDoor();
        full = false;
        sizeMax = 100_000;
        StoredEntry large = BuddyBoundsTest.entry(1, 200_000);
        Outbox outbox = station.inside().outbox();
        station.setting().loop().run(() -> {
            outbox.add(large.digest(), large, () -> {});
            for (int i = 2; i < 12; i++) {
                StoredEntry small = BuddyBoundsTest.entry(i, 1_000);
                outbox.add(small.digest(), small, () -> {});
            }
        });

        hospital.loops.runMillis(BuddyLimits.AGAIN_MILLIS / 2);

        assertThat(sending.state().kept()).isEqualTo(10);
        assertThat(sending.state().why()).isPresent();
        station.setting().loop().run(() -> outbox.leave(large.digest()));
        hospital.loops.runMillis(1_000);
        assertThat(sending.state().why()).as("all that waits is there").isEmpty();
    }

    @Test
    void whatNobodyWasToldOfStaysHereAndNoDraftTravels() {
        OwnSession session = alone();
        // One tier answers and holds nothing: nobody is told before its time that it is kept here.
        hospital.tier(Party.ACCESS).holdRefusal = Code.RULE;
        hospital.up(Party.ACCESS);
        hospital.loops.runMillis(30_000);
        List<WriteResult> results = new ArrayList<>();
        station.write(session, creation(observation(patient)), results::add);

        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS / 2);
        assertThat(results).isEmpty();
        assertThat(keeping.state().entries()).isZero();
        assertThat(sending.state().waiting()).isZero();

        allAtTheBuddy(1);
        assertThat(results).hasSize(1);
        VirtualLoop reading = hospital.loops.loop("reading", 0);
        Outbox there = new Outbox(hospital.setting("reading", reading, new DiskFolder(buddyDisk, "buddy-station")));
        assertThat(there.entries().getFirst().draft()).isEqualTo(Bytes.EMPTY);
        assertThat(station.inside().outbox().entries().getFirst().draft()).isNotEqualTo(Bytes.EMPTY);
    }

    @Test
    void anEntryOverTheLimitIsNeverOfferedAndThatIsSaid() {
        alone();
        anotherBehindTheDoor();
        int overhead = (int) BuddyBoundsTest.entry(1, 0).sizeBytes();
        StoredEntry most = BuddyBoundsTest.entry(1, (int) BuddyLimits.ENTRY_BYTES_MAX - overhead);
        StoredEntry over = BuddyBoundsTest.entry(2, (int) BuddyLimits.ENTRY_BYTES_MAX - overhead + 1);
        Outbox outbox = station.inside().outbox();

        station.setting().loop().run(() -> outbox.add(over.digest(), over, () -> {}));
        hospital.loops.runMillis(20_000);

        assertThat(keeps()).isZero();
        assertThat(sending.state().why().map(Refusal::code)).contains(Code.TOO_LARGE);
        assertThat(heard(new StationEvent.BuddyRefuses(Code.TOO_LARGE)::equals)).isTrue();
        station.setting().loop().run(() -> outbox.add(most.digest(), most, () -> {}));
        hospital.loops.runMillis(20_000);
        assertThat(keeps()).isPositive();
    }
}
