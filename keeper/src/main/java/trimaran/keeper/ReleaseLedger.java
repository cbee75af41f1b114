package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;

/**
 * What this tier handed out: one chained line for each release, on disk before the release leaves; and the copies it keeps of
 * the other tiers' ledgers. A copy only grows along its chain, so a tier that later rewrites its own is found out.
 */
public final class ReleaseLedger {

    private final Store store;
    private long lines;
    private Digest chain;

    public ReleaseLedger(Store store) {
        this.store = store;
        this.lines = 0;
        this.chain = Digest.ZERO;
        store.get(Space.STATE, Key.LEDGER_HEAD).ifPresent(bytes -> {
            lines = Copy.own(Bytes.ofRange(bytes.unsafeArray(), 0, 8), trimaran.kernel.Reader::count);
            chain = Digest.of(Bytes.ofRange(bytes.unsafeArray(), 8, 40).unsafeArray());
        });
    }

    public long lines() {
        return lines;
    }

    public Digest chain() {
        return chain;
    }

    /** What was handed out, to whom and on whose request; of a draft shown to application the request is the entry. */
    record Act(LedgerLine.Act act, Digest session, Digest recipient, Digest request, Digest draft, List<CellId> cells) {
        Act {
            cells = List.copyOf(cells);
        }

        Act(LedgerLine.Act act, Digest session, Digest recipient, Digest request, List<CellId> cells) {
            this(act, session, recipient, request, Digest.ZERO, cells);
        }
    }

    /**
     * Writes all these down in one sync, each in lines of at most {@link MessageLimits#CELLS_MAX} cells. Returns the last line
     * of each.
     */
    List<LedgerLine> write(RecordTime time, List<Act> acts) {
        List<Store.Change> batch = new ArrayList<>();
        List<LedgerLine> last = new ArrayList<>();
        for (Act one : acts) {
            last.add(add(batch, time, one));
        }
        commit(batch);
        return last;
    }

    private LedgerLine add(List<Store.Change> batch, RecordTime time, Act one) {
        List<CellId> cells = one.cells();
        int from = 0;
        LedgerLine line;
        do {
            List<CellId> page = cells.subList(from, Math.min(cells.size(), from + MessageLimits.CELLS_MAX));
            line = new LedgerLine(
                    lines, time, one.act(), one.session(), one.recipient(), one.request(), one.draft(), page, chain);
            batch.add(new Put(Space.LEDGER, Key.number(lines), line.encode()));
            lines++;
            chain = line.chain();
            from += MessageLimits.CELLS_MAX;
        } while (from < cells.size());
        return line;
    }

    private void commit(List<Store.Change> batch) {
        batch.add(new Put(
                Space.STATE,
                Key.LEDGER_HEAD,
                new Writer(40).i64(lines).digest(chain).toBytes()));
        store.write(batch);
    }

    /** Own lines from a number on, at most a message full. */
    public List<LedgerLine> from(long number) {
        return read(Space.LEDGER, Key.number(number), Key.number(Long.MAX_VALUE));
    }

    /** The copy kept of another tier's ledger. */
    public List<LedgerLine> copyFrom(Party party, long number) {
        return read(Space.LEDGER_COPIES, Key.ledgerCopy(party, number), Key.ledgerCopy(party, Long.MAX_VALUE));
    }

    /**
     * Takes lines of another tier's ledger in.
     *
     * @return false if a line contradicts the copy kept so far: the other tier rewrote its ledger
     */
    public boolean takeCopy(Party party, List<LedgerLine> news) {
        List<Store.Change> batch = new ArrayList<>();
        for (LedgerLine line : news) {
            var known = store.get(Space.LEDGER_COPIES, Key.ledgerCopy(party, line.number()));
            if (known.isPresent() && !known.get().equals(line.encode())) {
                return false;
            }
            Digest before = line.number() == 0 ? Digest.ZERO : previous(party, line.number(), news);
            if (!before.equals(line.previous())) {
                return false;
            }
            batch.add(new Put(Space.LEDGER_COPIES, Key.ledgerCopy(party, line.number()), line.encode()));
        }
        store.write(batch);
        return true;
    }

    /** A rebuilt tier takes its own ledger back from a copy and goes on from there. */
    public void restore(List<LedgerLine> own) {
        List<Store.Change> batch = new ArrayList<>();
        for (LedgerLine line : own) {
            if (line.number() != lines || !line.previous().equals(chain)) {
                continue;
            }
            batch.add(new Put(Space.LEDGER, Key.number(lines), line.encode()));
            lines++;
            chain = line.chain();
        }
        batch.add(new Put(
                Space.STATE,
                Key.LEDGER_HEAD,
                new Writer(40).i64(lines).digest(chain).toBytes()));
        store.write(batch);
    }

    /** Rereads the whole chain. */
    boolean isWhole() {
        Digest expected = Digest.ZERO;
        long number = 0;
        while (number < lines) {
            List<LedgerLine> page = from(number);
            if (page.isEmpty()) {
                return false;
            }
            for (LedgerLine line : page) {
                if (line.number() != number || !line.previous().equals(expected)) {
                    return false;
                }
                expected = line.chain();
                number++;
            }
        }
        return expected.equals(chain);
    }

    private Digest previous(Party party, long number, List<LedgerLine> news) {
        for (LedgerLine line : news) {
            if (line.number() == number - 1) {
                return line.chain();
            }
        }
        return store.get(Space.LEDGER_COPIES, Key.ledgerCopy(party, number - 1))
                .map(bytes -> Copy.own(bytes, LedgerLine::read).chain())
                .orElse(Digest.ZERO);
    }

    private List<LedgerLine> read(Space space, Bytes from, Bytes to) {
        List<LedgerLine> page = new ArrayList<>();
        store.scan(space, from, to, (key, value) -> {
            page.add(Copy.own(value, LedgerLine::read));
            return page.size() < MessageLimits.LINES_MAX;
        });
        return page;
    }
}
