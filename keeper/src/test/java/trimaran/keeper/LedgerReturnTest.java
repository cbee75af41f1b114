package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Release ledgers are with the two other tiers within a second, and come back when their tier is rebuilt. */
class LedgerReturnTest {

    /** Lines open, then two looks. */
    private static final long WHILE_MILLIS = 5_000;

    private static final String SIGNED = "signed";

    private final KeeperHouse house = KeeperHouse.running();

    private List<LedgerLine> copy(Party at, Party of) {
        return house.keeper(at).ledgers().copies().from(of, 0);
    }

    private List<LedgerLine> own(Party tier) {
        return house.keeper(tier).ledgers().own().from(0);
    }

    private Map<String, Long> status(Party tier) {
        return house.keeper(tier).report().counters().stream()
                .collect(Collectors.toMap(Response.Counter::name, Response.Counter::value));
    }

    private void release(Party tier, int lines) {
        for (int i = 0; i < lines; i++) {
            LedgerLines.release(house.keeper(tier).ledgers().own(), 3);
        }
    }

    @Test
    void aLineIsWithTheOthersWithinASecond() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 3);
        house.loops.runMillis(1_000);
        assertThat(own(Party.DATA)).hasSize(3);
        assertThat(copy(Party.ACCESS, Party.DATA)).isEqualTo(own(Party.DATA));
        assertThat(copy(Party.APPLICATION, Party.DATA)).isEqualTo(own(Party.DATA));
    }

    @Test
    void manyLinesAreWithTheOthersWithinASecondToo() {
        house.loops.runMillis(WHILE_MILLIS);
        int many = 5 * LedgerSpread.BEHIND_LINES + 7;
        release(Party.DATA, many);
        house.loops.runMillis(1_000);
        assertThat(own(Party.DATA)).isNotEmpty();
        assertThat(house.keeper(Party.DATA).ledgers().own().lines()).isEqualTo(many);
        assertThat(house.keeper(Party.ACCESS)
                        .ledgers()
                        .copies()
                        .head(Party.DATA)
                        .lines())
                .isEqualTo(many);
        assertThat(house.keeper(Party.APPLICATION)
                        .ledgers()
                        .copies()
                        .head(Party.DATA)
                        .lines())
                .isEqualTo(many);
    }

    private String refused(Party keeper, Party ledger, long lines) {
        Request.SignLedger asked = new Request.SignLedger(ledger, lines, LedgerLines.SOMEBODY);
        return showing(house.keeper(keeper)).head(asked) instanceof Outcome.Refused<Response>(Refusal refusal)
                ? refusal.code().name()
                : SIGNED;
    }

    /** Evidence of a ledger is what is on disk, and a rebuilt tier does not deny what its predecessor wrote. */
    @Test
    void aTierSignsNoLedgerThatIsNotBackAndNoLineItLacks() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 5);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(refused(Party.DATA, Party.DATA, 5)).isEqualTo(SIGNED);
        // Disks lose nothing by themselves; what they give instead is another line.
        house.disk(Party.DATA)
                .write(List.of(new Store.Change.Put(
                        Space.LEDGER, Key.number(4), own(Party.DATA).get(3).encode())));
        assertThat(refused(Party.DATA, Party.DATA, 5)).isEqualTo(Code.UNAVAILABLE.name());
        house.crash(Party.DATA);
        house.replace(Party.DATA);
        house.start(Party.DATA);
        assertThat(refused(Party.DATA, Party.DATA, 0)).isEqualTo(Code.UNAVAILABLE.name());
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(refused(Party.DATA, Party.DATA, 0)).isEqualTo(SIGNED);
    }

    @Test
    void aRebuiltTierTakesItsLedgerBackAndGoesOnFromThere() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 5);
        house.loops.runMillis(WHILE_MILLIS);
        List<LedgerLine> before = own(Party.DATA);
        house.crash(Party.DATA);
        house.replace(Party.DATA);
        house.start(Party.DATA);
        assertThat(house.keeper(Party.DATA).ledgers().own().isBack()).isFalse();
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(own(Party.DATA)).isEqualTo(before);
        assertThat(status(Party.DATA)).containsEntry("ledger.back", 1L);

        release(Party.DATA, 2);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(own(Party.DATA)).hasSize(7);
        assertThat(copy(Party.ACCESS, Party.DATA)).isEqualTo(own(Party.DATA));
        assertThat(copy(Party.APPLICATION, Party.DATA)).isEqualTo(own(Party.DATA));
        for (Party tier : Party.TIERS) {
            assertThat(status(tier)).containsEntry("ledger.contradictions", 0L);
        }
        house.crash(Party.DATA);
        house.start(Party.DATA);
        assertThat(house.keeper(Party.DATA).ledgers().own().isBack()).isTrue();
        assertThat(own(Party.DATA)).hasSize(7);
    }

    @Test
    void whatOnlyOneSurvivorHeardComesBackAndGoesToTheOther() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 2);
        house.loops.runMillis(WHILE_MILLIS);
        house.crash(Party.ACCESS);
        release(Party.DATA, 2);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(copy(Party.APPLICATION, Party.DATA)).hasSize(4);
        house.crash(Party.DATA);
        house.replace(Party.DATA);
        house.start(Party.DATA);
        house.loops.runMillis(WHILE_MILLIS);
        // One copy alone may be the shorter one: until both were heard nothing is handed out.
        assertThat(house.keeper(Party.DATA).ledgers().own().isBack()).isFalse();
        house.start(Party.ACCESS);
        house.loops.runMillis(2 * WHILE_MILLIS);
        assertThat(own(Party.DATA)).hasSize(4);
        assertThat(copy(Party.ACCESS, Party.DATA)).isEqualTo(own(Party.DATA));
    }

    @Test
    void aTierThatWroteOverItsLedgerIsFoundOutOnBothSides() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 3);
        house.loops.runMillis(WHILE_MILLIS);
        house.crash(Party.DATA);
        house.forget(Party.DATA);
        house.start(Party.DATA);
        for (int i = 0; i < 4; i++) {
            LedgerLines.release(house.keeper(Party.DATA).ledgers().own(), 1);
        }
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(status(Party.DATA).get("ledger.contradictions")).isEqualTo(2);
        assertThat(house.keeper(Party.DATA).report().faults())
                .contains("the copy access keeps contradicts this tier's release ledger");
        assertThat(copy(Party.ACCESS, Party.DATA)).hasSize(3);
    }

    /** As a tier that runs twice: each of the others is told another history, and neither is contradicted. */
    private void fork(Party tier, Party told, int lines, Party other, int others) {
        house.crash(tier);
        LedgerCopies one = house.keeper(told).ledgers().copies();
        LedgerCopies second = house.keeper(other).ledgers().copies();
        one.take(tier, LedgerLines.on(one.from(tier, 0), 1, lines));
        second.take(tier, LedgerLines.on(second.from(tier, 0), 100, others));
    }

    @Test
    void twoHistoriesOfOneLedgerAreNoticedByThoseWhoWereToldThem() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.ACCESS, 3);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(status(Party.DATA)).containsEntry(Alarm.LEDGER.counter(), 0L);
        fork(Party.ACCESS, Party.DATA, 4, Party.APPLICATION, 4);
        house.loops.runMillis(2 * LedgerAgreement.LOOK_MILLIS);
        for (Party tier : List.of(Party.DATA, Party.APPLICATION)) {
            assertThat(status(tier)).containsEntry(Alarm.LEDGER.counter(), 1L);
            assertThat(house.keeper(tier).report().faults())
                    .containsExactly(
                            "the copy of access's release ledger kept here and the third tier's are of two histories");
        }
    }

    /** Who has more lines sees it, and one that is merely behind is of one history. */
    @Test
    void aShorterCopyIsNoOtherHistoryAndAShorterOtherHistoryIs() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.ACCESS, 3);
        house.loops.runMillis(WHILE_MILLIS);
        fork(Party.ACCESS, Party.DATA, 4, Party.APPLICATION, 0);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(status(Party.DATA)).containsEntry(Alarm.LEDGER.counter(), 0L);
        LedgerCopies copies = house.keeper(Party.APPLICATION).ledgers().copies();
        copies.take(Party.ACCESS, LedgerLines.on(copies.from(Party.ACCESS, 0), 100, 1));
        house.loops.runMillis(2 * LedgerAgreement.LOOK_MILLIS);
        assertThat(status(Party.DATA)).containsEntry(Alarm.LEDGER.counter(), 1L);
        assertThat(status(Party.APPLICATION)).containsEntry(Alarm.LEDGER.counter(), 0L);
    }

    @Test
    void aSuccessorLaysTwoHistoriesTogetherAndLeavesNobodyOut() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.ACCESS, 3);
        house.loops.runMillis(WHILE_MILLIS);
        fork(Party.ACCESS, Party.DATA, 4, Party.APPLICATION, 2);
        List<LedgerLine> one = copy(Party.DATA, Party.ACCESS);
        List<LedgerLine> other = copy(Party.APPLICATION, Party.ACCESS);
        house.replace(Party.ACCESS);
        house.start(Party.ACCESS);
        house.loops.runMillis(2 * WHILE_MILLIS);
        List<LedgerLine> all = own(Party.ACCESS);
        assertThat(all.subList(0, 3)).isEqualTo(one.subList(0, 3)).isEqualTo(other.subList(0, 3));
        assertThat(all.stream().map(LedgerLine::cells))
                .as("what either of them names")
                .hasSize(9)
                .containsAll(one.stream().map(LedgerLine::cells).toList())
                .containsAll(other.stream().map(LedgerLine::cells).toList());
        assertThat(all.stream().map(line -> line.time().millis()).toList()).isSorted();
        // One copy was contradicted or both: they follow, and what they had stays beside them.
        release(Party.ACCESS, 1);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(copy(Party.DATA, Party.ACCESS)).isEqualTo(own(Party.ACCESS)).hasSize(10);
        assertThat(copy(Party.APPLICATION, Party.ACCESS)).isEqualTo(own(Party.ACCESS));
        assertThat(house.keeper(Party.APPLICATION).ledgers().copies().aside(Party.ACCESS, 4))
                .containsExactly(other.get(4));
        for (Party tier : Party.TIERS) {
            assertThat(house.keeper(tier).report().faults()).isEmpty();
            assertThat(checked(tier)).isEmpty();
        }
    }

    private List<String> checked(Party tier) {
        List<Response> reports = new ArrayList<>();
        new CopyCheck(house.keeper(tier), reports::add).start();
        assertThat(house.loops.runUntil(() -> !reports.isEmpty(), 60_000)).isTrue();
        return ((Response.Report) reports.getFirst()).faults();
    }

    private static LedgerShowing showing(Keeper keeper) {
        return new LedgerShowing(keeper.setting(), keeper.copy(), keeper.ledgers());
    }
}
