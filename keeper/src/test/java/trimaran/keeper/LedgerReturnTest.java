package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static LedgerShowing showing(Keeper keeper) {
        return new LedgerShowing(keeper.setting(), keeper.copy(), keeper.ledgers());
    }
}
