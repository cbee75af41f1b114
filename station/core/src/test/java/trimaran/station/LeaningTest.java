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
