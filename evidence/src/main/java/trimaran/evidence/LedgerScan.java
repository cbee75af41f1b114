package trimaran.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * One keeper's lines of a ledger around the window, each looked at whether it follows the one before, so that nothing a fallen keeper
 * makes up gets into an archive. Read twice, since a ledger may be longer than memory: first to see where it leads, then to write it.
 */
final class LedgerScan {

    /** Lines carry their hull's own clock, which may be set meanwhile: so much is taken on either side of a window. */
    static final long MARGIN_MILLIS = 10 * 60_000;

    private final Lines lines;
    private final Window window;
    private final Party ledger;
    private final Party keeper;
    private long from;
    private End end = new End(0, Digest.ZERO, -1, 0);

    /**
     * Where lines lead.
     *
     * @param lastMillis the last line's time, or less than any
     * @param inWindow how many of them are of the window
     */
    record End(long lines, Digest chain, long lastMillis, long inWindow) {}

    LedgerScan(Lines lines, Window window, Party ledger, Party keeper) {
        this.lines = lines;
        this.window = window;
        this.ledger = ledger;
        this.keeper = keeper;
    }

    Party keeper() {
        return keeper;
    }

    End end() {
        return end;
    }

    /** Whether a line was written so long after the window that what follows is of no interest. */
    boolean isOver() {
        return end.lastMillis() > window.to().millis() + MARGIN_MILLIS;
    }

    /** Finds the window's beginning in this keeper's ledger of so many lines, and reads on from there. */
    Outcome<End> begin(long total) {
        long low = 0;
        long high = total;
        // Times grow along a ledger, unless its hull's clock was set back; the margin is for that.
        while (low < high) {
            long middle = (low + high) >>> 1;
            Outcome<List<LedgerLine>> page = page(middle);
            if (page instanceof Outcome.Refused<List<LedgerLine>>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            if (isEarly(((Outcome.Done<List<LedgerLine>>) page).value().getFirst())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        from = Math.max(0, low - 1);
        return readOn(total);
    }

    private boolean isEarly(LedgerLine line) {
        return line.time().millis() < window.from().millis() - MARGIN_MILLIS;
    }

    /** Reads on from where it stands. */
    Outcome<End> readOn(long total) {
        try {
            return through(Math.max(from, end.lines()), end, total, OutputStream.nullOutputStream())
                    .map(reached -> end = reached);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /** Reads it all again and writes it; refused if it is not what it was. */
    Outcome<End> write(OutputStream out) throws IOException {
        End start = new End(0, Digest.ZERO, -1, 0);
        return through(from, start, end.lines(), out)
                .then(reached -> reached.equals(end)
                        ? Outcome.done(reached)
                        : Outcome.refused(Code.BAD_PROOF, keeper.word() + " gave other lines the second time"));
    }

    private Outcome<End> through(long begin, End start, long total, OutputStream out) throws IOException {
        End reached = start;
        for (long next = begin; next < total; ) {
            Outcome<List<LedgerLine>> page = page(next);
            if (page instanceof Outcome.Refused<List<LedgerLine>>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            for (LedgerLine line : ((Outcome.Done<List<LedgerLine>>) page).value()) {
                if (next == total || reached.lastMillis() > window.to().millis() + MARGIN_MILLIS) {
                    return Outcome.done(reached);
                }
                if (!follows(line, next, reached)) {
                    return Outcome.refused(
                            Code.BAD_PROOF,
                            "line " + next + " of " + ledger.word()
                                    + "'s release ledger does not follow the one before at " + keeper.word());
                }
                Bytes bytes = line.encode();
                out.write(new Writer(bytes.size() + 4).bytes(bytes).toArray());
                reached = new End(
                        line.number() + 1,
                        line.chain(),
                        line.time().millis(),
                        reached.inWindow() + (window.has(line.time()) ? 1 : 0));
                next++;
            }
            lines.progress(String.format("%s: %,d ledger lines", ledger.word(), next - from));
        }
        return Outcome.done(reached);
    }

    private boolean follows(LedgerLine line, long number, End before) {
        boolean first = before.lines() == 0;
        boolean linked = (first && number > 0) ? isEarly(line) : line.previous().equals(before.chain());
        return line.number() == number && linked;
    }

    private Outcome<List<LedgerLine>> page(long number) {
        return lines.ask(keeper, new Request.FetchLedger(ledger, number))
                .then(answer -> answer instanceof Response.LedgerLines(List<LedgerLine> page)
                                && !page.isEmpty()
                                && page.getFirst().number() == number
                        ? Outcome.done(page)
                        : Outcome.refused(
                                Code.MALFORMED,
                                keeper.word() + " lacks line " + number + " of " + ledger.word()
                                        + "'s release ledger; see: trimaran verify"));
    }
}
