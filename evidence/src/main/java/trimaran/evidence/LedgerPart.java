package trimaran.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerHead;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * One tier's release ledger in the archive: its lines of the window with one on either side, as the tier itself has them or, where it
 * is silent, a copy; each keeper's signed word where they lead; and the lines of a keeper that says otherwise.
 */
final class LedgerPart {

    /** Looks at a copy that is behind, or at a clock: copies are a second behind at most. */
    static final int LOOKS_MAX = 10;

    private final Lines lines;
    private final ArchiveFile archive;
    private final Window window;
    private final Digest about;
    private final Party ledger;
    private final List<String> gaps = new ArrayList<>();
    private long inWindow;

    /** Where the lines that were written lead. */
    private record End(long lines, Digest chain) {}

    LedgerPart(Lines lines, ArchiveFile archive, Window window, Digest about, Party ledger) {
        this.lines = lines;
        this.archive = archive;
        this.window = window;
        this.about = about;
        this.ledger = ledger;
    }

    /** What is not to be had, or contradicts, in sentences. */
    List<String> gaps() {
        return List.copyOf(gaps);
    }

    long inWindow() {
        return inWindow;
    }

    /** Refused only where a keeper fell silent in the middle of its lines: then the archive is begun anew. */
    Outcome<Boolean> write() throws IOException {
        Optional<End> reference = Optional.empty();
        for (int i = 0; i < Party.TIERS.size(); i++) {
            Party keeper = Party.TIERS.get((ledger.ordinal() + i) % Party.TIERS.size());
            Outcome<LedgerHead> now = sign(keeper, 0);
            if (now instanceof Outcome.Refused<LedgerHead>(Refusal refusal)) {
                silent(keeper, refusal);
                continue;
            }
            Outcome<End> end = reference.isPresent()
                    ? joining(keeper, reference.get())
                    : own(keeper, ((Outcome.Done<LedgerHead>) now).value().total());
            if (end instanceof Outcome.Refused<End>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            if (reference.isEmpty()) {
                reference = Optional.of(((Outcome.Done<End>) end).value());
            }
        }
        if (reference.isEmpty()) {
            gaps.add("neither " + ledger.word()
                    + "'s release ledger nor a copy of it could be had: what it handed out is not"
                    + " in this archive");
        }
        return Outcome.done(reference.isPresent());
    }

    private void silent(Party keeper, Refusal refusal) {
        lines.progress(
                keeper == ledger
                        ? ledger.word() + " does not give its own release ledger, copies do: " + refusal.sentence()
                        : keeper.word() + " does not give its copy of " + ledger.word() + "'s release ledger: "
                                + refusal.sentence());
    }

    /** Another keeper's word about the lines that are written already, or its own lines where it cannot give it. */
    private Outcome<End> joining(Party keeper, End reference) throws IOException {
        Outcome<LedgerHead> head = sign(keeper, reference.lines());
        for (int look = 1; look < LOOKS_MAX && isBehind(head); look++) {
            lines.pause();
            head = sign(keeper, reference.lines());
        }
        if (head instanceof Outcome.Done<LedgerHead>(LedgerHead word)
                && word.chain().equals(reference.chain())) {
            archive.add(name(keeper, "head"), word.encode());
            return Outcome.done(reference);
        }
        gaps.add(
                isBehind(head)
                        ? "the copy " + keeper.word() + " keeps of " + ledger.word() + "'s release ledger is shorter"
                        : keeper.word() + " has other lines of " + ledger.word()
                                + "'s release ledger: both are here, and one" + " of them was changed");
        Outcome<LedgerHead> now = sign(keeper, 0);
        return now.then(word -> Outcome.done(word.total())) instanceof Outcome.Done<Long>(Long total)
                ? own(keeper, total)
                : Outcome.refused(
                        Code.UNAVAILABLE, keeper.word() + " fell silent while its ledgers were read; try again");
    }

    private static boolean isBehind(Outcome<LedgerHead> head) {
        return head instanceof Outcome.Refused<LedgerHead>(Refusal refusal) && refusal.code() == Code.UNKNOWN_ENTRY;
    }

    /** This keeper's lines, and its word where they lead. */
    private Outcome<End> own(Party keeper, long total) throws IOException {
        Outcome<Long> first = first(keeper, total);
        if (first instanceof Outcome.Refused<Long>(Refusal refusal)) {
            return Outcome.refused(refusal);
        }
        long from = Math.max(0, ((Outcome.Done<Long>) first).value() - 1);
        Outcome<End> written = lines(keeper, from, total);
        if (written instanceof Outcome.Refused<End>(Refusal refusal)) {
            return Outcome.refused(refusal);
        }
        End end = ((Outcome.Done<End>) written).value();
        Outcome<LedgerHead> head = sign(keeper, end.lines());
        for (int look = 1; look < LOOKS_MAX && isEarly(head); look++) {
            // Its clock may be a moment behind ours, and it is asked about what is past.
            lines.pause();
            head = sign(keeper, end.lines());
        }
        if (head instanceof Outcome.Done<LedgerHead>(LedgerHead word)
                && word.chain().equals(end.chain())) {
            if (isEarly(head)) {
                gaps.add(keeper.word() + "'s clock says the window is not over yet");
            }
            archive.add(name(keeper, "head"), word.encode());
            return written;
        }
        return Outcome.refused(
                Code.UNAVAILABLE,
                keeper.word() + " does not sign the lines of " + ledger.word()
                        + "'s release ledger it gave; try again, and" + " see: trimaran verify");
    }

    private boolean isEarly(Outcome<LedgerHead> head) {
        return head instanceof Outcome.Done<LedgerHead>(LedgerHead word)
                && !word.time().isAfter(window.to());
    }

    /** The first line that is not before the window, or the ledger's end: times grow along a ledger. */
    private Outcome<Long> first(Party keeper, long total) {
        long low = 0;
        long high = total;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Outcome<List<LedgerLine>> page = page(keeper, middle);
            if (page instanceof Outcome.Refused<List<LedgerLine>>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            RecordTime time =
                    ((Outcome.Done<List<LedgerLine>>) page).value().getFirst().time();
            if (window.from().isAfter(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Outcome.done(low);
    }

    private Outcome<End> lines(Party keeper, long from, long total) throws IOException {
        End end = new End(0, Digest.ZERO);
        long counted = 0;
        boolean over = false;
        try (OutputStream out = archive.open(name(keeper, "lines"))) {
            for (long next = from; next < total && !over; ) {
                Outcome<List<LedgerLine>> page = page(keeper, next);
                if (page instanceof Outcome.Refused<List<LedgerLine>>(Refusal refusal)) {
                    return Outcome.refused(refusal);
                }
                for (LedgerLine line : ((Outcome.Done<List<LedgerLine>>) page).value()) {
                    if (over || next == total) {
                        break;
                    }
                    Bytes bytes = line.encode();
                    out.write(new Writer(bytes.size() + 4).bytes(bytes).toArray());
                    end = new End(line.number() + 1, line.chain());
                    counted += window.has(line.time()) ? 1 : 0;
                    over = line.time().isAfter(window.to());
                    next++;
                }
                lines.progress(String.format("%s: %,d ledger lines", ledger.word(), next - from));
            }
        }
        inWindow = Math.max(inWindow, counted);
        return Outcome.done(end);
    }

    private Outcome<List<LedgerLine>> page(Party keeper, long from) {
        return lines.ask(keeper, new Request.FetchLedger(ledger, from))
                .then(answer -> answer instanceof Response.LedgerLines(List<LedgerLine> page)
                                && !page.isEmpty()
                                && page.getFirst().number() == from
                        ? Outcome.done(page)
                        : Outcome.refused(
                                Code.MALFORMED,
                                keeper.word() + " lacks line " + from + " of " + ledger.word()
                                        + "'s release ledger; see: trimaran verify"));
    }

    private Outcome<LedgerHead> sign(Party keeper, long count) {
        return lines.ask(keeper, new Request.SignLedger(ledger, count, about))
                .then(answer -> answer instanceof Response.LedgerSigned(LedgerHead head)
                        ? Outcome.done(head)
                        : Outcome.refused(Code.MALFORMED, keeper.word() + " answered something else than a signature"));
    }

    private String name(Party keeper, String kind) {
        return "ledgers/" + ledger.word() + "/" + keeper.word() + "." + kind;
    }
}
