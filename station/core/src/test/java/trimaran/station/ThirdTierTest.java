package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.model.Trait;
import trimaran.record.Sanction;

/** When the third tier is asked, and when not: a line on its ledger tells of each cell it hands out. */
class ThirdTierTest extends StationBench {

    private static final long SOON_MILLIS = StationLimits.ASK_NEXT_MILLIS - 200;
    private static final long LATE_MILLIS = StationLimits.ASK_NEXT_MILLIS + 200;

    private OwnSession session;
    private ResourceId patient;

    @BeforeEach
    void aPatientIsThere() {
        session = ready();
        patient = create(session, PATIENT);
    }

    private void late(long millis, Party... tiers) {
        for (Party tier : tiers) {
            hospital.tardy(tier).laterMillis = millis;
        }
    }

    private int asked(Party tier, Class<? extends Request> request) {
        return hospital.tier(tier).asked(request);
    }

    private long tookMillis(Runnable work) {
        long before = hospital.loops.nowNanos();
        work.run();
        return (hospital.loops.nowNanos() - before) / 1_000_000;
    }

    private Outcome<List<ResourceId>> found() {
        return found("2");
    }

    private Outcome<List<ResourceId>> found(String number) {
        return hospital.<Outcome<List<ResourceId>>>await(
                then -> station.find(session, "Patient", List.of(Trait.identifier("urn:ins", number)), then));
    }

    @Test
    void whoAnswersSoonIsWaitedForAndTheThirdOpensNothing() {
        OwnSession other = afresh(session);
        late(SOON_MILLIS, Party.ACCESS);

        assertThat(versions(other, patient)).hasSize(1);

        assertThat(asked(Party.APPLICATION, Request.Open.class)).isZero();
    }

    @Test
    void besideOneThatIsLateTheThirdOpens() {
        OwnSession other = afresh(session);
        late(LATE_MILLIS + 10_000, Party.ACCESS);

        assertThat(tookMillis(() -> assertThat(versions(other, patient)).hasSize(1)))
                .isBetween(StationLimits.ASK_NEXT_MILLIS, 3 * StationLimits.ASK_NEXT_MILLIS);

        assertThat(asked(Party.APPLICATION, Request.Open.class)).isEqualTo(1);
    }

    /** Over a budget each tier takes its time: a third that opens gains nothing, and would be one line more. */
    @Test
    void whereTwoTakeTheirTimeTheThirdOpensNothing() {
        OwnSession other = afresh(session);
        late(5 * StationLimits.ASK_NEXT_MILLIS, Party.ACCESS, Party.DATA);
        station.versions(other, patient, Request.Purpose.CARE, answer -> {});

        hospital.loops.runMillis(4 * StationLimits.ASK_NEXT_MILLIS);

        assertThat(asked(Party.ACCESS, Request.Open.class)).isPositive();
        assertThat(asked(Party.DATA, Request.Open.class)).isPositive();
        assertThat(asked(Party.APPLICATION, Request.Open.class)).isZero();
    }

    @Test
    void tokensComeFromTheThirdBesideOneThatIsLateAndNotBefore() {
        late(SOON_MILLIS, Party.ACCESS);
        int before = asked(Party.APPLICATION, Request.Partials.class);
        assertThat(found().isDone()).isTrue();
        assertThat(asked(Party.APPLICATION, Request.Partials.class)).isEqualTo(before);

        late(LATE_MILLIS, Party.ACCESS);
        assertThat(tookMillis(() -> assertThat(found("3").isDone()).isTrue()))
                .isGreaterThanOrEqualTo(StationLimits.ASK_NEXT_MILLIS);
        assertThat(asked(Party.APPLICATION, Request.Partials.class)).isEqualTo(before + 1);
    }

    /** Of two that answer one may lie by leaving out: the other has to have all there is to be found. */
    @Test
    void aSearchWaitsForTheLateOneWhereAnotherLags() {
        late(3 * StationLimits.ASK_NEXT_MILLIS, Party.DATA);
        assertThat(tookMillis(() -> assertThat(found().isDone()).isTrue()))
                .as("two are level")
                .isLessThan(3 * StationLimits.ASK_NEXT_MILLIS);

        late(0, Party.DATA);
        hospital.tier(Party.APPLICATION).silentFeed = true;
        create(session, observation(patient));
        late(3 * StationLimits.ASK_NEXT_MILLIS, Party.DATA);
        assertThat(tookMillis(() -> assertThat(found().isDone()).isTrue()))
                .as("one lags")
                .isGreaterThanOrEqualTo(3 * StationLimits.ASK_NEXT_MILLIS);
    }

    /** Who had not all there was as it was asked may have left it out, though it has it a moment later. */
    @Test
    void whoCatchesUpAfterItsAnswerDoesNotCount() {
        assertThat(found().isDone()).isTrue();
        hospital.tier(Party.APPLICATION).silentFeed = true;
        create(session, observation(patient));
        late(3 * StationLimits.ASK_NEXT_MILLIS, Party.DATA);
        hospital.loops.after(StationLimits.ASK_NEXT_MILLIS / 2 * 1_000_000, () -> {
            hospital.tier(Party.APPLICATION).silentFeed = false;
            hospital.tier(Party.APPLICATION).feed();
        });

        assertThat(tookMillis(() -> assertThat(found().isDone()).isTrue()))
                .isGreaterThanOrEqualTo(3 * StationLimits.ASK_NEXT_MILLIS);
    }

    /** Only the third could say which of the two is right: it is asked, gets its second, and all is asked anew. */
    @Test
    void whereTwoDisagreeASilentThirdIsWaitedForNoLongerThanAMoment() {
        OwnSession other = afresh(session);
        FakeTier access = hospital.tier(Party.ACCESS);
        access.lie = response -> response instanceof Response.Opened ? new Response.Opened(List.of()) : response;
        hospital.tardy(Party.APPLICATION).neverOneIn = 1;

        assertThat(tookMillis(() -> assertThat(code(tried(other, patient))).isEqualTo(Code.UNAVAILABLE)))
                .isLessThan(3 * StationLimits.ASK_NEXT_MILLIS);

        access.lie = UnaryOperator.identity();
        assertThat(versions(other, patient)).hasSize(1);
    }

    /** The two took their time, as over a budget: so does the third, and else nobody would ever open it beside one that lies. */
    @Test
    void whereTwoDisagreeTheThirdGetsAsLongAsTheyTook() {
        OwnSession other = afresh(session);
        FakeTier access = hospital.tier(Party.ACCESS);
        access.lie = response -> response instanceof Response.Opened ? new Response.Opened(List.of()) : response;
        late(3 * StationLimits.ASK_NEXT_MILLIS, Party.ACCESS, Party.APPLICATION, Party.DATA);

        assertThat(versions(other, patient)).hasSize(1);
    }

    @Test
    void aDraftIsFiledWithAccessWhereDataIsLateAndApprovedOnce() {
        late(LATE_MILLIS + 10_000, Party.DATA);
        int filed = asked(Party.ACCESS, Request.FileDraft.class);
        int approved = asked(Party.APPLICATION, Request.Approve.class);

        WriteResult.Recorded written = write(session, creation(observation(patient)));

        assertThat(written.versions()).hasSize(1);
        assertThat(asked(Party.ACCESS, Request.FileDraft.class)).isEqualTo(filed + 1);
        assertThat(asked(Party.APPLICATION, Request.Approve.class)).isEqualTo(approved + 1);
    }

    @Test
    void oneThatSaysNothingKeepsTwoOthersFromHoldingNoLongerThanAMoment() {
        hospital.quorum = false;
        hospital.tardy(Party.ACCESS).neverOneIn = 1;

        long took = tookMillis(() -> assertThat(
                        write(session, creation(observation(patient))).by())
                .isEqualTo(WriteResult.Acknowledgement.HELD));

        assertThat(took).isLessThan(StationLimits.HOLD_AFTER_MILLIS + 2 * StationLimits.ASK_NEXT_MILLIS);
    }

    /** Who says no at once would be asked again at once, and those who would say yes never. */
    @Test
    void whoDoesNotHoldItIsAskedAgainAfterTheOthers() {
        hospital.quorum = false;
        hospital.tier(Party.ACCESS).holdRefusal = Code.UNAVAILABLE;

        assertThat(write(session, creation(observation(patient))).by()).isEqualTo(WriteResult.Acknowledgement.HELD);

        assertThat(asked(Party.ACCESS, Request.Hold.class)).isEqualTo(1);
    }

    /** A tier that nobody else would follow lets go after a minute: its word of then and another's of now are not two that hold it. */
    @Test
    void whoSaidLongAgoThatItHoldsItIsAskedOnceMore() {
        assertThat(accessIsAskedToHold(StationLimits.WORD_MILLIS - 15_000)).isEqualTo(1);
        assertThat(accessIsAskedToHold(StationLimits.WORD_MILLIS + 1_000)).isEqualTo(2);
    }

    @Test
    void whoWentAwayIsAskedOnceMore() {
        hospital.quorum = false;
        List.of(Party.APPLICATION, Party.DATA).forEach(tier -> hospital.tier(tier).holdRefusal = Code.UNAVAILABLE);
        station.write(session, creation(observation(patient)), answer -> {});
        assertThat(hospital.loops.runUntil(() -> asked(Party.ACCESS, Request.Hold.class) == 1, 10_000))
                .isTrue();
        hospital.loops.runMillis(100);
        hospital.down(Party.ACCESS);
        hospital.loops.runMillis(1_000);
        hospital.up(Party.ACCESS);
        hospital.loops.runMillis(10_000);
        assertThat(asked(Party.ACCESS, Request.Hold.class))
                .as("it may be another by now")
                .isEqualTo(2);
    }

    /** A tier that denies that it holds it could have the other let go of it. */
    @Test
    void eachOfTwoThatHoldItHearsOfTheOther() {
        twoHearOfEachOther();
    }

    /** Both that hold it, once. */
    private List<Party> twoHearOfEachOther() {
        hospital.quorum = false;
        assertThat(write(session, creation(observation(patient))).by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        hospital.loops.runMillis(1_000);
        List<Party> told = Party.TIERS.stream()
                .filter(tier -> asked(tier, Request.TellHeld.class) == 1)
                .toList();
        assertThat(told).hasSize(2).allMatch(tier -> asked(tier, Request.Hold.class) == 1);
        return told;
    }

    /** A line that is full drops what is asked on it. */
    @Test
    void whoCouldNotHearItHearsItAgain() {
        Party.TIERS.forEach(tier -> {
            hospital.tier(tier).silentTo = Request.TellHeld.class;
            hospital.tier(tier).silentWith = Code.BUSY;
        });
        hospital.quorum = false;
        assertThat(write(session, creation(observation(patient))).by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        hospital.loops.runMillis(2 * StationLimits.RETRY_MAX_MILLIS);
        Party holder = Party.TIERS.stream()
                .filter(tier -> asked(tier, Request.TellHeld.class) > 0)
                .findFirst()
                .orElseThrow();
        int before = asked(holder, Request.TellHeld.class);
        assertThat(before).isGreaterThan(2);
        hospital.tier(holder).silentTo = null;
        hospital.loops.runMillis(2 * StationLimits.RETRY_MAX_MILLIS);
        assertThat(asked(holder, Request.TellHeld.class)).as("and then no more").isEqualTo(before + 1);
    }

    /** It may have let go of it since it gave its word. */
    @Test
    void whoDoesNotHoldItAnyMoreIsAskedToHoldItAgain() {
        FakeTier access = hospital.tier(Party.ACCESS);
        access.silentTo = Request.TellHeld.class;
        access.silentWith = Code.NOT_FOUND;
        hospital.quorum = false;
        assertThat(write(session, creation(observation(patient))).by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        hospital.loops.runMillis(1_000);
        assertThat(asked(Party.ACCESS, Request.Hold.class)).isGreaterThan(1);
    }

    @Test
    void whoComesBackHearsItAgain() {
        Party holder = twoHearOfEachOther().getFirst();
        hospital.down(holder);
        hospital.loops.runMillis(1_000);
        hospital.up(holder);
        assertThat(hospital.loops.runUntil(() -> asked(holder, Request.TellHeld.class) > 1, 10_000))
                .isTrue();
    }

    /** How often, where the two others will not hold it for so long after it did. */
    private int accessIsAskedToHold(long othersRefuseMillis) {
        hospital.quorum = false;
        int before = asked(Party.ACCESS, Request.Hold.class);
        List.of(Party.APPLICATION, Party.DATA).forEach(tier -> hospital.tier(tier).holdRefusal = Code.UNAVAILABLE);
        station.write(session, creation(observation(patient)), answer -> {});
        assertThat(hospital.loops.runUntil(() -> asked(Party.ACCESS, Request.Hold.class) > before, 10_000))
                .isTrue();
        hospital.loops.runMillis(othersRefuseMillis);
        List.of(Party.APPLICATION, Party.DATA).forEach(tier -> hospital.tier(tier).holdRefusal = null);
        hospital.loops.runMillis(2 * StationLimits.RETRY_MAX_MILLIS);
        return asked(Party.ACCESS, Request.Hold.class) - before;
    }

    /** One is asked and says nothing, another says no: the third is asked all the same, and then the other once more. */
    @Test
    void besideOneThatSaysNothingWhoSaysNoIsAskedAgain() {
        hospital.quorum = false;
        hospital.tardy(Party.ACCESS).neverOneIn = 1;
        FakeTier application = hospital.tier(Party.APPLICATION);
        application.holdRefusal = Code.UNAVAILABLE;
        hospital.loops.after(
                (StationLimits.HOLD_AFTER_MILLIS + 2 * StationLimits.ASK_NEXT_MILLIS) * 1_000_000,
                () -> application.holdRefusal = null);

        long took = tookMillis(() -> assertThat(
                        write(session, creation(observation(patient))).by())
                .isEqualTo(WriteResult.Acknowledgement.HELD));

        assertThat(took).isLessThan(StationLimits.HOLD_AFTER_MILLIS + 4 * StationLimits.ASK_NEXT_MILLIS);
    }

    /** Nobody may write it down without application, so it is waited for longer than where others go on without it. */
    @Test
    void whatNeedsApplicationIsApprovedThoughItIsLate() {
        late(2 * StationLimits.APPROVE_MILLIS, Party.APPLICATION);

        write(session, creation(procedure(patient)));

        assertThat(hospital.record.entries.getLast().header().sanction()).isInstanceOf(Sanction.Approved.class);
    }

    @Test
    void whatIsLargeDoesNotWaitUntilALateTierHasTakenItsPieces() {
        String text = "x".repeat(200_000);
        late(4 * StationLimits.ASK_NEXT_MILLIS, Party.ACCESS);

        long took =
                tookMillis(() -> write(session, creation(observation(patient).replace("pulse", text))));

        assertThat(took).isLessThan(4 * StationLimits.ASK_NEXT_MILLIS);
    }
}
