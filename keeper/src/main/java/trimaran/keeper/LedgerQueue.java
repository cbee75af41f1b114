package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import trimaran.kernel.Loop;
import trimaran.kernel.RecordTime;

/**
 * Acts on their way into the release ledger. Those that come together, in one turn of the loop, share one sync; what is handed
 * out waits until its line is on disk.
 */
final class LedgerQueue {

    private final Loop loop;
    private final Supplier<RecordTime> now;
    private final ReleaseLedger ledger;
    private List<ReleaseLedger.Act> acts = new ArrayList<>();
    private List<Runnable> after = new ArrayList<>();

    LedgerQueue(Loop loop, Supplier<RecordTime> now, ReleaseLedger ledger) {
        this.loop = loop;
        this.now = now;
        this.ledger = ledger;
    }

    /** Whether the ledger is whole, so that a line written now takes nobody's number. */
    boolean isBack() {
        return ledger.isBack();
    }

    /** Hands out only once the line would survive a power cut. */
    void write(ReleaseLedger.Act act, Runnable handOut) {
        if (acts.isEmpty()) {
            loop.run(this::flush);
        }
        acts.add(act);
        after.add(handOut);
    }

    private void flush() {
        List<ReleaseLedger.Act> together = acts;
        List<Runnable> waiting = after;
        acts = new ArrayList<>();
        after = new ArrayList<>();
        ledger.write(now.get(), together);
        waiting.forEach(Runnable::run);
    }
}
