package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Session;
import trimaran.record.SystemScope;
import trimaran.shares.LookupPartial;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;

/**
 * Hands shares and lookups out: checks who asks, how much, writes the line, syncs, then answers. What application may be
 * released is only what a filed draft names.
 */
final class Releases {

    private final KeeperSetting setting;
    private final Store store;
    private final Copy copy;
    private final HeldSet held;
    private final HeldSearch search;
    private final KeyCells keys;
    private final Rolling rolling;
    private final Leased leased;
    private final LedgerQueue ledger;
    private final Budget budget;
    private final Drafts drafts;
    private final Filings filings;
    private final LedgerFinding finding;
    private Optional<SharePair> lookupSecrets = Optional.empty();
    private long lookupGeneration;
    private final Function<Session, Optional<Refusal>> over;

    /** @param over why a session no longer counts, if it does not */
    Releases(
            KeeperSetting setting,
            Copy copy,
            HeldSet held,
            Ledgers ledgers,
            Budget budget,
            Drafts drafts,
            Function<Session, Optional<Refusal>> over) {
        this.over = over;
        this.setting = setting;
        this.store = setting.store();
        this.copy = copy;
        this.held = held;
        this.search = new HeldSearch(held, copy);
        this.keys = new KeyCells(store, copy, search);
        this.rolling = new Rolling(store, copy, ledgers);
        this.leased = new Leased(copy, ledgers);
        this.ledger = new LedgerQueue(setting.loop(), setting::now, ledgers.own());
        this.budget = budget;
        this.drafts = drafts;
        this.filings = new Filings(setting, copy, ledgers.own(), drafts);
        this.finding = new LedgerFinding(setting, ledgers, budget, this::opening, over);
    }

    /** Answers a session's request now, or after the budget's delay. */
    void serve(
            Session session,
            Digest recipient,
            Digest requestDigest,
            Request request,
            Consumer<Outcome<Response>> answer) {
        if (!ledger.isBack()) {
            answer.accept(notBack());
            return;
        }
        switch (request) {
            case Request.Open open -> open(session, recipient, requestDigest, open, answer);
            case Request.OpenKeys(CellId cell, List<CellId> named, Request.Purpose purpose) -> {
                if (!keys.areOf(cell, named)) {
                    answer.accept(Outcome.refused(Code.NOT_FOUND, "there is no such later key of this cell here"));
                } else if (leased.has(session, cell, setting.now())) {
                    // Whoever has the cell asks for no patient more: nothing is counted, and no glass broken again.
                    handOut(LedgerLine.Act.RELEASED, session, recipient, requestDigest, named, answer);
                } else {
                    open(session, recipient, requestDigest, new Request.Open(named, false, purpose), answer);
                }
            }
            case Request.FindToRoll(List<CellId> cells) ->
                new ToldToRoll(setting.loop(), rolling, leased, session, setting.now())
                        .tell(cells, found -> answer.accept(Outcome.done(new Response.Cells(found, false))));
            case Request.FileDraft file -> filings.file(session, file, answer);
            case Request.Partials partials -> partials(session, recipient, requestDigest, partials, answer);
            case Request.Lookup lookup -> lookup(session, recipient, requestDigest, lookup, answer);
            case Request.FindLines find -> finding.find(session, find, answer);
            case Request.ListSubjects list -> answer.accept(subjects(session, list));
            case Request.Note note -> note(session, requestDigest, note, answer);
            default -> answer.accept(Outcome.refused(Code.NOT_SUPPORTED, "this request does not go under a session"));
        }
    }

    /** What was done with cells that were handed out before. A line that cells were handed out is never written on a session's word. */
    private void note(Session session, Digest request, Request.Note note, Consumer<Outcome<Response>> answer) {
        if (note.act() != LedgerLine.Act.PRINTED && note.act() != LedgerLine.Act.EXPORTED) {
            answer.accept(Outcome.refused(
                    Code.MALFORMED, "only printing and export are noted; what a tier hands out it writes down itself"));
            return;
        }
        ledger.write(
                new ReleaseLedger.Act(note.act(), session.id(), note.recipient(), request, note.cells()),
                () -> answer.accept(Outcome.done(new Response.Done())));
    }

    /** Shares for application itself, for the cells of a draft filed with this tier or the other one. */
    void releaseToApplication(Digest entry, List<CellId> cells, Consumer<Outcome<Response>> answer) {
        if (!ledger.isBack()) {
            answer.accept(notBack());
            return;
        }
        // Later keys that did not fit beside their cells come by name.
        List<CellId> owners = cells.stream()
                .map(cell ->
                        opening(cell).flatMap(keys::owner).map(NewCell::cell).orElse(cell))
                .toList();
        if (!drafts.covers(entry, owners, setting.now())) {
            answer.accept(Outcome.refused(Code.NOT_ALLOWED, "no draft filed here names these cells"));
            return;
        }
        // Before the line: the ledger says what was released, and not what was asked for and withheld.
        if (cells.stream().anyMatch(this::isWithheld)) {
            answer.accept(Outcome.refused(Code.NOT_ALLOWED, "this cell is not for application"));
            return;
        }
        List<CellId> released = keys.with(cells, KeeperLimits.ANSWER_CELLS_MAX);
        Digest recipient = Digest.sha256(Bytes.ofText(Party.APPLICATION.word()));
        ledger.write(
                new ReleaseLedger.Act(
                        LedgerLine.Act.RELEASED, Digest.ZERO, recipient, entry, keys.withOwners(released)),
                () -> opened(released, answer));
    }

    /** A line written now would take the number of one this tier's predecessor wrote. */
    private static Outcome<Response> notBack() {
        return Outcome.refused(Code.UNAVAILABLE, "this tier hands nothing out before its release ledger is back");
    }

    private void open(
            Session session, Digest recipient, Digest request, Request.Open open, Consumer<Outcome<Response>> answer) {
        Set<CellId> named = new LinkedHashSet<>();
        Set<CellId> subjects = new LinkedHashSet<>();
        for (CellId cell : open.cells()) {
            Optional<NewCell> opening = opening(cell).flatMap(keys::owner);
            if (opening.isEmpty()) {
                answer.accept(Outcome.refused(Code.NOT_FOUND, "there is no such cell here"));
                return;
            }
            if (opening.get().kind() == CellKind.LOOKUP) {
                answer.accept(Outcome.refused(Code.NOT_ALLOWED, "the lookup secrets are never handed out"));
                return;
            }
            if (opening.get().kind().ofPatient()) {
                subjects.add(opening.get().subject());
            }
            if (open.wholeSubjects()) {
                named.addAll(cellsOf(opening.get().subject()));
            } else {
                named.add(cell);
            }
        }
        if (named.size() > KeeperLimits.ANSWER_CELLS_MAX) {
            answer.accept(Outcome.refused(Code.TOO_LARGE, "too many cells at once; name fewer"));
            return;
        }
        List<CellId> cells = keys.with(named, KeeperLimits.ANSWER_CELLS_MAX);
        Set<CellKind> kinds = EnumSet.noneOf(CellKind.class);
        cells.forEach(
                cell -> opening(cell).flatMap(keys::owner).map(NewCell::kind).ifPresent(kinds::add));
        boolean breakGlass = open.purpose() == Request.Purpose.BREAK_GLASS;
        switch (budget.open(session, List.copyOf(subjects), kinds, breakGlass, setting.now())) {
            case Outcome.Refused<Budget.Grace>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
            case Outcome.Done<Budget.Grace>(Budget.Grace grace) -> {
                Runnable release = () -> {
                    // It may have been cut while it waited.
                    Optional<Refusal> ended = over.apply(session);
                    if (ended.isPresent()) {
                        answer.accept(Outcome.refused(ended.get()));
                        return;
                    }
                    LedgerLine.Act act = breakGlass ? LedgerLine.Act.BROKE_GLASS : LedgerLine.Act.RELEASED;
                    handOut(act, session, recipient, request, cells, outcome -> {
                        // Not before the line is written: whoever is remembered without one would be opened unseen.
                        if (breakGlass) {
                            budget.reasonGiven(session, List.copyOf(subjects), setting.now());
                        }
                        answer.accept(outcome);
                    });
                };
                if (grace.delayMillis() == 0) {
                    release.run();
                } else {
                    setting.loop().after(grace.delayMillis(), release);
                }
            }
        }
    }

    private void handOut(
            LedgerLine.Act act,
            Session session,
            Digest recipient,
            Digest request,
            List<CellId> cells,
            Consumer<Outcome<Response>> answer) {
        ledger.write(
                new ReleaseLedger.Act(act, session.id(), recipient, request, keys.withOwners(cells)),
                () -> opened(cells, answer));
    }

    /** What application is never released: what is not there, and whatever makes lookup tokens. */
    private boolean isWithheld(CellId cell) {
        return opening(cell)
                .filter(opening -> opening.kind() != CellKind.SEARCH && opening.kind() != CellKind.LOOKUP)
                .isEmpty();
    }

    private void opened(List<CellId> cells, Consumer<Outcome<Response>> answer) {
        rolling.among(cells, setting.loop(), toRoll -> answer.accept(opened(cells, toRoll)));
    }

    private Outcome<Response> opened(List<CellId> cells, Set<CellId> toRoll) {
        List<OpenedCell> opened = new ArrayList<>();
        for (CellId cell : cells) {
            Optional<NewCell> opening = opening(cell);
            if (opening.isEmpty()) {
                return Outcome.refused(Code.NOT_FOUND, "this cell is not here any more");
            }
            opened.add(new OpenedCell(
                    opening.get(),
                    copy.opening(cell).map(Copy.Opening::index).orElse(-1L),
                    copy.head(cell),
                    shares(cell),
                    toRoll.contains(cell)));
        }
        return Outcome.done(new Response.Opened(opened));
    }

    /** While a refresh is prepared here, of both generations, or all: others may have gone over to a new one, or not yet. */
    private List<OpenedCell.NumberedShare> shares(CellId cell) {
        Shares shares = copy.shares();
        List<OpenedCell.NumberedShare> numbered = new ArrayList<>(4);
        shares.current(cell)
                .or(() -> heldPair(cell).map(pair -> new Shares.GenerationPair(shares.generation(), pair)))
                .ifPresent(pair -> numbered(pair, numbered));
        for (long generation : shares.prepared()) {
            shares.pair(generation, cell)
                    .filter(pair -> numbered.stream().noneMatch(one -> one.generation() == generation))
                    .ifPresent(pair -> numbered(new Shares.GenerationPair(generation, pair), numbered));
        }
        return numbered;
    }

    private void numbered(Shares.GenerationPair pair, List<OpenedCell.NumberedShare> numbered) {
        int low = SharePair.lowerNumber(setting.party());
        int high = SharePair.higherNumber(setting.party());
        numbered.add(
                new OpenedCell.NumberedShare(low, pair.generation(), pair.pair().share(low)));
        numbered.add(new OpenedCell.NumberedShare(
                high, pair.generation(), pair.pair().share(high)));
    }

    /** A cell opened by an entry that is only held: its shares are still in the entry's envelope. */
    private Optional<SharePair> heldPair(CellId cell) {
        return held.index().opening(cell).stream()
                .flatMap(entry -> copy.shares().brought(held.of(entry).orElseThrow(), copy.blobs()).stream())
                .filter(each -> each.cell().equals(cell))
                .map(SharePackage.CellPair::pair)
                .findFirst();
    }

    private Optional<NewCell> opening(CellId cell) {
        return copy.opening(cell).map(Copy.Opening::cell).or(() -> search.opening(cell));
    }

    /** Without later keys: those of the patient's own cell stand beside its cells, and go with it as those of any other. */
    private List<CellId> cellsOf(CellId subject) {
        List<CellId> cells = new ArrayList<>(copy.cellsOf(subject));
        search.cellsOf(subject).stream().filter(cell -> !cells.contains(cell)).forEach(cells::add);
        cells.removeAll(keys.all(subject));
        return cells;
    }

    private void partials(
            Session session,
            Digest recipient,
            Digest request,
            Request.Partials partials,
            Consumer<Outcome<Response>> answer) {
        Optional<SharePair> secrets = lookupSecrets();
        if (secrets.isEmpty()) {
            answer.accept(Outcome.refused(Code.UNAVAILABLE, "this tier has no lookup secrets yet"));
            return;
        }
        switch (budget.lookUp(session, partials.values().size(), setting.now())) {
            case Outcome.Refused<Budget.Grace>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
            case Outcome.Done<Budget.Grace> granted ->
                ledger.write(
                        new ReleaseLedger.Act(LedgerLine.Act.LOOKED_UP, session.id(), recipient, request, List.of()),
                        () -> answer.accept(Outcome.done(partials(secrets.get(), partials.values()))));
        }
    }

    private Response partials(SharePair secrets, List<Digest> values) {
        int low = SharePair.lowerNumber(setting.party());
        int high = SharePair.higherNumber(setting.party());
        List<Digest> first = new ArrayList<>();
        List<Digest> second = new ArrayList<>();
        for (Digest value : values) {
            first.add(LookupPartial.partial(secrets.share(low), value));
            second.add(LookupPartial.partial(secrets.share(high), value));
        }
        return new Response.PartialTokens(low, high, first, second);
    }

    /** Asked for with nearly every write, and opened from disk once for each generation. */
    private Optional<SharePair> lookupSecrets() {
        CellId cell = copy.lookupCell();
        long generation = copy.shares().refreshed();
        if (lookupSecrets.isEmpty() || generation != lookupGeneration) {
            lookupSecrets = copy.shares().pair(cell);
            lookupGeneration = generation;
        }
        return lookupSecrets.or(() -> heldPair(cell));
    }

    /** Who found whom by a trait is on the ledger, whoever made the token before. */
    private void lookup(
            Session session,
            Digest recipient,
            Digest request,
            Request.Lookup lookup,
            Consumer<Outcome<Response>> answer) {
        switch (budget.find(session, lookup.tokens().size(), setting.now())) {
            case Outcome.Refused<Budget.Grace>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
            case Outcome.Done<Budget.Grace> granted ->
                ledger.write(
                        new ReleaseLedger.Act(LedgerLine.Act.LOOKED_UP, session.id(), recipient, request, List.of()),
                        () -> answer.accept(Outcome.done(new Response.Hits(hits(lookup.tokens())))));
        }
    }

    /** The resources under each token, of placed and of held entries. */
    List<List<ResourceId>> hits(List<Digest> tokens) {
        List<List<ResourceId>> hits = new ArrayList<>();
        for (Digest token : tokens) {
            Set<ResourceId> found = placedHits(token);
            found.addAll(search.hits(token));
            hits.add(found.stream().limit(MessageLimits.HITS_MAX).toList());
        }
        return hits;
    }

    /** The resources under a token, of placed entries alone: what uniqueness is judged by. */
    Set<ResourceId> placedHits(Digest token) {
        Set<ResourceId> found = new LinkedHashSet<>();
        Bytes prefix = Key.digest(token);
        store.scan(Space.TOKENS, prefix, Key.after(prefix), (key, value) -> {
            found.add(Copy.own(Bytes.ofRange(key.unsafeArray(), Digest.SIZE, key.size()), ResourceId::read));
            return found.size() < MessageLimits.HITS_MAX;
        });
        return found;
    }

    private Outcome<Response> subjects(Session session, Request.ListSubjects list) {
        if (SystemScope.of(session).stream().noneMatch(SystemScope::listsPatients)) {
            return Outcome.refused(Code.NOT_ALLOWED, "only a session with a system scope over patients may list them");
        }
        int max = Math.clamp(list.countMax(), 1, MessageLimits.ENTRIES_MAX);
        List<CellId> cells = copy.subjects(list.after(), max);
        return Outcome.done(new Response.Cells(cells, cells.size() == max));
    }
}
