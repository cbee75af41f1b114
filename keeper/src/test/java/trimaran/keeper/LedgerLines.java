package trimaran.keeper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;

/** Lines as tiers write them, for tests. */
final class LedgerLines {

    static final Digest SOMEBODY = Digest.sha256(Bytes.ofText("somebody"));
    private static final RecordTime TIME = new RecordTime(1_800_000_000_000L);

    private LedgerLines() {}

    /** A ledger on a disk of its own. */
    static ReleaseLedger ledger(Store store) {
        return new ReleaseLedger(Party.DATA, store, index(store), () -> false);
    }

    /** An index that knows no badge. */
    static LedgerIndex index(Store store) {
        return new LedgerIndex(store, session -> Optional.empty());
    }

    /** One release of this many cells. */
    static LedgerLine release(ReleaseLedger ledger, int cells) {
        ReleaseLedger.Act act = new ReleaseLedger.Act(
                LedgerLine.Act.RELEASED, SOMEBODY, SOMEBODY, SOMEBODY, Collections.nCopies(cells, new CellId(0, 7)));
        return ledger.write(TIME, List.of(act)).getFirst();
    }

    /** Lines that go on from others, a second later each, of cells numbered from one on. */
    static List<LedgerLine> on(List<LedgerLine> before, long cell, int count) {
        return on(before, 0, cell, count);
    }

    /** The same, this much later. */
    static List<LedgerLine> on(List<LedgerLine> before, long millis, long cell, int count) {
        List<LedgerLine> lines = new ArrayList<>();
        LedgerLine last = before.getLast();
        for (int i = 0; i < count; i++) {
            last = new LedgerLine(
                    last.number() + 1,
                    last.time().plusMillis(1_000 + (i == 0 ? millis : 0)),
                    LedgerLine.Act.RELEASED,
                    SOMEBODY,
                    SOMEBODY,
                    SOMEBODY,
                    Digest.ZERO,
                    List.of(new CellId(1, cell + i)),
                    last.chain());
            lines.add(last);
        }
        return lines;
    }

    /** A chain of this many lines; two chains of different text have nothing in common. */
    static List<LedgerLine> chain(String text, int count) {
        List<LedgerLine> lines = new ArrayList<>();
        Digest previous = Digest.ZERO;
        for (int i = 0; i < count; i++) {
            LedgerLine line = new LedgerLine(
                    i,
                    TIME,
                    LedgerLine.Act.RELEASED,
                    Digest.sha256(Bytes.ofText(text)),
                    SOMEBODY,
                    SOMEBODY,
                    Digest.ZERO,
                    List.of(new CellId(0, i)),
                    previous);
            lines.add(line);
            previous = line.chain();
        }
        return lines;
    }
}
