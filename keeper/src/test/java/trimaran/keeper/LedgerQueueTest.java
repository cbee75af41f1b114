package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;

/** Lines that share a sync, and that nothing is handed out before its line is on disk. */
class LedgerQueueTest {

    private static final Digest SESSION = Digest.sha256(Bytes.ofText("session"));

    private final Turns turns = new Turns();
    private final CountingStore store = new CountingStore();
    private final ReleaseLedger ledger = LedgerLines.ledger(store);
    private final LedgerQueue queue = new LedgerQueue(turns, () -> new RecordTime(1), ledger);
    private final List<String> events = store.events;

    @Test
    void whatIsAskedInOneTurnSharesASyncAndIsHandedOutAfterIt() {
        queue.write(act(), () -> events.add("first handed out"));
        queue.write(act(), () -> events.add("second handed out"));
        assertThat(events).isEmpty();
        turns.runAll();
        assertThat(events).containsExactly("written", "first handed out", "second handed out");
        assertThat(ledger.lines()).isEqualTo(2);
        assertThat(ledger.from(0)).hasSize(2);
        assertThat(ledger.from(1).getFirst().previous())
                .isEqualTo(ledger.from(0).getFirst().chain());
    }

    @Test
    void whatIsAskedWhileOthersAreHandedTheirsHasALineOfItsOwn() {
        queue.write(act(), () -> queue.write(act(), () -> events.add("handed out")));
        turns.runAll();
        assertThat(events).containsExactly("written", "written", "handed out");
        assertThat(ledger.lines()).isEqualTo(2);
    }

    private static ReleaseLedger.Act act() {
        return new ReleaseLedger.Act(LedgerLine.Act.LOOKED_UP, SESSION, SESSION, SESSION, List.of());
    }

    /** A loop that runs what was handed in when the test says so. */
    private static final class Turns implements Loop {
        private final ArrayDeque<Runnable> works = new ArrayDeque<>();

        void runAll() {
            while (!works.isEmpty()) {
                works.remove().run();
            }
        }

        @Override
        public void run(Runnable work) {
            works.add(work);
        }

        @Override
        public Timer after(long millis, Runnable work) {
            works.add(work);
            return () -> works.remove(work);
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public WallTime wallTime() {
            return new WallTime(0);
        }
    }

    private static final class CountingStore implements Store {
        private final MemoryStore inner = new MemoryStore();
        private final List<String> events = new ArrayList<>();

        @Override
        public java.util.Optional<Bytes> get(Space space, Bytes key) {
            return inner.get(space, key);
        }

        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            inner.scan(space, from, to, visitor);
        }

        @Override
        public void write(List<Change> batch) {
            inner.write(batch);
            events.add("written");
        }

        @Override
        public long sizeOnDisk() {
            return inner.sizeOnDisk();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
