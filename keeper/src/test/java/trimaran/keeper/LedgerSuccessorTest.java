package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Response;

/** What a tier made anew may do to the copies of its ledger: lay two long histories together, and nothing to one that both copies tell. */
class LedgerSuccessorTest {

    private static final long WHILE_MILLIS = 5_000;
    private static final int BEFORE = 3;
    private static final int PAGE = MessageLimits.LINES_MAX;
    private static final List<Party> SURVIVORS = List.of(Party.DATA, Party.APPLICATION);

    private final KeeperHouse house = KeeperHouse.running();

    private ReleaseLedger own() {
        return house.keeper(Party.ACCESS).ledgers().own();
    }

    private LedgerCopies copies(Party at) {
        return house.keeper(at).ledgers().copies();
    }

    private void release() {
        house.loops.runMillis(WHILE_MILLIS);
        for (int i = 0; i < BEFORE; i++) {
            LedgerLines.release(own(), 1);
        }
        house.loops.runMillis(WHILE_MILLIS);
    }

    private void remake() {
        house.crash(Party.ACCESS);
        house.replace(Party.ACCESS);
    }

    private static void assertContradicts(Outcome<Response> outcome) {
        assertThat(outcome instanceof Outcome.Refused<Response>(Refusal refusal) && refusal.code() == Code.EQUIVOCATION)
                .as(outcome.toString())
                .isTrue();
    }

    /** Whoever has the new key by then finds nothing that could still be other lines. */
    @Test
    void aLedgerThatCameBackWholeIsKnownToBothAtOnce() {
        release();
        remake();
        house.start(Party.ACCESS);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(own().isBack()).isTrue();
        for (Party tier : SURVIVORS) {
            List<LedgerLine> kept = copies(tier).from(Party.ACCESS, 0);
            assertThat(kept).hasSize(BEFORE);
            assertContradicts(copies(tier).take(Party.ACCESS, LedgerLines.on(kept.subList(0, BEFORE - 1), 50, 1)));
            assertContradicts(copies(tier).take(Party.ACCESS, LedgerLines.chain("others", 1)));
            assertThat(copies(tier).from(Party.ACCESS, 0)).isEqualTo(kept);
        }
    }

    /** And before it is back only what the two copies do not have alike. */
    @Test
    void whatBothCopiesHaveIsNoSuccessorsToChange() {
        release();
        remake();
        for (Party tier : SURVIVORS) {
            List<LedgerLine> kept = copies(tier).from(Party.ACCESS, 0);
            assertContradicts(copies(tier).take(Party.ACCESS, LedgerLines.chain("others", 1)));
            assertThat(copies(tier).from(Party.ACCESS, 0)).isEqualTo(kept);
        }
    }

    /** As a tier that runs twice; what application was told begins this much after the last line both were told. */
    private void fork(int lines, long laterMillis, int others) {
        release();
        house.crash(Party.ACCESS);
        copies(Party.DATA).take(Party.ACCESS, LedgerLines.on(copies(Party.DATA).from(Party.ACCESS, 0), 1, lines));
        copies(Party.APPLICATION)
                .take(
                        Party.ACCESS,
                        LedgerLines.on(copies(Party.APPLICATION).from(Party.ACCESS, 0), laterMillis, 10_000, others));
        house.replace(Party.ACCESS);
    }

    private void assertLaidTogether(int lines) {
        house.loops.runMillis(2 * WHILE_MILLIS);
        assertThat(own().isBack()).isTrue();
        assertThat(own().lines()).isEqualTo(BEFORE + lines);
        for (Party tier : SURVIVORS) {
            assertThat(copies(tier).head(Party.ACCESS)).isEqualTo(new LedgerCopies.Head(own().lines(), own().chain()));
        }
        for (Party tier : Party.TIERS) {
            assertThat(house.keeper(tier).report().faults()).isEmpty();
        }
    }

    /** A page that is the same from its first line to its last, and then others. */
    @Test
    void aCopyThatIsTheSameForAPageFollows() {
        fork(PAGE + 4, PAGE * 1_000L - 500, 2);
        house.start(Party.ACCESS);
        assertLaidTogether(PAGE + 6);
        assertThat(copies(Party.DATA).aside(Party.ACCESS, BEFORE + PAGE)).hasSize(1);
    }

    /** One line more is the same: the others are in its second page, and not the first of it. */
    @Test
    void aCopyThatIsTheSameForMoreThanAPageFollowsToo() {
        fork(PAGE + 5, (PAGE + 1) * 1_000L - 500, 2);
        List<KeeperEvent> told = new ArrayList<>();
        house.keeper(Party.DATA).tell(told::add);
        long alarms = alarms();
        house.start(Party.ACCESS);
        assertLaidTogether(PAGE + 7);
        assertThat(copies(Party.DATA).aside(Party.ACCESS, BEFORE + PAGE + 1)).hasSize(1);
        assertThat(copies(Party.DATA).aside(Party.ACCESS, BEFORE + PAGE)).isEmpty();
        // Both copies part, and one gives way: a person hears of both.
        assertThat(told).contains(new KeeperEvent.LedgerSetAside(Party.ACCESS, BEFORE + PAGE + 1, 4));
        assertThat(alarms()).isGreaterThan(alarms);
    }

    private long alarms() {
        return house.keeper(Party.DATA).report().counters().stream()
                .filter(counter -> counter.name().equals(Alarm.LEDGER.counter()))
                .mapToLong(Response.Counter::value)
                .sum();
    }

    @Test
    void anAttemptThatBreaksOffBetweenTwoPagesLeavesNothingTwice() {
        fork(PAGE + 20, 0, PAGE + 20);
        house.start(Party.ACCESS);
        assertThat(house.loops.runUntil(() -> own().lines() > BEFORE, WHILE_MILLIS))
                .isTrue();
        assertThat(own().isBack()).isFalse();
        assertThat(own().lines()).isLessThan(BEFORE + 2 * PAGE + 40);
        house.crash(Party.ACCESS);
        house.start(Party.ACCESS);
        assertLaidTogether(2 * (PAGE + 20));
    }

    @Test
    void aSurvivorThatIsAwayBetweenTwoPagesLeavesNothingTwiceEither() {
        fork(PAGE + 20, 0, PAGE + 20);
        house.start(Party.ACCESS);
        assertThat(house.loops.runUntil(() -> own().joined().isPresent() && own().lines() > BEFORE, WHILE_MILLIS))
                .isTrue();
        assertThat(own().isBack()).isFalse();
        house.crash(Party.APPLICATION);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(own().isBack()).isFalse();
        house.start(Party.APPLICATION);
        assertLaidTogether(2 * (PAGE + 20));
    }
}
