package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.station.StationState.Ailment;

/** Within five seconds people are told of a tier that is up and not well; nobody is told of a tier that is. */
class TierHealthTest extends StationBench {

    private static final long TOLD_MILLIS_MAX = 5_000;

    /** The page looks once more. */
    private static final long PAGE_MILLIS = 500;

    /** Nobody is at work, and the lines have been up for a while. */
    private OwnSession settled() {
        OwnSession session = ready();
        hospital.loops.runMillis(20 * StationLimits.SETTLED_MILLIS);
        return session;
    }

    private Optional<Ailment> ailment(Party tier) {
        return state(tier).ailment();
    }

    private StationState.TierState state(Party tier) {
        return Objects.requireNonNull(station.state().tiers().get(tier));
    }

    private boolean isToldOf(Party tier, Ailment.Kind kind, long millis) {
        return hospital.loops.runUntil(
                () -> ailment(tier).filter(one -> one.kind() == kind).isPresent(), millis);
    }

    @Test
    void aTierThatAnswersLateIsLate() {
        settled();
        for (Party tier : Party.TIERS) {
            hospital.tardy(tier).laterMillis = StationLimits.LATE_MILLIS + 500;

            assertThat(isToldOf(tier, Ailment.Kind.LATE, TOLD_MILLIS_MAX))
                    .as(tier.word())
                    .isTrue();
            assertThat(state(tier).up()).isTrue();

            hospital.tardy(tier).laterMillis = 0;
            hospital.loops.runMillis(StationLimits.LATE_OVER_MILLIS + TOLD_MILLIS_MAX);
            assertThat(ailment(tier)).as(tier.word()).isEmpty();
        }
    }

    @Test
    void aTierThatAnswersOnlySomeQuestionsIsLateAllTheWhile() {
        settled();
        hospital.tardy(Party.DATA).neverOneIn = 2;

        assertThat(isToldOf(Party.DATA, Ailment.Kind.LATE, TOLD_MILLIS_MAX)).isTrue();
        var since = ailment(Party.DATA).orElseThrow().since();
        for (int i = 0; i < 20; i++) {
            hospital.loops.runMillis(TOLD_MILLIS_MAX / 2);
            assertThat(ailment(Party.DATA).map(Ailment::since)).contains(since);
        }
    }

    /** One that was ill, began anew and is ill again: nobody need be at work for it to show. */
    @Test
    void aTierThatIsIllSoonAfterItCameIsToldOfInTime() {
        for (int phase = 0; phase < 10; phase++) {
            new TierHealthTest().isToldOfSoon(phase);
        }
    }

    private void isToldOfSoon(int phase) {
        ready();
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(TOLD_MILLIS_MAX);
        hospital.up(Party.APPLICATION);
        assertThat(hospital.loops.runUntil(() -> state(Party.APPLICATION).up(), 2 * TOLD_MILLIS_MAX))
                .isTrue();
        hospital.loops.runMillis(100L * phase);
        hospital.tardy(Party.APPLICATION).neverOneIn = 2;

        assertThat(isToldOf(Party.APPLICATION, Ailment.Kind.LATE, TOLD_MILLIS_MAX - PAGE_MILLIS))
                .as("in phase " + phase)
                .isTrue();
    }

    /** What is written goes on without application then, and its line may be too young to be asked for anything besides. */
    @Test
    void anApplicationThatIsGivenUpForOneApprovalIsLate() {
        OwnSession session = ready();
        var patient = create(session, PATIENT);
        hospital.tardy(Party.APPLICATION).laterMillis = 2 * StationLimits.LATE_MILLIS;
        station.write(session, creation(observation(patient)), result -> {});

        assertThat(isToldOf(Party.APPLICATION, Ailment.Kind.LATE, StationLimits.APPROVE_MILLIS + 1_500))
                .isTrue();
    }

    /** Whenever one looks: the next approval may come at once. */
    @Test
    void anApplicationThatIsGivenUpForEveryOtherApprovalIsLate() {
        for (int phase = 0; phase < 10; phase++) {
            new TierHealthTest().isToldOfOneApprovalGivenUpFor(phase);
        }
    }

    private void isToldOfOneApprovalGivenUpFor(int phase) {
        OwnSession session = ready();
        var patient = create(session, PATIENT);
        hospital.loops.runMillis(100L * phase);
        hospital.tardy(Party.APPLICATION).neverOneIn = 1;
        station.write(session, creation(observation(patient)), result -> {});
        hospital.loops.runMillis(StationLimits.APPROVE_MILLIS - 100);
        hospital.tardy(Party.APPLICATION).neverOneIn = 0;
        hospital.loops.runMillis(101);
        write(session, creation(observation(patient)));

        assertThat(isToldOf(Party.APPLICATION, Ailment.Kind.LATE, 1_500))
                .as("looked at in phase " + phase)
                .isTrue();
    }

    @Test
    void aTierThatAnswersInTimeIsNotLate() {
        settled();
        hospital.tardy(Party.DATA).laterMillis = StationLimits.LATE_MILLIS - 200;

        assertThat(isToldOf(Party.DATA, Ailment.Kind.LATE, 10 * TOLD_MILLIS_MAX))
                .isFalse();
    }

    /** Then it is the station's own line, or its machine. */
    @Test
    void whereAllAnswerLateNoneIsToldOf() {
        settled();
        Party.TIERS.forEach(tier -> hospital.tardy(tier).laterMillis = 2 * StationLimits.LATE_MILLIS);

        assertThat(hospital.loops.runUntil(
                        () -> Party.TIERS.stream()
                                .anyMatch(tier -> ailment(tier).isPresent()),
                        10 * TOLD_MILLIS_MAX))
                .isFalse();
    }

    /** It answers all the while, so that its line is not dialled anew either. */
    @Test
    void aTierThatTellsNothingNewIsToldOf() {
        OwnSession session = settled();
        hospital.tier(Party.DATA).silentFeed = true;
        boolean told = false;
        for (int i = 0; i < 10 && !told; i++) {
            create(session, PATIENT.replace("\"1\"", "\"" + (100 + i) + "\""));
            told = isToldOf(Party.DATA, Ailment.Kind.LATE, TOLD_MILLIS_MAX / 10);
        }
        assertThat(told).isTrue();
        assertThat(state(Party.DATA).up()).isTrue();
    }

    /** A place may take its time: data alone gives it. */
    @Test
    void whatMayTakeItsTimeIsNotLate() {
        OwnSession session = settled();
        hospital.tier(Party.DATA).silentTo = trimaran.line.message.Request.Append.class;

        station.write(session, creation(PATIENT), result -> {});
        assertThat(isToldOf(Party.DATA, Ailment.Kind.LATE, 10 * TOLD_MILLIS_MAX))
                .isFalse();
    }

    @Test
    void whoSaidWhatIsProvenWrongIsToldOf() {
        settled();
        TierHealth health = new TierHealth(
                station.setting(), new TierTable(station.setting().loop()));
        health.heed(told(true));
        CellId cell = new CellId(1, 1);
        health.accept(new StationEvent.NoShare(Party.ACCESS, cell, -1));
        health.accept(new StationEvent.TierBehind(Party.ACCESS, cell));
        health.accept(new StationEvent.TiersDiffer(Party.ACCESS, 7));
        health.accept(new StationEvent.SharesDiffer(cell));
        assertThat(health.of(Party.ACCESS))
                .as("it may be catching up, or the other one lies")
                .isEmpty();

        health.accept(new StationEvent.BadShare(Party.ACCESS, cell));
        health.accept(new StationEvent.BadSignature(Party.DATA, Digest.ZERO));
        assertThat(health.of(Party.ACCESS).map(Ailment::kind)).contains(Ailment.Kind.LIES);
        assertThat(health.of(Party.DATA).map(Ailment::kind)).contains(Ailment.Kind.LIES);
        assertThat(health.of(Party.APPLICATION)).isEmpty();

        hospital.loops.runMillis(StationLimits.LIES_MILLIS + 1);
        assertThat(health.of(Party.ACCESS)).isEmpty();
    }

    private boolean isLevel = true;

    private TierHealth.Heads told(boolean level) {
        isLevel = level;
        return new TierHealth.Heads() {
            @Override
            public boolean isLevel(Party tier) {
                return isLevel;
            }

            @Override
            public long size() {
                return 100;
            }
        };
    }

    private static StationEvent left(int cell, long openedAt) {
        return new StationEvent.NoShare(Party.DATA, new CellId(1, cell), openedAt);
    }

    /** One that tells of everything and gives no share, again and again, answers not everything: people are told, and it is asked as ever. */
    @Test
    void whoLeavesOutSeveralCellsThoughItHeardOfThemIsToldOf() {
        settled();
        TierHealth health = new TierHealth(
                station.setting(), new TierTable(station.setting().loop()));
        health.heed(told(true));
        for (int look = 1; look < StationLimits.HEARD_LOOKS; look++) {
            health.hear();
        }
        leavesOutEnough(health, 50);
        assertThat(health.of(Party.DATA))
                .as("it may have heard of them just now")
                .isEmpty();

        health.hear();
        leavesOutEnough(health, 100);
        leavesOutEnough(health, -1);
        assertThat(health.of(Party.DATA)).as("no quorum covers them").isEmpty();
        isLevel = false;
        leavesOutEnough(health, 50);
        assertThat(health.of(Party.DATA)).as("it has not come so far").isEmpty();

        isLevel = true;
        for (int i = 1; i < StationLimits.LEFT_OUT_CELLS; i++) {
            health.accept(left(i, 50));
            health.accept(left(i, 50));
            health.accept(new StationEvent.TierBehind(Party.DATA, new CellId(3, i)));
        }
        assertThat(health.of(Party.DATA)).as("few cells").isEmpty();
        health.accept(left(StationLimits.LEFT_OUT_CELLS, 99));
        assertThat(health.of(Party.DATA).map(Ailment::kind)).contains(Ailment.Kind.LATE);
        assertThat(health.isAskedLast(Party.DATA)).isFalse();

        hospital.loops.runMillis(StationLimits.LEFT_OUT_MILLIS + 1);
        assertThat(health.of(Party.DATA)).isEmpty();
        health.accept(left(1, 50));
        assertThat(health.of(Party.DATA)).as("what was long ago does not count").isEmpty();
    }

    private static void leavesOutEnough(TierHealth health, long openedAt) {
        for (int i = 1; i <= StationLimits.LEFT_OUT_CELLS; i++) {
            health.accept(left(i, openedAt));
        }
    }

    /** The way of a real station: access leaves out every cell, and has heard of all. */
    @Test
    void aTierOfWhichNoCellIsGotIsToldOf() {
        OwnSession session = ready();
        var first = create(session, PATIENT);
        var second = create(session, PATIENT.replace("\"1\"", "\"2\""));
        hospital.loops.runMillis((StationLimits.HEARD_LOOKS + 2) * StationLimits.LOOK_MILLIS);
        hospital.tier(Party.ACCESS).lie = response -> response instanceof trimaran.line.message.Response.Opened
                ? new trimaran.line.message.Response.Opened(java.util.List.of())
                : response;
        station = restarted();
        OwnSession reader = ready();
        hospital.loops.runMillis((StationLimits.HEARD_LOOKS + 2) * StationLimits.LOOK_MILLIS);
        folder(reader, first.cell());
        folder(reader, second.cell());
        assertThat(isToldOf(Party.ACCESS, Ailment.Kind.LATE, TOLD_MILLIS_MAX)).isTrue();
        assertThat(ailment(Party.DATA)).isEmpty();
    }
}
