package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
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
                    case BuddyRequest.Keep keep when full -> answer.refuse(Code.BUSY, "full");
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
