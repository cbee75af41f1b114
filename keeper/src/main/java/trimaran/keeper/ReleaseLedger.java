package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;

/**
 * What this tier handed out: one chained line for each release, on disk before the release leaves. The two other tiers keep a
 * copy ({@link LedgerCopies}), from which it comes back when this tier is rebuilt.
 */
public final class ReleaseLedger {

    private final Party own;
    private final Store store;
    private final LedgerIndex index;
    private long lines;
    private Digest chain;
    private final BooleanSupplier rebuilt;
    private boolean back;
    private OptionalLong joined;

    /** @param rebuilt whether this tier speaks under other keys than the founding gave it */
    ReleaseLedger(Party own, Store store, LedgerIndex index, BooleanSupplier rebuilt) {
        this.own = own;
        this.store = store;
        this.index = index;
        this.rebuilt = rebuilt;
        this.back = store.get(Space.STATE, Key.LEDGER_BACK).isPresent();
        this.joined = store.get(Space.STATE, Key.LEDGER_JOINED)
                .map(bytes -> OptionalLong.of(Copy.own(bytes, Reader::count)))
                .orElse(OptionalLong.empty());
        this.lines = 0;
        this.chain = Digest.ZERO;
        store.get(Space.STATE, Key.LEDGER_HEAD).ifPresent(bytes -> {
            lines = Copy.own(Bytes.ofRange(bytes.unsafeArray(), 0, 8), Reader::count);
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
            put(batch, line);
            from += MessageLimits.CELLS_MAX;
        } while (from < cells.size());
        return line;
    }

    private void put(List<Store.Change> batch, LedgerLine line) {
        batch.add(new Put(Space.LEDGER, Key.number(lines), line.encode()));
        index.add(batch, own, line);
        lines++;
        chain = line.chain();
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
        return page(store, Space.LEDGER, Key.number(number), Key.number(Long.MAX_VALUE));
    }

    /**
     * A tier that was rebuilt takes its own lines back from a copy and goes on from there.
     *
     * @return how many of them continued the chain; those after the first that does not are left
     */
    int restore(List<LedgerLine> own) {
        List<Store.Change> batch = new ArrayList<>();
        int taken = 0;
        for (LedgerLine line : own) {
            if (line.number() != lines || !line.previous().equals(chain)) {
                break;
            }
            put(batch, line);
            taken++;
        }
        commit(batch);
        return taken;
    }

    /**
     * From this number on the two copies are of two histories, and each line of either is written down again, under a number of its
     * own. Kept: the copies have to follow. What an attempt that broke off has written behind it is taken for nothing: the same lines
     * come in the same order again, and each takes its own place.
     */
    void join(long from) {
        if (from < lines) {
            chain = line(from).orElseThrow().previous();
            lines = from;
        }
        joined = OptionalLong.of(from);
        List<Store.Change> batch = new ArrayList<>();
        batch.add(new Put(Space.STATE, Key.LEDGER_JOINED, Key.number(from)));
        commit(batch);
    }

    /** Where the lines begin that were laid together out of two histories, if some were. */
    OptionalLong joined() {
        return joined;
    }

    /** The acts of lines that others have at other numbers, at their times. */
    void writeAgain(List<LedgerLine> others) {
        List<Store.Change> batch = new ArrayList<>();
        for (LedgerLine line : others) {
            add(
                    batch,
                    line.time(),
                    new Act(line.act(), line.session(), line.recipient(), line.request(), line.draft(), line.cells()));
        }
        commit(batch);
    }

    /** All that was copied is back: from now on this tier hands out again. */
    void back() {
        back = true;
        store.write(List.of(new Put(Space.STATE, Key.LEDGER_BACK, Key.number(lines))));
    }

    /**
     * Whether this ledger is all this tier ever wrote. One that begins its life under other keys than the founding gave it had
     * a predecessor, whose lines come back before it hands anything out, or they would be written over.
     */
    boolean isBack() {
        return back || !rebuilt.getAsBoolean();
    }

    /** Whether a ledger of this many lines and this chain is a beginning of this one. */
    boolean beginsWith(long count, Digest end) {
        if (count >= lines) {
            return count == lines && end.equals(chain);
        }
        return line(count).map(next -> next.previous().equals(end)).orElse(false);
    }

    Optional<LedgerLine> line(long number) {
        return store.get(Space.LEDGER, Key.number(number)).map(bytes -> Copy.own(bytes, LedgerLine::read));
    }

    /** Lines of a space from a key on, as many as a frame takes: those of a long ledger name up to 256 cells each. */
    static List<LedgerLine> page(Store store, Space space, Bytes from, Bytes to) {
        List<LedgerLine> page = new ArrayList<>();
        int[] bytes = {0};
        store.scan(space, from, to, (key, value) -> {
            bytes[0] += value.size();
            if (bytes[0] > MessageLimits.CONTENT_BYTES_MAX) {
                return false;
            }
            page.add(Copy.own(value, LedgerLine::read));
            return page.size() < MessageLimits.LINES_MAX;
        });
        return page;
    }
}
