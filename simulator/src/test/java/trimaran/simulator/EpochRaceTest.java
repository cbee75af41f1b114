package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Two changes of one epoch, each of which some parties agreed to: neither ever has all, and the next epoch ends it. */
final class EpochRaceTest {

    private static final long WHILE_MILLIS = 60_000;
    private static final long CALL_MILLIS = 3_000;

    private final Hospital hospital = new Hospital(1, Suites.standIn(), new Carried());
    private final Invariants invariants = new Invariants(hospital);
    private final Console console = hospital.start(List.of("ward"));
    private final Station ward = hospital.stations().getFirst();
    private Optional<Seat> known = Optional.empty();

    /** What is carried to whoever is made anew: the change of the epoch before its own. */
    private final class Carried extends Plants {
        @Override
        Store store(Tier tier, MemoryStore disk) {
            if (tier.seat().epoch() > 2) {
                known.flatMap(Seat::given)
                        .ifPresent(change ->
                                disk.write(List.of(new Store.Change.Put(Space.STATE, epochKey(), change.encode()))));
            }
            return disk;
        }
    }

    /** As docs/formats.md says where a membership statement lies. */
    private static Bytes epochKey() {
        return new Writer(16).raw(Bytes.ofText("epoch---").toArray()).i64(2).toBytes();
    }

    private Seat successor(long epoch) {
        return Seat.successor(
                hospital.founded(),
                hospital.suites(),
                hospital.loops().entropy(),
                epoch,
                0,
                new RecordTime(hospital.loops().trueTime().millis()));
    }

    private Optional<Code> refusal(Party party, Seat seat) {
        List<Outcome<Response>> answers = new ArrayList<>();
        Request request = new Request.ChangeEpoch(seat.given().orElseThrow().encode());
        console.ask(party, request, CALL_MILLIS, answers::add);
        hospital.runUntil(() -> !answers.isEmpty(), WHILE_MILLIS);
        return answers.getFirst() instanceof Outcome.Refused<Response>(Refusal refusal)
                ? Optional.of(refusal.code())
                : Optional.empty();
    }

    @BeforeEach
    void dataFalls() {
        assertThat(hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS)).isTrue();
        assertThat(hospital.runUntil(invariants::honestAgree, WHILE_MILLIS)).isTrue();
        hospital.oracle().liar(Party.DATA);
        hospital.crash(Party.DATA);
    }

    @Test
    void neitherOfTwoChangesHasAllAndTheNextEpochIsAgreedToByAll() {
        Seat one = successor(2);
        Seat other = successor(2);
        assertThat(refusal(Party.ACCESS, one)).isEmpty();
        assertThat(refusal(Party.WITNESS, one)).isEmpty();
        assertThat(refusal(Party.APPLICATION, other)).isEmpty();
        assertThat(refusal(Party.APPLICATION, one)).contains(Code.WRONG_ORIGIN);
        assertThat(refusal(Party.ACCESS, other)).contains(Code.WRONG_ORIGIN);
        assertThat(refusal(Party.WITNESS, other)).contains(Code.WRONG_ORIGIN);
        Entry meanwhile = HospitalTest.newPatient(ward);
        assertThat(hospital.runUntil(meanwhile::isAcknowledged, WHILE_MILLIS)).isTrue();
        assertThat(meanwhile.isCovered()).isFalse();

        known = Optional.of(other);
        Seat next = successor(3);
        assertThat(refusal(Party.ACCESS, next)).isEmpty();
        assertThat(refusal(Party.APPLICATION, next)).isEmpty();
        assertThat(refusal(Party.WITNESS, next)).isEmpty();
        hospital.replace(next);
        hospital.oracle().replaced();
        hospital.restart(Party.DATA);

        assertThat(hospital.runUntil(() -> meanwhile.isCovered() && invariants.honestAgree(), WHILE_MILLIS))
                .isTrue();
        assertThat(Party.TIERS)
                .allSatisfy(tier -> assertThat(
                                hospital.tier(tier).keeper().copy().registry().epoch())
                        .isEqualTo(3));
        invariants.step();
        invariants.all();
        invariants.end(true);
        hospital.handedOut().end();
        assertThat(hospital.oracle().broken()).isEmpty();
    }
}
