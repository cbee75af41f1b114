package trimaran.station;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Has the tiers write down what is about to leave the record, on paper or sealed: neither is called back, so the line comes first. */
final class Printing {

    /** As many as release: one tier alone could forget the line. */
    private static final int TIERS = 2;

    private final Supplier<List<TierLine>> tiers;

    Printing(Supplier<List<TierLine>> tiers) {
        this.tiers = tiers;
    }

    /** Done once two tiers have a line that this was done with these cells for that recipient; all are asked, and who is late is not waited for. */
    void note(
            OwnSession session,
            LedgerLine.Act act,
            List<CellId> cells,
            Digest recipient,
            Consumer<Outcome<Boolean>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        page(session, act, cells.stream().distinct().toList(), recipient, 0, then);
    }

    private void page(
            OwnSession session,
            LedgerLine.Act act,
            List<CellId> cells,
            Digest recipient,
            int from,
            Consumer<Outcome<Boolean>> then) {
        if (from >= cells.size()) {
            then.accept(Outcome.done(true));
            return;
        }
        int to = Math.min(cells.size(), from + MessageLimits.CELLS_MAX);
        Request.Note note = new Request.Note(act, cells.subList(from, to), recipient);
        List<TierLine> lines = tiers.get();
        Told told = new Told(lines.size());
        if (lines.isEmpty()) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "no tier is reached"));
            return;
        }
        for (TierLine line : lines) {
            line.ask(session, note, Response.Done.class, StationLimits.CALL_MILLIS, outcome -> {
                told.take(outcome);
                if (told.over || (told.done < TIERS && told.left > 0)) {
                    return;
                }
                told.over = true;
                if (told.done >= TIERS) {
                    page(session, act, cells, recipient, to, then);
                } else {
                    Refusal refusal = told.refusal;
                    then.accept(
                            refusal == null
                                    ? Outcome.refused(
                                            Code.UNAVAILABLE, "two tiers must write down what is printed or copied")
                                    : Outcome.refused(refusal));
                }
            });
        }
    }

    private static final class Told {
        int left;
        int done;
        boolean over;

        @Nullable
        Refusal refusal;

        Told(int left) {
            this.left = left;
        }

        void take(Outcome<Response.Done> outcome) {
            left--;
            switch (outcome) {
                case Outcome.Done<Response.Done> written -> done++;
                case Outcome.Refused<Response.Done>(Refusal no) -> refusal = no;
            }
        }
    }
}
