package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;

/** Data is there and places nothing: nobody who writes one entry after another waits for it each time anew. */
class DataInVainTest extends StationBench {

    /** Two held statements, one after the other. */
    private static final long HELD_MILLIS_MAX = 500;

    private OwnSession session;
    private ResourceId patient;
    private ResourceId earlier;

    @BeforeEach
    void aPatientIsThere() {
        session = ready();
        patient = create(session, PATIENT);
        // In a cell that is open here: nobody has to be asked for it meanwhile.
        earlier = create(session, observation(patient));
        hospital.loops.runMillis(1_000);
    }

    private long millisToWrite(WriteResult.Acknowledgement by) {
        long before = hospital.loops.nowNanos();
        assertThat(write(session, creation(observation(patient))).by()).isEqualTo(by);
        return (hospital.loops.nowNanos() - before) / 1_000_000;
    }

    @Test
    void afterOneThatWaitedForItInVainTheNextIsHeldAtOnce() {
        hospital.quorum = false;
        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD))
                .isGreaterThanOrEqualTo(StationLimits.HOLD_AFTER_MILLIS);

        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD)).isLessThan(HELD_MILLIS_MAX);
    }

    /** The one under way as data is struck has waited for the others. */
    @Test
    void whatWasAlreadyUnderWayAsDataFellSilentSparesTheNextItsWait() {
        hospital.quorum = false;
        station.write(session, creation(observation(patient)), answer -> {});
        hospital.loops.runMillis(StationLimits.HOLD_AFTER_MILLIS - 500);

        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD))
                .isGreaterThanOrEqualTo(StationLimits.HOLD_AFTER_MILLIS);
        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD)).isLessThan(HELD_MILLIS_MAX);
    }

    @Test
    void whereItSaysNotNowTheNextIsHeldAtOnceToo() {
        hospital.tier(Party.DATA).refuseAlways = Code.UNAVAILABLE;
        millisToWrite(WriteResult.Acknowledgement.HELD);

        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD)).isLessThan(HELD_MILLIS_MAX);
    }

    @Test
    void onceAQuorumCoversSomethingItIsWaitedForAgain() {
        hospital.quorum = false;
        millisToWrite(WriteResult.Acknowledgement.HELD);
        hospital.quorum = true;
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(millisToWrite(WriteResult.Acknowledgement.CHECKPOINT)).isLessThan(StationLimits.HOLD_AFTER_MILLIS);

        hospital.quorum = false;
        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD))
                .isGreaterThanOrEqualTo(StationLimits.HOLD_AFTER_MILLIS);
    }

    /** The fake's tiers all show what data placed, though no quorum covers it. */
    @Test
    void aRecordIsOpenedThoughSomethingOfItIsPlacedAndNotCovered() {
        hospital.quorum = false;
        millisToWrite(WriteResult.Acknowledgement.HELD);
        station = restarted();
        assertThat(hospital.loops.runUntil(() -> station.state().ready(), 20_000))
                .isTrue();
        OwnSession anew = hospital.session(station, hospital.machine);
        hospital.loops.runMillis(1_000);

        long before = hospital.loops.nowNanos();
        assertThat(versions(anew, earlier)).isNotEmpty();

        assertThat((hospital.loops.nowNanos() - before) / 1_000_000)
                .isBetween(StationLimits.COVER_MILLIS, StationLimits.COVER_MILLIS + 200);
    }
}
