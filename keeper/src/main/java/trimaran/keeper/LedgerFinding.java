package trimaran.keeper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Session;

/**
 * Tells who was handed a patient's cells, out of this tier's ledger and its copies of the others': a tier that is away, or hides a
 * line of its own, is answered for by the two others. Only who was handed the cells is told, or may be handed them now.
 */
final class LedgerFinding {

    /** Lines looked through for the one by which whoever asks was handed a cell; beyond, the budget is asked as for an opening. */
    static final int LOOK_BACK_MAX = 64;

    /** Lines read for it in one request, of all cells and ledgers together: so much work does a question cost before it is permitted. */
    static final int LINES_LOOKED_AT_MAX = 512;

    private final KeeperSetting setting;
    private final Ledgers ledgers;
    private final Budget budget;
    private final Function<CellId, Optional<NewCell>> openings;
    private final Function<Session, Optional<Refusal>> over;

    /**
     * @param openings how a cell was opened, if it is known here
     * @param over why a session no longer counts, if it does not
     */
    LedgerFinding(
            KeeperSetting setting,
            Ledgers ledgers,
            Budget budget,
            Function<CellId, Optional<NewCell>> openings,
            Function<Session, Optional<Refusal>> over) {
        this.setting = setting;
        this.ledgers = ledgers;
        this.budget = budget;
        this.openings = openings;
        this.over = over;
    }

    void find(Session session, Request.FindLines find, Consumer<Outcome<Response>> answer) {
        Set<CellId> known = new LinkedHashSet<>();
        HandedBefore before = new HandedBefore(session.id());
        Set<CellId> subjects = new LinkedHashSet<>();
        Set<CellKind> kinds = EnumSet.noneOf(CellKind.class);
        for (CellId cell : find.cells()) {
            Optional<NewCell> opening = openings.apply(cell);
            if (opening.isEmpty()) {
                // This tier is behind: nobody can have been handed the cell here.
                continue;
            }
            if (!opening.get().kind().ofPatient()) {
                answer.accept(
                        Outcome.refused(Code.NOT_ALLOWED, "only of patients' cells is it told who was handed them"));
                return;
            }
            known.add(cell);
            if (!before.has(cell)) {
                subjects.add(opening.get().subject());
                kinds.add(opening.get().kind());
            }
        }
        if (subjects.isEmpty()) {
            answer.accept(Outcome.done(found(known, find)));
            return;
        }
        switch (budget.open(session, List.copyOf(subjects), kinds, false, setting.now())) {
            case Outcome.Refused<Budget.Grace>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
            case Outcome.Done<Budget.Grace>(Budget.Grace grace) -> {
                Runnable tell = () -> answer.accept(over.apply(session)
                        .<Outcome<Response>>map(Outcome::refused)
                        .orElseGet(() -> Outcome.done(found(known, find))));
                if (grace.delayMillis() == 0) {
                    tell.run();
                } else {
                    setting.loop().after(grace.delayMillis(), tell);
                }
            }
        }
    }

    /** What one session was handed already, looked for in the last lines about each cell until so many lines were read. */
    private final class HandedBefore {

        private final Digest session;
        private final Set<CellId> handed = new HashSet<>();
        private int left = LINES_LOOKED_AT_MAX;

        HandedBefore(Digest session) {
            this.session = session;
        }

        boolean has(CellId cell) {
            for (Party party : Party.TIERS) {
                if (!handed.contains(cell)) {
                    lookThrough(party, cell);
                }
            }
            return handed.contains(cell);
        }

        /** A line by which a cell was handed out names the others handed out with it: none of them is looked for again. */
        private void lookThrough(Party party, CellId cell) {
            int max = Math.min(left, LOOK_BACK_MAX);
            for (long number : ledgers.index().lines(party, cell, ledgers.lines(party), max)) {
                left--;
                Optional<LedgerLine> line =
                        // A row may be of a line that lost its number to another.
                        ledgers.line(party, number)
                                .filter(one -> one.cells().contains(cell)
                                        && one.session().equals(session)
                                        && hands(one.act()));
                if (line.isPresent()) {
                    handed.addAll(line.get().cells());
                    return;
                }
            }
        }
    }

    private static boolean hands(LedgerLine.Act act) {
        return act == LedgerLine.Act.RELEASED || act == LedgerLine.Act.BROKE_GLASS;
    }

    private Response found(Set<CellId> cells, Request.FindLines find) {
        int max = Math.clamp(find.countMax(), 1, MessageLimits.FOUND_LINES_MAX);
        List<Response.FoundLine> lines = new ArrayList<>();
        boolean more = false;
        for (int i = 0; i < Party.TIERS.size(); i++) {
            Party ledger = Party.TIERS.get(i);
            TreeSet<Long> numbers = new TreeSet<>(Comparator.reverseOrder());
            for (CellId cell : cells) {
                long before = Math.min(find.before().get(i), ledgers.lines(ledger));
                numbers.addAll(ledgers.index().lines(ledger, cell, before, max + 1));
            }
            more |= numbers.size() > max;
            numbers.stream()
                    .limit(max)
                    .flatMap(number -> ledgers.line(ledger, number).stream())
                    .filter(line -> line.cells().stream().anyMatch(cells::contains))
                    .map(line -> told(ledger, line, cells))
                    .forEach(lines::add);
        }
        return new Response.FoundLines(lines, more);
    }

    private Response.FoundLine told(Party ledger, LedgerLine line, Set<CellId> asked) {
        return new Response.FoundLine(
                ledger,
                line.number(),
                line.time(),
                line.act(),
                line.session(),
                ledgers.index().badge(line.session()).orElse(Digest.ZERO),
                line.recipient(),
                line.request(),
                LedgerIndex.cells(line).stream().filter(asked::contains).toList(),
                line.chain());
    }
}
