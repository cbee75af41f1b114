package trimaran.station.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.RefusedEntry;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Quantity;

/**
 * <i>Non enregistré au dossier</i>: what somebody wrote at this station, was told is kept, and cannot come into the record. Each is shown with the
 * reason until a person has seen it and written it anew where it is needed; nothing is dropped without a word.
 */
final class RefusedPages {

    static final String PLACE = "non-partage";
    static final String PATH = "/" + PLACE;

    /**
     * One of the list.
     *
     * @param who wrote it, as {@link BadgeWords} name them
     */
    record Line(String href, String written, String who, String when, String why) {}

    /**
     * One thing in it.
     *
     * @param kind what it is, in words
     * @param about the words it has for what it is about; empty if it has none
     * @param measured its result, where that is a number or a short text; empty for anything else
     * @param action made, changed or taken back
     * @param values every value of it under the name FHIR gives it, so that none is hidden
     */
    record Item(String kind, String about, String measured, String action, List<Value> values) {
        Item {
            values = List.copyOf(values);
        }
    }

    record Value(String name, String text) {}

    /**
     * One, opened.
     *
     * @param patient where their record is; empty if nobody's opens
     * @param closed whether a part of it is not open now: then it is not removed
     * @param lost whether nobody has a key to a part of it
     */
    record Opened(Line line, String patient, List<Item> items, boolean closed, boolean lost) {
        Opened {
            items = List.copyOf(items);
        }
    }

    /** Where a resource says in words what it is about. */
    private static final List<String> ABOUT = List.of("code", "medicationCodeableConcept", "type", "class");

    private final Inside inside;

    RefusedPages(Inside inside) {
        this.inside = inside;
    }

    Reply shown(Visit visit, Seat seat, List<String> steps) {
        if (steps.size() == 1) {
            List<RefusedEntry> all = inside.record().refused();
            List<Line> lines = all.stream()
                    .limit(WebLimits.ROWS_MAX)
                    .map(one -> line(visit, one))
                    .toList();
            int beyond = all.size() - lines.size();
            Frame frame = inside.frame(visit, visit.words().say("unshared.title"), "");
            return Inside.page(200, (out, tags) -> JtenonpartagesGenerated.render(out, tags, frame, lines, beyond));
        }
        return steps.size() == 2
                ? named(steps.get(1))
                        .map(one -> one(visit, seat, one))
                        .orElseGet(() -> inside.problem(visit, Code.NOT_FOUND))
                : inside.problem(visit, Code.NOT_FOUND);
    }

    private Optional<RefusedEntry> named(String hex) {
        return inside.record().refused().stream()
                .filter(one -> one.entry().hex().equals(hex))
                .findFirst();
    }

    private Line line(Visit visit, RefusedEntry entry) {
        Words words = visit.words();
        Clock clock = new Clock(inside.setting().zone(), words);
        return new Line(
                PATH + "/" + entry.entry().hex(),
                clock.since(entry.authored().instant(), visit.now()),
                entry.author()
                        .or(() -> inside.record().author(entry.session()))
                        .map(new BadgeWords(inside, words)::of)
                        .orElseGet(() -> words.say("meanwhile.unknown")),
                clock.since(entry.at().instant(), visit.now()),
                why(entry.code(), words));
    }

    /** Said of what is over: what a form says of the same asks to try again. */
    static String why(Code code, Words words) {
        String key = "unshared.why." + code.number();
        return words.say(words.has(key) ? key : "unshared.why.other") + " (" + code.tag() + ")";
    }

    private Reply one(Visit visit, Seat seat, RefusedEntry entry) {
        if (entry.owner().isEmpty()) {
            return page(visit, new Opened(line(visit, entry), "", List.of(), false, true));
        }
        return switch (patient(seat, entry.owner().get())) {
            case Outcome.Refused<Optional<ResourceId>>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<Optional<ResourceId>>(Optional<ResourceId> patient) ->
                // The ledgers have a line of it; whoever is not in this person's care is shown with a reason alone.
                patient.filter(id -> AccessForms.needsReason(seat, id))
                        .map(id -> Reply.to("/patients/" + id))
                        .orElseGet(() -> opened(visit, seat, entry, patient));
        };
    }

    /** Whose record a cell is of: empty for one of the house. */
    private static Outcome<Optional<ResourceId>> patient(Seat seat, CellId cell) {
        return seat.care()
                .patient(new ResourceId(cell, 0))
                .map(all -> all.stream()
                        .filter(one -> one.type().equals("Patient"))
                        .map(ResourceVersion::id)
                        .findFirst());
    }

    private Reply opened(Visit visit, Seat seat, RefusedEntry entry, Optional<ResourceId> patient) {
        return switch (seat.care().refused(entry.entry())) {
            case Outcome.Refused<RefusedEntry.Content>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<RefusedEntry.Content>(RefusedEntry.Content content) ->
                page(
                        visit,
                        new Opened(
                                line(visit, entry),
                                patient.map(id -> "/patients/" + id).orElse(""),
                                content.versions().stream()
                                        .map(version -> item(version, visit.words()))
                                        .toList(),
                                content.closed() > 0,
                                content.lost() > 0));
        };
    }

    private Reply page(Visit visit, Opened opened) {
        Frame frame = inside.frame(visit, visit.words().say("unshared.title"), "");
        return Inside.page(200, (out, tags) -> JtenonpartageGenerated.render(out, tags, frame, opened));
    }

    static Item item(ResourceVersion version, Words words) {
        return item(version, version, words);
    }

    /** @param said whose words and values are shown: of what takes something back, what it took */
    static Item item(ResourceVersion version, ResourceVersion said, Words words) {
        String action = version.isDeleted()
                ? "unshared.removes"
                : version.version() == 1 ? "unshared.creates" : "unshared.changes";
        List<Value> values = new ArrayList<>();
        Map<String, Object> json = JsonTree.glimpse(said.json()).orElse(Map.of());
        gather("", json, values);
        String kind = "unshared.type." + version.type();
        return new Item(
                words.has(kind) ? words.say(kind) : version.type(),
                ABOUT.stream()
                        .map(name -> JsonTree.text(json, name, "text"))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""),
                measured(json, words),
                words.say(action),
                values);
    }

    /** Whoever reads an entry again must not have to look for what it says. */
    private static String measured(Map<String, Object> json, Words words) {
        return Stream.concat(Stream.of(json), JsonTree.items(json, "component").stream())
                .map(one -> {
                    String number = JsonTree.text(one, "valueQuantity", "value");
                    Quantity quantity = new Quantity(
                            JsonTree.text(one, "valueQuantity", "comparator"),
                            number,
                            JsonTree.text(one, "valueQuantity", "unit"));
                    return number.isEmpty()
                            ? JsonTree.text(one, "valueString") + JsonTree.text(one, "valueInteger")
                            : quantity.words(words.language());
                })
                .filter(value -> !value.isEmpty())
                .map(RefusedPages::shortened)
                .collect(Collectors.joining(" / "));
    }

    private static void gather(String name, Object value, List<Value> into) {
        switch (value) {
            case Map<?, ?> object ->
                object.forEach((key, one) -> {
                    if (!(name.isEmpty() && key.equals("resourceType"))) {
                        gather(name.isEmpty() ? String.valueOf(key) : name + "." + key, one, into);
                    }
                });
            case List<?> list -> list.forEach(one -> gather(name, one, into));
            default -> into.add(new Value(name, shortened(String.valueOf(value))));
        }
    }

    /** A photograph's bytes tell nobody anything, and a page of them does not load. */
    private static String shortened(String text) {
        return text.length() <= WebLimits.VALUE_SHOWN ? text : text.substring(0, WebLimits.VALUE_SHOWN) + "…";
    }

    /** Somebody has seen it; empty for a form of another page. */
    Optional<Reply> taken(Visit visit) {
        if (!visit.path().startsWith(PATH + "/")) {
            return Optional.empty();
        }
        Optional<Seat> seat = visit.seat();
        if (seat.isEmpty()) {
            return Optional.of(Inside.toLogIn(visit));
        }
        Optional<RefusedEntry> entry = named(visit.path().substring(PATH.length() + 1));
        return Optional.of(
                entry.map(one -> seen(visit, seat.get(), one)).orElseGet(() -> inside.problem(visit, Code.NOT_FOUND)));
    }

    /** Only whoever may read it has seen it. */
    private Reply seen(Visit visit, Seat seat, RefusedEntry entry) {
        return entry.owner()
                .map(owner -> switch (patient(seat, owner)) {
                    case Outcome.Refused<Optional<ResourceId>>(Refusal refusal) -> inside.problem(visit, refusal);
                    case Outcome.Done<Optional<ResourceId>>(Optional<ResourceId> patient) ->
                        patient.filter(id -> AccessForms.needsReason(seat, id))
                                .map(id -> Reply.to("/patients/" + id))
                                .orElseGet(() -> putAway(visit, seat, entry));
                })
                .orElseGet(() -> putAway(visit, seat, entry));
    }

    private Reply putAway(Visit visit, Seat seat, RefusedEntry entry) {
        return switch (seat.care().putAway(entry.entry())) {
            case Outcome.Refused<Boolean>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<Boolean> done -> {
                seat.tell(new Notice("", "donne", visit.words().say("unshared.seen.done")));
                yield Reply.to(PATH);
            }
        };
    }
}
