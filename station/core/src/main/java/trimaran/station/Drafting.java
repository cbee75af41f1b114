package trimaran.station;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Surroundings;
import trimaran.record.Annex;

/**
 * Turns one transaction into one entry: looks up what it refers to, opens what it writes into, gives cells and ids, seals,
 * signs, puts it into the outbox and hands it to the courier.
 */
final class Drafting {

    /** How often a conditional create that somebody else was faster with is looked up again. */
    private static final int ATTEMPTS_MAX = 3;

    private final Desks desks;
    private final OwnSession session;
    private final Transaction transaction;
    private final Consumer<WriteResult> then;
    private final References references;
    private final int attempt;
    private final Claiming claiming;
    private final Keying keying;
    /** Patients of whom it is written without their record. */
    private Set<CellId> unopened = Set.of();

    /**
     * The parts of the station a draft needs.
     *
     * @param identities hears of identity cells this station has just written to
     */
    record Desks(
            StationSetting setting,
            Cells cells,
            Folders folders,
            Finder finder,
            House house,
            Sealing sealing,
            Outbox outbox,
            Courier courier,
            Claims claims,
            RegistryFold registry,
            HeadWatch watch,
            Wards wards,
            Unopened unopened,
            Consumer<OpenCell> identities) {}

    Drafting(Desks desks, OwnSession session, Transaction transaction, Consumer<WriteResult> then) {
        this(desks, session, transaction, 1, then);
    }

    private Drafting(
            Desks desks, OwnSession session, Transaction transaction, int attempt, Consumer<WriteResult> then) {
        this.attempt = attempt;
        this.desks = desks;
        this.session = session;
        this.transaction = transaction;
        this.then = then;
        this.claiming = new Claiming(desks.claims(), desks.setting().loop());
        this.keying = new Keying(desks, session, claiming);
        this.references =
                new References(IntStream.range(0, transaction.changes().size())
                        .mapToObj(i -> new Planned(transaction.changes().get(i), i))
                        .toList());
    }

    void run() {
        Optional<Refusal> problem = first();
        if (problem.isPresent()) {
            refuse(problem.get());
            return;
        }
        Set<Term> only = new LinkedHashSet<>();
        references.changes().forEach(change -> only.addAll(change.uniqueTerms()));
        input().ifPresent(only::add);
        Set<Term> wanted = new LinkedHashSet<>(references.wanted());
        wanted.addAll(only);
        if (only.isEmpty()) {
            lookUp(wanted);
        } else {
            this.<Map<Term, List<Digest>>>patiently(
                    next -> desks.finder().tokens(session, wanted, next), tokens -> claim(only, tokens, wanted));
        }
    }

    private void lookUp(Set<Term> wanted) {
        this.<Map<Term, List<ResourceId>>>patiently(next -> desks.finder().find(session, wanted, next), this::found);
    }

    /** Claimed before it is looked up: whoever has the same under way is either waited for or found. */
    private void claim(Set<Term> only, Map<Term, List<Digest>> tokens, Set<Term> wanted) {
        Set<Claims.Token> own = only.stream()
                .flatMap(term -> tokens.getOrDefault(term, List.of()).stream())
                .map(Claims.Token::new)
                .collect(Collectors.toSet());
        claiming.claimInTime(own, () -> lookUp(wanted), this::run, this::refuse);
    }

    private Optional<Refusal> first() {
        if (session.isClosed() || session.isPast(desks.setting().loop().wallTime())) {
            return Optional.of(Refusal.of(Code.SESSION_ENDED, "this session has ended"));
        }
        if (transaction.changes().isEmpty()) {
            return Optional.of(Refusal.of(Code.BAD_PARAMETER, "a transaction changes something"));
        }
        if (transaction.changes().size() > StationLimits.CHANGES_MAX) {
            return Optional.of(Sealing.tooLarge());
        }
        if (desks.outbox().isFull()) {
            return Optional.of(Refusal.of(Code.BUSY, "the outbox of this station is full"));
        }
        return references.collect();
    }

    /** By which the same input is known when it comes again: every tier knows it, so no fall makes it forgotten. */
    private Optional<Term> input() {
        return transaction.input().isEmpty()
                ? Optional.empty()
                : Optional.of(Term.ofInput(session.badge().hex(), transaction.input()));
    }

    private void found(Map<Term, List<ResourceId>> hits) {
        Optional<ResourceId> before = input().flatMap(
                        term -> hits.getOrDefault(term, List.of()).stream().findFirst());
        if (before.isPresent()) {
            String type = references.changes().getFirst().type();
            WriteResult.Changed there = new WriteResult.Changed(before.get(), type, 1, RecordTime.ZERO, true);
            end(new WriteResult.Recorded(
                    Digest.ZERO, List.of(there), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false));
            return;
        }
        Optional<Refusal> problem = references.found(hits).or(() -> conditions(hits));
        if (problem.isPresent()) {
            refuse(problem.get());
        } else if (references.changes().stream().noneMatch(Planned::isWritten)) {
            nothingToWrite();
        } else {
            open();
        }
    }

    /**
     * Conditional creates that find one resource write nothing, unless their author would have had it changed; those that find
     * several are refused (R4 http, create).
     */
    private Optional<Refusal> conditions(Map<Term, List<ResourceId>> hits) {
        for (Planned change : references.changes()) {
            Set<ResourceId> existing = new LinkedHashSet<>();
            change.uniqueTerms().forEach(term -> existing.addAll(hits.getOrDefault(term, List.of())));
            if (change.change() instanceof Transaction.Change.Create create && !existing.isEmpty()) {
                if (!create.chosenId().isEmpty() && create.onlyIfNone().isEmpty()) {
                    return Optional.of(
                            change.at(Refusal.of(Code.DUPLICATE, "there is a resource with this id already")));
                }
                if (existing.size() > 1) {
                    return Optional.of(change.at(
                            Refusal.of(Code.PRECONDITION_FAILED, "more than one resource fits the condition")));
                }
                if (create.elseRefused()) {
                    return Optional.of(change.at(
                            Refusal.of(Code.DUPLICATE, "there is a resource that fits the condition already")));
                }
                change.existing = existing.iterator().next();
            }
        }
        return Optional.empty();
    }

    private void nothingToWrite() {
        end(new WriteResult.Recorded(Digest.ZERO, changed(), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false));
    }

    private List<WriteResult.Changed> changed() {
        return references.changes().stream()
                .map(change -> change.changed(change.replaces() + 1, RecordTime.ZERO))
                .toList();
    }

    // ---- opening what is written into

    private void open() {
        Surroundings surroundings = references.literal();
        List<CellId> subjects = new ArrayList<>(Placing.subjects(references, surroundings));
        unopened = desks.unopened().of(session, references.changes(), subjects);
        subjects.removeAll(unopened);
        Set<CellId> others = new LinkedHashSet<>();
        for (Planned change : references.changes()) {
            switch (change.change()) {
                case Transaction.Change.Create create -> {
                    // A new resource goes where its patient's folder says.
                }
                case Transaction.Change.Update update -> others.add(update.id().cell());
                case Transaction.Change.Delete delete -> others.add(delete.id().cell());
            }
        }
        openNext(
                subjects,
                0,
                () -> openOthers(new ArrayList<>(others), () -> {
                    RecordTime now =
                            new RecordTime(desks.setting().loop().wallTime().millis());
                    if (Placing.needsHouse(references, surroundings, now)) {
                        this.<Target>patiently(
                                next -> desks.house().target(session, next), house -> placed(Outcome.done(house)));
                    } else {
                        placed(Outcome.refused(Code.BROKEN, "no house cell was asked for"));
                    }
                }));
    }

    private void openNext(List<CellId> subjects, int index, Runnable then) {
        if (index >= subjects.size()) {
            then.run();
            return;
        }
        this.<List<OpenCell>>patiently(
                next -> desks.folders().subject(session, subjects.get(index), Request.Purpose.CARE, next),
                open -> openNext(subjects, index + 1, then));
    }

    private void openOthers(List<CellId> others, Runnable then) {
        if (others.isEmpty()) {
            then.run();
            return;
        }
        this.<List<OpenCell>>patiently(
                next -> desks.folders().several(session, others, Request.Purpose.CARE, next), open -> then.run());
    }

    // ---- placing and sealing

    private void placed(Outcome<Target> house) {
        references.changes().forEach(change -> {
            change.id = null;
            change.target = null;
        });
        Placing placing = new Placing(
                desks.setting(),
                session,
                desks.cells(),
                desks.courier().leaning()::waiting,
                references,
                unopened,
                house);
        ReviewReads reviews = new ReviewReads(session, desks.cells());
        Optional<Refusal> problem = placing.place().or(() -> reviews.stale(references.changes()));
        if (problem.isPresent()) {
            refuse(problem.get());
            return;
        }
        this.<Moves>patiently(
                next -> new Moves(desks.setting(), desks.cells(), references, placing, desks.wards())
                        .plan(session, next),
                moves -> alone(placing, moves));
    }

    private void alone(Placing placing, Moves moves) {
        // A cell another transaction is just opening for the same purpose is waited for, or there would be two.
        claiming.claim(placing.freshSlots(), () -> tokens(placing, moves), this::open);
    }

    private void tokens(Placing placing, Moves moves) {
        Set<Term> terms = new LinkedHashSet<>(moves.terms());
        input().ifPresent(terms::add);
        references.changes().stream().filter(Planned::isWritten).forEach(change -> terms.addAll(change.terms()));
        Patience.<Map<Term, List<Digest>>>ask(
                desks.setting().loop(),
                StationLimits.ANSWER_MILLIS,
                next -> desks.finder().tokens(session, terms, next),
                outcome -> {
                    switch (outcome) {
                        case Outcome.Refused<Map<Term, List<Digest>>>(Refusal refusal) -> refuse(refusal);
                        case Outcome.Done<Map<Term, List<Digest>>>(Map<Term, List<Digest>> tokens) ->
                            seal(placing, moves, tokens);
                    }
                });
    }

    private void seal(Placing placing, Moves moves, Map<Term, List<Digest>> tokens) {
        Set<Target> targets = new LinkedHashSet<>(placing.targets());
        targets.addAll(moves.targets());
        boolean mayContinue = Sealing.mayContinue(transaction.kind(), references);
        keying.choose(targets, mayContinue, () -> seal(targets, moves, tokens), this::open, this::refuse);
    }

    private void seal(Set<Target> targets, Moves moves, Map<Term, List<Digest>> tokens) {
        Annex annex = new Annex(
                new TokenList(references.changes(), input(), tokens).with(moves, desks.house()), moves.placements());
        Sealing.Ground ground =
                Sealing.Ground.of(desks.setting(), desks.registry().registry(), session, keying.knows(targets));
        long size = references.changes().stream()
                .flatMap(change -> change.resource().stream())
                .mapToLong(resource -> resource.sizeBytes())
                .sum();
        // On the loop: what is open is not looked through beside it.
        List<CellId> reviewed = new ReviewReads(session, desks.cells()).of(references.changes());
        if (size <= StationLimits.SEAL_HERE_BYTES) {
            sealed(sealNow(ground, List.copyOf(targets), moves, reviewed, annex, true), size);
        } else {
            desks.setting().workbench().run(() -> {
                boolean keep = size <= StationLimits.PLAIN_KEPT_BYTES;
                Outcome<Sealing.Sealed> outcome = sealNow(ground, List.copyOf(targets), moves, reviewed, annex, keep);
                desks.setting().loop().run(() -> sealed(outcome, size));
            });
        }
    }

    private Outcome<Sealing.Sealed> sealNow(
            Sealing.Ground ground,
            List<Target> targets,
            Moves moves,
            List<CellId> reviewed,
            Annex annex,
            boolean keep) {
        moves.write();
        List<CellId> reads = new ArrayList<>(moves.boards());
        reads.addAll(reviewed);
        return desks.sealing().seal(ground, transaction.kind(), targets, references, reads, annex, keep);
    }

    private void sealed(Outcome<Sealing.Sealed> outcome, long size) {
        switch (outcome) {
            case Outcome.Refused<Sealing.Sealed>(Refusal refusal) -> refuse(refusal);
            case Outcome.Done<Sealing.Sealed>(Sealing.Sealed sealed) -> {
                WrittenFate fate = new WrittenFate(
                        desks, session, references.changes(), sealed, claiming.handOver(), size, this::finished);
                desks.outbox()
                        .add(
                                sealed.digest(),
                                sealed.entry(),
                                () -> desks.courier()
                                        .begin(new Submission(
                                                sealed.entry(),
                                                sealed.author(),
                                                sealed.digest(),
                                                sealed.draft(),
                                                transaction.overrule(),
                                                fate,
                                                desks.setting().loop().monotonicNanos())));
            }
        }
    }

    /** Somebody created the same a moment earlier, or the key it lies under is refused with its entry: drafted again, it fits. */
    private void finished(WriteResult result) {
        boolean conditional = input().isPresent()
                || references.changes().stream()
                        .anyMatch(change -> !change.uniqueTerms().isEmpty());
        boolean again = attempt < ATTEMPTS_MAX
                && result instanceof WriteResult.Refused(Refusal refusal)
                && (refusal.code() == Code.DUPLICATE
                        ? conditional
                        : refusal.code() == Code.BAD_REFERENCE && keying.leans());
        if (again) {
            new Drafting(desks, session, transaction, attempt + 1, then).run();
        } else {
            then.accept(references.spoken(result));
        }
    }

    /** Nothing is written yet, so what is only not to be had now is asked for again. */
    private <T> void patiently(Patience.Question<T> question, Consumer<T> next) {
        Patience.ask(desks.setting().loop(), StationLimits.ANSWER_MILLIS, question, outcome -> {
            switch (outcome) {
                case Outcome.Refused<T>(Refusal refusal) -> refuse(refusal);
                case Outcome.Done<T>(T value) -> next.accept(value);
            }
        });
    }

    private void refuse(Refusal refusal) {
        end(new WriteResult.Refused(refusal));
    }

    /** Nothing is under way. */
    private void end(WriteResult result) {
        claiming.settle();
        then.accept(result);
    }
}
