package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;

/** Another data in the place of one that fell, and what only some heard of before. */
final class PromotionTest {

    private static final long WHILE_MILLIS = 60_000;
    private static final long CALL_MILLIS = 3_000;
    private static final int ATTEMPTS = 60;

    private final Hospital hospital = new Hospital(1, Suites.standIn(), new Plants());
    private final Invariants invariants = new Invariants(hospital);
    private final Console console = hospital.start(List.of("ward"));

    private void tell(Party party, Seat seat) {
        Bytes statement = seat.given().orElseThrow().encode();
        boolean[] agreed = {false};
        for (int attempt = 0; attempt < ATTEMPTS && !agreed[0]; attempt++) {
            console.ask(
                    party, new Request.ChangeEpoch(statement), CALL_MILLIS, outcome -> agreed[0] |= outcome.isDone());
            hospital.runMillis(500);
        }
        assertThat(agreed[0]).as("%s agrees", party.word()).isTrue();
    }

    private Seat successor() {
        return Seat.successor(
                hospital.founded(),
                hospital.suites(),
                hospital.loops().entropy(),
                2,
                0,
                new RecordTime(hospital.loops().trueTime().millis()));
    }

    /** Data, access and the witness signed it; then data fell, and access is away as another data begins. */
    @Test
    void whatTheWitnessSignedIsWaitedForBeforeAnythingIsPlaced() {
        Station ward = hospital.stations().getFirst();
        assertThat(hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS)).isTrue();
        assertThat(hospital.runUntil(invariants::honestAgree, WHILE_MILLIS)).isTrue();
        hospital.crash(Party.APPLICATION);
        Entry entry = HospitalTest.newPatient(ward);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        hospital.oracle().liar(Party.DATA);
        hospital.crash(Party.DATA);
        hospital.crash(Party.ACCESS);
        hospital.restart(Party.APPLICATION);

        Seat seat = successor();
        tell(Party.APPLICATION, seat);
        tell(Party.WITNESS, seat);
        hospital.replace(seat);
        hospital.oracle().replaced();
        hospital.restart(Party.DATA);
        hospital.runMillis(15_000);
        hospital.restart(Party.ACCESS);
        tell(Party.ACCESS, seat);

        assertThat(hospital.runUntil(
                        () -> invariants.honestAgree()
                                && Party.TIERS.stream()
                                        .allMatch(tier -> hospital.tier(tier).keeps(entry.digest())),
                        WHILE_MILLIS))
                .isTrue();
        Entry later = HospitalTest.newPatient(ward);
        assertThat(hospital.runUntil(later::isCovered, WHILE_MILLIS)).isTrue();
        invariants.step();
        invariants.all();
        invariants.end(true);
        assertThat(hospital.oracle().broken()).isEmpty();
    }
}
