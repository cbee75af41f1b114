package trimaran.station;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.model.Trait;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;

/**
 * Makes findable who came while nobody could be asked ({@link Newcomer}). Whichever station has such a patient open looks once whether
 * the record finds them by what they are known by. If it does not, they and their stays are written anew as they stand, in the name of
 * the station, which brings tokens and bed line; and whoever the record knows by the same is left in <i>Identités à rapprocher</i>. So it
 * hangs on no session, no process and no disk: a ward opens its patients to show and to copy them. Of two stations that begin at once the
 * second is refused for the version.
 */
final class LateTokens {

    /** How soon, and how late at most, one who could not be looked up or not be written is tried again: each time may be a lookup. */
    static final long AGAIN_MIN_MILLIS = 15_000;

    static final long AGAIN_MOST_MILLIS = 900_000;

    /** Pairs one newcomer may leave: a common name on one birth date has a few bearers; more is no help to anybody. */
    static final int PAIRS_MAX = 10;

    /** Since when, and how long, nobody looks again. */
    private record Looked(long sinceNanos, long waitMillis) {
        static final Looked FOR_GOOD = new Looked(0, Long.MAX_VALUE);
    }

    private final StationSetting setting;
    private final Folders folders;
    private final Finder finder;
    private final Supplier<Drafting.Desks> desks;
    private final Supplier<Optional<OwnSession>> service;

    /** It goes with the cell. */
    private final Map<OpenCell, Looked> looked = new WeakHashMap<>();

    LateTokens(
            StationSetting setting,
            Folders folders,
            Finder finder,
            Supplier<Drafting.Desks> desks,
            Supplier<Optional<OwnSession>> service) {
        this.setting = setting;
        this.folders = folders;
        this.finder = finder;
        this.desks = desks;
        this.service = service;
    }

    /** Somebody has this cell open, and it is shown as the record has it. Goes on by itself until it is done or nobody has it open. */
    void look(OpenCell cell) {
        boolean newcomer = cell.kind() == CellKind.IDENTITY && cell.isUnasked() && !cell.isForgotten();
        Optional<ResourceVersion> patient = newcomer ? firstVersion(cell, "Patient") : Optional.empty();
        if (patient.isEmpty() || !isDue(cell)) {
            return;
        }
        long wait = Optional.ofNullable(looked.get(cell))
                .map(before -> Math.min(AGAIN_MOST_MILLIS, before.waitMillis() * 2))
                .orElse(AGAIN_MIN_MILLIS);
        looked.put(cell, new Looked(setting.loop().monotonicNanos(), wait));
        setting.loop().after(wait, () -> look(cell));
        Optional<OwnSession> session = finder.isAlone() ? Optional.empty() : service.get();
        session.ifPresent(own -> ask(own, cell, patient.get()));
    }

    /** Whoever wrote this patient could ask: nobody looks. */
    void findable(OpenCell identity) {
        looked.put(identity, Looked.FOR_GOOD);
    }

    /**
     * What nobody waits for any more has its place: whoever carried it there opens the patient, for nobody else may ever. It may be that not
     * even a bed line leads to them.
     */
    void came(AuthorPart author) {
        if (author.kind() != EntryKind.CONTINUITY && author.mayContinue()) {
            author.newCells().stream()
                    .filter(cell -> cell.kind() == CellKind.IDENTITY)
                    .forEach(cell -> come(cell.cell(), AGAIN_MIN_MILLIS));
        }
    }

    private void come(CellId patient, long waitMillis) {
        Runnable later = () -> {
            if (waitMillis <= AGAIN_MOST_MILLIS) {
                setting.loop().after(waitMillis, () -> come(patient, 2 * waitMillis));
            }
        };
        service.get()
                .ifPresentOrElse(
                        own -> folders.subject(own, patient, Request.Purpose.CARE, outcome -> {
                            if (!outcome.isDone()) {
                                later.run();
                            }
                        }),
                        later);
    }

    /** Written once, and by nobody since: whoever wrote it anew brought its tokens. */
    private static Optional<ResourceVersion> firstVersion(OpenCell cell, String type) {
        for (List<ResourceVersion> versions : cell.all()) {
            ResourceVersion latest = versions.getLast();
            boolean first = latest.version() == 1 && latest.standing() != ResourceVersion.Standing.PROVISIONAL;
            if (first && latest.type().equals(type) && !latest.isDeleted()) {
                return Optional.of(latest);
            }
        }
        return Optional.empty();
    }

    private boolean isDue(OpenCell cell) {
        Looked before = looked.get(cell);
        return before == null
                || (!before.equals(Looked.FOR_GOOD)
                        && setting.loop().monotonicNanos() - before.sinceNanos() >= before.waitMillis() * 1_000_000);
    }

    private void ask(OwnSession session, OpenCell cell, ResourceVersion patient) {
        if (!(StrictParser.parse(patient.json().toArray()) instanceof Outcome.Done<Resource>(Resource resource))) {
            return;
        }
        List<Term> terms = Trait.of(resource.facts()).stream()
                .map(trait -> Term.of("Patient", trait))
                .toList();
        finder.find(session, terms, outcome -> {
            if (!(outcome instanceof Outcome.Done<Map<Term, List<ResourceId>>>(Map<Term, List<ResourceId>> hits))) {
                return;
            }
            if (hits.values().stream().anyMatch(ids -> ids.contains(patient.id()))) {
                looked.put(cell, Looked.FOR_GOOD);
            } else {
                open(session, cell, patient, others(terms, hits));
            }
        });
    }

    /** Who is known by the same, and by what. */
    private static Map<ResourceId, String> others(List<Term> terms, Map<Term, List<ResourceId>> hits) {
        Map<ResourceId, String> others = new LinkedHashMap<>();
        for (Term term : terms) {
            String why = term.isName() ? "same family name and birth date" : "same identifier";
            hits.getOrDefault(term, List.of()).forEach(other -> others.putIfAbsent(other, why));
        }
        return others;
    }

    private void open(OwnSession session, OpenCell identity, ResourceVersion patient, Map<ResourceId, String> others) {
        folders.subject(session, patient.id().cell(), Request.Purpose.CARE, outcome -> {
            if (outcome instanceof Outcome.Done<List<OpenCell>>(List<OpenCell> open)) {
                List<Transaction.Change> changes = new ArrayList<>();
                Set<ResourceId> anew = new LinkedHashSet<>();
                for (OpenCell cell : open) {
                    Stream.of("Patient", "Encounter")
                            .flatMap(type -> firstVersion(cell, type).stream())
                            .filter(one -> one.entry().equals(patient.entry()) && anew.add(one.id()))
                            .flatMap(one -> anew(one).stream())
                            .forEach(changes::add);
                }
                others.entrySet().stream()
                        .limit(PAIRS_MAX)
                        .forEach(other -> changes.add(pair(patient.id(), other.getKey(), other.getValue())));
                write(session, identity, changes);
            }
        });
    }

    private static Optional<Transaction.Change> anew(ResourceVersion version) {
        return StrictParser.parse(version.json().toArray()) instanceof Outcome.Done<Resource>(Resource resource)
                ? Optional.of(new Transaction.Change.Update(version.id(), version.version(), resource, ""))
                : Optional.empty();
    }

    private void write(OwnSession session, OpenCell cell, List<Transaction.Change> changes) {
        Transaction transaction = new Transaction(EntryKind.CONTINUITY, changes, false);
        new Drafting(desks.get(), session, transaction, result -> {
                    if (result instanceof WriteResult.Recorded) {
                        looked.put(cell, Looked.FOR_GOOD);
                    }
                })
                .run();
    }

    /** As the other doors leave it: it names both by reference and says nothing of who they are. */
    private Transaction.Change pair(ResourceId patient, ResourceId other, String why) {
        String json =
                """
                {"resourceType":"Task","status":"requested","intent":"proposal",\
                "code":{"coding":[{"system":"urn:trimaran:task","code":"identities-to-compare"}]},\
                "focus":{"reference":"Patient/%s"},"authoredOn":"%s","reasonCode":{"text":"%s"},\
                "input":[{"type":{"text":"other"},"valueReference":{"reference":"Patient/%s"}}]}""".formatted(patient, Wards.instant(setting.loop().wallTime().millis()), why, other);
        return switch (StrictParser.parse(Bytes.ofText(json).toArray())) {
            case Outcome.Done<Resource>(Resource task) -> new Transaction.Change.Create(task);
            case Outcome.Refused<Resource>(var refusal) ->
                throw new IllegalStateException("a pair is no resource: " + refusal.place());
        };
    }
}
