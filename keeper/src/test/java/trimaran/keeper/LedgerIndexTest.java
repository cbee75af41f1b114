package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.Response;

/** Which lines name a cell is found in the ledger and in both copies, and rereading a copy finds what is wrong with that. */
class LedgerIndexTest {

    private static final long WHILE_MILLIS = 5_000;

    /** The cell lines of {@link LedgerLines#release} name. */
    private static final CellId CELL = new CellId(0, 7);

    private final KeeperHouse house = KeeperHouse.running();

    private List<Long> lines(Party at, Party of) {
        return house.keeper(at).ledgers().index().lines(of, CELL, Long.MAX_VALUE, 100);
    }

    private void release(Party tier, int lines) {
        for (int i = 0; i < lines; i++) {
            LedgerLines.release(house.keeper(tier).ledgers().own(), 3);
        }
    }

    private List<String> faults(Party tier) {
        List<Response> reports = new ArrayList<>();
        new CopyCheck(house.keeper(tier), reports::add).start();
        if (!house.loops.runUntil(() -> !reports.isEmpty(), 60_000)) {
            throw new AssertionError("no end of it");
        }
        return ((Response.Report) reports.getFirst()).faults();
    }

    @Test
    void theNewestLineThatNamesACellIsFoundFirstAtAllThreeTiers() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 3);
        release(Party.ACCESS, 1);
        house.loops.runMillis(WHILE_MILLIS);
        for (Party tier : Party.TIERS) {
            assertThat(lines(tier, Party.DATA)).containsExactly(2L, 1L, 0L);
            assertThat(lines(tier, Party.ACCESS)).containsExactly(0L);
            assertThat(lines(tier, Party.APPLICATION)).isEmpty();
            assertThat(faults(tier)).isEmpty();
        }
        LedgerIndex index = house.keeper(Party.DATA).ledgers().index();
        assertThat(index.lines(Party.DATA, CELL, 2, 1)).containsExactly(1L);
        assertThat(index.lines(Party.DATA, CELL, 0, 1)).isEmpty();
        assertThat(index.lines(Party.DATA, new CellId(0, 6), Long.MAX_VALUE, 1)).isEmpty();
    }

    @Test
    void aRebuiltTierFindsItsOldLinesAgain() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 5);
        house.loops.runMillis(WHILE_MILLIS);
        house.crash(Party.DATA);
        house.replace(Party.DATA);
        house.start(Party.DATA);
        house.loops.runMillis(WHILE_MILLIS);
        assertThat(lines(Party.DATA, Party.DATA)).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertThat(faults(Party.DATA)).isEmpty();
    }

    @Test
    void aHomeWithoutAnIndexGetsItWhenItStarts() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 2);
        house.loops.runMillis(WHILE_MILLIS);
        house.crash(Party.ACCESS);
        MemoryStore disk = house.disk(Party.ACCESS);
        disk.write(List.of(new Store.Change.Remove(Space.STATE, Key.LEDGER_INDEXED)));
        disk.lose(Space.LEDGER_INDEX, Key.ledgerCell(CELL, Party.DATA, 0));
        disk.lose(Space.LEDGER_INDEX, Key.ledgerCell(CELL, Party.DATA, 1));
        house.start(Party.ACCESS);
        assertThat(lines(Party.ACCESS, Party.DATA)).containsExactly(1L, 0L);
        assertThat(faults(Party.ACCESS)).isEmpty();
    }

    @Test
    void aRowThatIsGoneIsNamed() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 2);
        house.loops.runMillis(WHILE_MILLIS);
        house.disk(Party.DATA).lose(Space.LEDGER_INDEX, Key.ledgerCell(CELL, Party.DATA, 1));
        house.disk(Party.ACCESS).lose(Space.LEDGER_INDEX, Key.ledgerCell(CELL, Party.DATA, 0));
        assertThat(faults(Party.DATA))
                .containsExactly("cell " + CELL + " does not lead to line 1 of data's release ledger, which names it");
        assertThat(faults(Party.ACCESS))
                .containsExactly("cell " + CELL + " does not lead to line 0 of data's release ledger, which names it");
    }

    @Test
    void aRowNoLineMadeIsNamed() {
        house.loops.runMillis(WHILE_MILLIS);
        release(Party.DATA, 2);
        CellId other = new CellId(0, 8);
        plant(Key.ledgerCell(other, Party.DATA, 1));
        assertThat(faults(Party.DATA))
                .containsExactly("cell " + other + " leads to line 1 of data's release ledger, which does not name it");
        plant(Key.ledgerCell(other, Party.ACCESS, 9));
        assertThat(faults(Party.DATA))
                .contains("cell " + other + " leads to line 9 of access's release ledger, which does not name it");
    }

    private void plant(Bytes key) {
        house.disk(Party.DATA).write(List.of(new Store.Change.Put(Space.LEDGER_INDEX, key, Bytes.EMPTY)));
    }

    @Test
    void whoseBadgeOpenedASessionIsKnownWhenTheRegistryHasForgotten() {
        MemoryStore disk = new MemoryStore();
        Digest badge = Digest.sha256(Bytes.ofText("badge"));
        LedgerIndex knows = new LedgerIndex(disk, session -> Optional.of(badge));
        LedgerLines.release(new ReleaseLedger(Party.DATA, disk, knows, () -> false), 1);
        LedgerIndex forgot = LedgerLines.index(disk);
        assertThat(forgot.badge(LedgerLines.SOMEBODY)).contains(badge);
        assertThat(forgot.badge(badge)).isEmpty();
        assertThat(forgot.isBadge(LedgerLines.SOMEBODY, badge)).isTrue();
        assertThat(knows.isBadge(LedgerLines.SOMEBODY, Digest.ZERO)).isFalse();
    }

    @Test
    void oneSessionTooManyIsWrittenOnceMoreAndNoMore() {
        MemoryStore disk = new MemoryStore();
        LedgerIndex index = new LedgerIndex(disk, Optional::of);
        List<Store.Change> batch = new ArrayList<>();
        var lines = LedgerLines.chain("sessions", 1);
        index.add(batch, Party.DATA, lines.getFirst());
        index.add(batch, Party.DATA, lines.getFirst());
        assertThat(batch).as("the cell twice, the session once").hasSize(3);
        for (int i = 0; i < LedgerIndex.SESSIONS_MAX; i++) {
            index.add(
                    new ArrayList<>(),
                    Party.DATA,
                    LedgerLines.chain("session " + i, 1).getFirst());
        }
        batch.clear();
        index.add(batch, Party.DATA, lines.getFirst());
        assertThat(batch).hasSize(2);
    }
}
