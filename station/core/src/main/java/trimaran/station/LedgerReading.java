package trimaran.station;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Registry;

/**
 * Asks every tier that is reached who was handed some cells. Each tells of all three ledgers, of its own and of its copies of the
 * others', and each is gone through to the end by itself: so none hides what another shows, nor buries it under lines it made up.
 */
final class LedgerReading {

    private final StationSetting setting;
    private final Supplier<List<TierLine>> tiers;
    private final Supplier<Registry> registry;

    LedgerReading(StationSetting setting, Supplier<List<TierLine>> tiers, Supplier<Registry> registry) {
        this.setting = setting;
        this.tiers = tiers;
        this.registry = registry;
    }

    /** @param cells of one patient, which the session opened */
    void read(OwnSession session, List<CellId> cells, Consumer<Outcome<LedgerView>> then) {
        List<TierLine> lines = tiers.get();
        if (lines.isEmpty()) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "no tier is reached to show its ledger"));
            return;
        }
        LedgerFold fold = new LedgerFold(setting.loop().wallTime());
        new Reading(session, cells.stream().distinct().toList(), fold, lines.size(), then).begin(lines);
    }

    /** One question to all of them. */
    private final class Reading {

        private final OwnSession session;
        private final List<CellId> cells;
        private final LedgerFold fold;
        private final Consumer<Outcome<LedgerView>> then;
        private final List<Refusal> refusals = new ArrayList<>();
        private int left;

        Reading(OwnSession session, List<CellId> cells, LedgerFold fold, int left, Consumer<Outcome<LedgerView>> then) {
            this.session = session;
            this.cells = cells;
            this.fold = fold;
            this.left = left;
            this.then = then;
        }

        void begin(List<TierLine> lines) {
            lines.forEach(line -> new Walk(this, line, 0).ask());
        }

        void ended(TierLine line, int from) {
            int to = Math.min(cells.size(), from + MessageLimits.CELLS_MAX);
            if (to < cells.size()) {
                new Walk(this, line, to).ask();
                return;
            }
            fold.complete(line.tier());
            over();
        }

        void refused(Refusal refusal) {
            refusals.add(refusal);
            over();
        }

        private void over() {
            left--;
            if (left == 0) {
                then.accept(
                        fold.isToldByNobody()
                                ? Outcome.refused(refusals.getFirst())
                                : Outcome.done(fold.view(registry.get())));
            }
        }
    }

    /** One tier, page by page from the newest lines to the oldest, about as many cells as a question names. */
    private static final class Walk {

        private final Reading reading;
        private final TierLine line;
        private final int from;
        private final long[] before = new long[Party.TIERS.size()];
        private final int[] read = new int[Party.TIERS.size()];

        Walk(Reading reading, TierLine line, int from) {
            this.reading = reading;
            this.line = line;
            this.from = from;
            Arrays.fill(before, Long.MAX_VALUE);
        }

        void ask() {
            List<CellId> cells =
                    reading.cells.subList(from, Math.min(reading.cells.size(), from + MessageLimits.CELLS_MAX));
            Request.FindLines find =
                    new Request.FindLines(cells, Arrays.stream(before).boxed().toList(), MessageLimits.FOUND_LINES_MAX);
            line.ask(reading.session, find, Response.FoundLines.class, StationLimits.ANSWER_MILLIS, outcome -> {
                switch (outcome) {
                    case Outcome.Refused<Response.FoundLines>(Refusal refusal) -> reading.refused(refusal);
                    case Outcome.Done<Response.FoundLines>(Response.FoundLines found) -> take(found);
                }
            });
        }

        private void take(Response.FoundLines found) {
            for (int i = 0; i < before.length; i++) {
                Party ledger = Party.TIERS.get(i);
                List<Response.FoundLine> page = found.lines().stream()
                        .filter(one -> one.ledger() == ledger)
                        .toList();
                long next = before[i];
                for (Response.FoundLine one : page) {
                    if (one.number() >= next) {
                        reading.refused(
                                Refusal.of(Code.MALFORMED, "a ledger is told from its newest line to its oldest"));
                        return;
                    }
                    next = one.number();
                }
                read[i] += page.size();
                if (page.size() < MessageLimits.FOUND_LINES_MAX || !found.more()) {
                    before[i] = 0;
                } else if (read[i] >= StationLimits.LINES_READ_MAX) {
                    reading.fold.leftOff(line.tier(), ledger, next);
                    before[i] = 0;
                } else {
                    before[i] = next;
                }
                reading.fold.told(line.tier(), page);
            }
            if (Arrays.stream(before).allMatch(next -> next == 0)) {
                reading.ended(line, from);
            } else {
                ask();
            }
        }
    }
}
