package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Party;
import trimaran.line.message.Response;

/** A release ledger is reread line by line: what is missing, other or too much is named. */
class LedgerCheckTest {

    private final KeeperHouse house = new KeeperHouse();
    private final MemoryStore disk;
    private final Keeper keeper;

    LedgerCheckTest() {
        house.start(Party.ACCESS);
        keeper = house.keeper(Party.ACCESS);
        disk = house.disk(Party.ACCESS);
        for (int i = 0; i < 5; i++) {
            LedgerLines.release(keeper.ledgers().own(), 3);
        }
    }

    @Test
    void aLedgerIsRereadToItsEnd() {
        Response.Report report = checked();
        assertThat(report.faults()).isEmpty();
        assertThat(report.counters())
                .contains(new Response.Counter("ledger.lines", 5))
                .anyMatch(counter -> counter.name().equals("ledger.chain.0") && counter.value() != 0);
    }

    @Test
    void aLineThatWasChangedBreaksTheChain() {
        byte[] line = disk.get(Space.LEDGER, Key.number(2)).orElseThrow().toArray();
        line[20] ^= 1;
        disk.write(List.of(new Store.Change.Put(Space.LEDGER, Key.number(2), Bytes.wrap(line))));
        assertThat(checked().faults()).containsExactly("the chain of the release ledger is broken at line 3");
    }

    @Test
    void aLastLineThatWasChangedIsAnotherEnd() {
        byte[] line = disk.get(Space.LEDGER, Key.number(4)).orElseThrow().toArray();
        line[20] ^= 1;
        disk.write(List.of(new Store.Change.Put(Space.LEDGER, Key.number(4), Bytes.wrap(line))));
        assertThat(checked().faults()).containsExactly("the release ledger ends in another line than it says");
    }

    @Test
    void aLineThatIsGoneIsNamed() {
        disk.lose(Space.LEDGER, Key.number(3));
        assertThat(checked().faults())
                .containsExactly(
                        "line 3 of the release ledger is missing",
                        "cell " + new CellId(0, 7)
                                + " leads to line 3 of access's release ledger, which does not name it");
    }

    @Test
    void linesBeyondTheEndAreNamed() {
        disk.write(List.of(new Store.Change.Put(
                Space.LEDGER,
                Key.number(5),
                disk.get(Space.LEDGER, Key.number(4)).orElseThrow())));
        assertThat(checked().faults()).containsExactly("the release ledger has lines beyond its end");
    }

    @Test
    void aHeadThatIsNotTheOneInUseIsNamed() {
        disk.write(List.of(new Store.Change.Remove(Space.STATE, Key.LEDGER_HEAD)));
        assertThat(checked().faults()).containsExactly("the head of the release ledger on disk is not the one in use");
    }

    private Response.Report checked() {
        List<Response> reports = new ArrayList<>();
        new CopyCheck(keeper, reports::add).start();
        if (!house.loops.runUntil(() -> !reports.isEmpty(), 60_000)) {
            throw new AssertionError("no end of it");
        }
        return (Response.Report) reports.getFirst();
    }
}
