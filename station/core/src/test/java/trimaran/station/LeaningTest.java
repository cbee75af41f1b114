package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;

/** What a tier may hold is offered to data as long as that tier waits for what it leans on. */
class LeaningTest extends StationBench {

    private final List<WriteResult> told = new ArrayList<>();

    @Test
    void whatATierMayHoldWaitsForWhatItLeansOnAndNoLongerThanTheTiersDo() {
        FakeTier data = heldPerhaps();

        data.refuseAlways = Code.BAD_REFERENCE;
        hospital.loops.runMillis(StationLimits.LEANING_MILLIS - 1_000);
        assertThat(told).noneMatch(WriteResult.Refused.class::isInstance);
        assertThat(station.state().waiting()).isEqualTo(1);
        hospital.loops.runMillis(3 * StationLimits.RETRY_MAX_MILLIS);
        assertThat(station.state().waiting()).as("one tier's word").isEqualTo(1);
        Party.TIERS.forEach(tier -> hospital.tier(tier).holdRefusal = Code.BAD_REFERENCE);
        hospital.loops.runMillis(3 * StationLimits.RETRY_MAX_MILLIS);
        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isEqualTo(1);
    }

    @Test
    void aDataThatFellSilentInBetweenBeginsAnew() {
        FakeTier data = heldPerhaps();

        data.refuseAlways = Code.BAD_REFERENCE;
        hospital.loops.runMillis(3 * StationLimits.RETRY_MAX_MILLIS);
        data.refuseAlways = Code.UNAVAILABLE;
        hospital.loops.runMillis(StationLimits.LEANING_MILLIS);
        data.refuseAlways = Code.BAD_REFERENCE;
        hospital.loops.runMillis(3 * StationLimits.RETRY_MAX_MILLIS);

        assertThat(told).noneMatch(WriteResult.Refused.class::isInstance);
        assertThat(station.state().waiting()).isEqualTo(1);
    }

    @Test
    void aDataThatWasGoneInBetweenBeginsAnew() {
        FakeTier data = heldPerhaps();

        data.refuseAlways = Code.BAD_REFERENCE;
        hospital.loops.runMillis(3 * StationLimits.RETRY_MAX_MILLIS);
        hospital.down(Party.DATA);
        hospital.loops.runMillis(StationLimits.LEANING_MILLIS);
        hospital.up(Party.DATA);
        hospital.loops.runMillis(3 * StationLimits.RETRY_MAX_MILLIS);

        assertThat(told).noneMatch(WriteResult.Refused.class::isInstance);
        assertThat(station.state().waiting()).isEqualTo(1);
    }

    /** The second correction replaces the first: before it, data would place it in conflict with what it corrects. */
    @Test
    void whatIsCorrectedTwiceWhileDataIsAwayIsPlacedInItsOrder() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId measured = create(session, observation(patient));
        folder(session, patient.cell());
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        for (int version = 1; version <= 2; version++) {
            station.write(session, correction(patient, measured, version), told::add);
            hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS + 1_000);
        }
        assertThat(told).hasSize(2).noneMatch(WriteResult.Refused.class::isInstance);

        hospital.tier(Party.DATA).refuseOnce = Code.UNAVAILABLE;
        hospital.up(Party.DATA);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(hospital.tier(Party.DATA).refuseOnce).isNull();
        assertThat(heard(StationEvent.PlacedInConflict.class::isInstance)).isFalse();
        assertThat(versions(session, measured).getLast().version()).isEqualTo(3);
    }

    /** The second is refused, and the third replaces what the first wrote: it waits for that one all the same. */
    @Test
    void whatIsCorrectedAfterARefusalIsPlacedInItsOrder() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId measured = create(session, observation(patient));
        folder(session, patient.cell());
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        for (Code denial : new Code[] {null, Code.RULE, null}) {
            hospital.tier(Party.APPLICATION).denial = denial;
            station.write(session, correction(patient, measured, told.isEmpty() ? 1 : 2), told::add);
            hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS + 1_000);
        }
        assertThat(told).extracting(WriteResult.Refused.class::isInstance).containsExactly(false, true, false);

        hospital.tier(Party.DATA).refuseOnce = Code.UNAVAILABLE;
        hospital.up(Party.DATA);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(heard(StationEvent.PlacedInConflict.class::isInstance)).isFalse();
        assertThat(versions(session, measured).getLast().version()).isEqualTo(3);
    }

    private static Transaction correction(ResourceId patient, ResourceId id, long version) {
        String corrected = observation(patient).replace("final", "corrected");
        return Transaction.of(new Transaction.Change.Update(id, version, FakeHospital.resource(corrected), ""));
    }

    /** An entry nobody says that it holds, and any of them may. */
    private FakeTier heldPerhaps() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.quorum = false;
        FakeTier data = hospital.tier(Party.DATA);
        data.refuseAlways = Code.UNAVAILABLE;
        Party.TIERS.forEach(tier -> hospital.tier(tier).holdRefusal = Code.UNAVAILABLE);
        station.write(session, creation(observation(patient)), told::add);
        hospital.loops.runMillis(StationLimits.HOLD_AFTER_MILLIS + 1_000);
        return data;
    }
}
