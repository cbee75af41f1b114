package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;

/** Data is there and places nothing: nobody who writes one entry after another waits for it each time anew. */
class DataInVainTest extends StationBench {

    /** A moment for data, then two held statements, one after the other. */
    private static final long HELD_MILLIS_MAX = StationLimits.HOLD_SOON_MILLIS + 500;

    private static final long HEARD_MILLIS = CoverWait.STEPS_MIN * CoverWait.STEP_MILLIS;

    private static final long UNHEARD_MILLIS = CoverWait.STEPS_MAX * CoverWait.STEP_MILLIS;

    private static final long APPROVED_LATE_MILLIS = 1_500;

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
    void afterOneThatWaitedForItInVainTheNextIsHeldSoon() {
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
    void whereItSaysNotNowTheNextIsHeldSoonToo() {
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

    @Test
    void oneThatWasApprovedLateSaysNothingOfData() {
        hospital.quorum = false;
        hospital.tardy(Party.APPLICATION).laterMillis = APPROVED_LATE_MILLIS;
        millisToWrite(WriteResult.Acknowledgement.HELD);
        hospital.tardy(Party.APPLICATION).laterMillis = 0;

        assertThat(millisToWrite(WriteResult.Acknowledgement.HELD))
                .isGreaterThanOrEqualTo(StationLimits.HOLD_AFTER_MILLIS);
    }

    /** Data is well again, and nobody knows it yet: what it refuses is not held in the meantime, and so placed in conflict. */
    @Test
    void dataIsAskedFirstAlsoWhereAnApprovalComesLate() {
        hospital.quorum = false;
        millisToWrite(WriteResult.Acknowledgement.HELD);
        hospital.tardy(Party.APPLICATION).laterMillis = StationLimits.HOLD_SOON_MILLIS + 200;
        hospital.tier(Party.DATA).refuseAlways = Code.VERSION_CONFLICT;

        assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Refused.class);
    }

    /** The fake's tiers all show what data placed, though no quorum covers it. */
    @Test
    void aRecordIsOpenedThoughSomethingOfItIsPlacedAndNotCovered() {
        assertThat(millisToOpenAnew()).isBetween(UNHEARD_MILLIS, UNHEARD_MILLIS + 200);
    }

    @Test
    void aQuorumThatIsHeardMeanwhileAndDoesNotCoverItEndsTheWait() {
        hospital.beatsOn = true;

        assertThat(millisToOpenAnew()).isBetween(HEARD_MILLIS, HEARD_MILLIS + 1_200);
    }

    private long millisToOpenAnew() {
        hospital.quorum = false;
        millisToWrite(WriteResult.Acknowledgement.HELD);
        station = restarted();
        assertThat(hospital.loops.runUntil(() -> station.state().ready(), 20_000))
                .isTrue();
        OwnSession anew = hospital.session(station, hospital.machine);
        hospital.loops.runMillis(1_000);

        long before = hospital.loops.nowNanos();
        assertThat(versions(anew, earlier)).isNotEmpty();
        return (hospital.loops.nowNanos() - before) / 1_000_000;
    }
}
