package trimaran.station;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
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

    /** Whose badge opened a session; empty once the registry has forgotten it, and of a session from before this station started. */
    Optional<LedgerView.Badge> author(Digest session) {
        Registry known = registry.get();
        return known.session(session).map(one -> LedgerFold.badge(one.badge(), known));
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

        WallTime now() {
            return setting.loop().wallTime();
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
                    case Outcome.Done<Response.FoundLines>(Response.FoundLines found) -> {
                        Optional<Refusal> wrong = wrong(found, cells);
                        if (wrong.isPresent()) {
                            reading.refused(wrong.get());
                        } else {
                            take(found);
                        }
                    }
                }
            });
        }

        /** Why this is no answer to what was asked, if it is none: one tier could else show anybody's lines, or any number of them. */
        private Optional<Refusal> wrong(Response.FoundLines found, List<CellId> cells) {
            Set<CellId> asked = Set.copyOf(cells);
            long[] next = before.clone();
            int[] lines = new int[before.length];
            for (Response.FoundLine one : found.lines()) {
                int ledger = Party.TIERS.indexOf(one.ledger());
                if (ledger < 0 || one.cells().isEmpty() || !asked.containsAll(one.cells())) {
                    return malformed("a line that tells of other cells than were asked about is no answer");
                }
                if (one.number() >= next[ledger]) {
                    return malformed("a ledger is told from its newest line to its oldest");
                }
                next[ledger] = one.number();
                lines[ledger]++;
                if (lines[ledger] > MessageLimits.FOUND_LINES_MAX) {
                    return malformed("more lines of one ledger than were asked for are no page");
                }
            }
            return Optional.empty();
        }

        private static Optional<Refusal> malformed(String words) {
            return Optional.of(Refusal.of(Code.MALFORMED, words));
        }

        private void take(Response.FoundLines found) {
            for (int i = 0; i < before.length; i++) {
                Party ledger = Party.TIERS.get(i);
                List<Response.FoundLine> page = found.lines().stream()
                        .filter(one -> one.ledger() == ledger)
                        .toList();
                read[i] += page.size();
                if (page.size() < MessageLimits.FOUND_LINES_MAX || !found.more()) {
                    before[i] = 0;
                } else if (read[i] >= StationLimits.LINES_READ_MAX) {
                    reading.fold.leftOff(line.tier(), ledger, page.getLast().number());
                    before[i] = 0;
                } else {
                    before[i] = page.getLast().number();
                }
                reading.fold.told(line.tier(), page, reading.now());
            }
            if (Arrays.stream(before).allMatch(next -> next == 0)) {
                reading.ended(line, from);
            } else {
                ask();
            }
        }
    }
}
