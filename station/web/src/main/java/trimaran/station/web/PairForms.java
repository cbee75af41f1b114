package trimaran.station.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/**
 * <i>Identités à rapprocher</i>: pairs of records that may be one person's, left by an admission or by the HL7 door, side by side.
 * A person keeps them apart, or links them: both records stay, one stands for the other (R4 Patient.link), and that can be undone.
 */
final class PairForms {

    /**
     * One pair.
     *
     * @param task the id of what waits
     * @param version of it, as this page was made of
     * @param one who was written later
     */
    record Pair(String task, long version, PersonLine one, PersonLine other) {}

    /**
     * The page.
     *
     * @param more pairs that are not shown
     * @param mayLink whether whoever looks may link two records
     * @param meanwhile who decided before, and what
     */
    record View(
            List<Pair> pairs,
            int more,
            boolean mayLink,
            String summary,
            Optional<Meanwhile> meanwhile,
            String submission) {
        View {
            pairs = List.copyOf(pairs);
        }
    }

    private static final String CODES = "urn:trimaran:task";
    private static final String TO_COMPARE = "identities-to-compare";

    private final Inside inside;

    PairForms(Inside inside) {
        this.inside = inside;
    }

    Reply show(Visit visit, Seat seat) {
        return show(visit, seat, 200, "", Optional.empty());
    }

    private Reply show(Visit visit, Seat seat, int status, String summary, Optional<Meanwhile> meanwhile) {
        if (!Deeds.mayCompare(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        return switch (seat.care().house()) {
            case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> house) ->
                page(visit, seat, waiting(house), status, summary, meanwhile);
        };
    }

    private static List<ResourceVersion> waiting(List<ResourceVersion> house) {
        return house.stream().filter(PairForms::waits).toList();
    }

    private static boolean waits(ResourceVersion one) {
        return one.type().equals("Task")
                && JsonTree.glimpse(one.json())
                        .filter(json -> JsonTree.text(json, "status").equals("requested"))
                        .filter(PairForms::isPair)
                        .isPresent();
    }

    private static boolean isPair(Map<String, Object> task) {
        return JsonTree.item(task, "code").stream()
                .flatMap(code -> JsonTree.items(code, "coding").stream())
                .anyMatch(coding -> JsonTree.text(coding, "system").equals(CODES)
                        && JsonTree.text(coding, "code").equals(TO_COMPARE));
    }

    private Reply page(
            Visit visit,
            Seat seat,
            List<ResourceVersion> waiting,
            int status,
            String summary,
            Optional<Meanwhile> meanwhile) {
        PeopleSearch search = new PeopleSearch(inside, visit, seat);
        List<Pair> pairs = new ArrayList<>();
        int read = 0;
        while (read < waiting.size() && pairs.size() < WebLimits.FOUND_MAX) {
            // No more at once than there is room for: a pair of records one of which was merged takes none.
            int end = Math.min(waiting.size(), read + WebLimits.FOUND_MAX - pairs.size());
            pairs.addAll(pairs(search, waiting.subList(read, end)));
            read = end;
        }
        View view = new View(
                pairs,
                waiting.size() - read,
                Deeds.mayLink(seat.care().roles()),
                summary,
                meanwhile,
                Cookies.fresh(inside.setting().entropy()));
        Frame frame = inside.frame(visit, visit.words().say("pair.title"), "rapprocher");
        return Inside.page(status, (out, tags) -> JterapprocherGenerated.render(out, tags, frame, view));
    }

    /** Those of whom both records stand for themselves. */
    private static List<Pair> pairs(PeopleSearch search, List<ResourceVersion> tasks) {
        Map<ResourceId, PersonLine> people = search.several(tasks.stream()
                .flatMap(task -> java.util.stream.Stream.concat(focus(task).stream(), other(task).stream()))
                .distinct()
                .toList());
        List<Pair> pairs = new ArrayList<>();
        tasks.forEach(task -> {
            Optional<PersonLine> one = focus(task).flatMap(id -> Optional.ofNullable(people.get(id)));
            Optional<PersonLine> other = other(task).flatMap(id -> Optional.ofNullable(people.get(id)));
            if (one.isPresent() && other.isPresent()) {
                pairs.add(new Pair(task.id().toString(), task.version(), one.get(), other.get()));
            }
        });
        return pairs;
    }

    private static Optional<ResourceId> focus(ResourceVersion task) {
        return patient(JsonTree.glimpse(task.json())
                .map(json -> JsonTree.text(json, "focus", "reference"))
                .orElse(""));
    }

    private static Optional<ResourceId> other(ResourceVersion task) {
        return patient(JsonTree.glimpse(task.json()).stream()
                .flatMap(json -> JsonTree.items(json, "input").stream())
                .map(input -> JsonTree.text(input, "valueReference", "reference"))
                .findFirst()
                .orElse(""));
    }

    private static Optional<ResourceId> patient(String reference) {
        return reference.startsWith("Patient/")
                ? Inside.id(reference.substring("Patient/".length()))
                : Optional.empty();
    }

    // ---- what a person decides

    Reply taken(Visit visit, Seat seat) {
        String act = visit.form().text("acte");
        boolean links = act.equals("lier");
        if (!Deeds.mayCompare(seat.care().roles())
                || (links && !Deeds.mayLink(seat.care().roles()))) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        if ((!links && !act.equals("separer"))
                || !Submissions.isName(visit.form().text("envoi"))) {
            return inside.problem(visit, Code.BAD_PARAMETER);
        }
        return seat.submissions().once(Submissions.name(visit, seat), () -> decide(visit, seat, links));
    }

    private Reply decide(Visit visit, Seat seat, boolean links) {
        Form form = visit.form();
        Optional<ResourceVersion> task = task(seat, form)
                .filter(PairForms::waits)
                .filter(one -> form.text("version").equals(String.valueOf(one.version())));
        if (task.isEmpty()) {
            return stale(visit, seat, 409);
        }
        List<Change> changes = new ArrayList<>();
        changes.add(changed(task.get(), json -> json.put("status", links ? "completed" : "rejected")));
        if (links) {
            Optional<List<Change>> linked = linked(seat, task.get());
            if (linked.isEmpty()) {
                return stale(visit, seat, 409);
            }
            changes.addAll(linked.get());
        }
        WriteResult result = seat.care().write(Transaction.clinical(changes).named(Submissions.name(visit, seat)));
        if (result instanceof WriteResult.Refused(Refusal refusal)) {
            int status = refusal.code().httpStatus();
            return refusal.code() == Code.VERSION_CONFLICT
                    ? stale(visit, seat, status)
                    : show(visit, seat, status, visit.words().refusal(refusal.code()), Optional.empty());
        }
        String what = visit.words().say(links ? "pair.linked" : "pair.apart");
        seat.tell(Notice.of(result, what, visit.words()));
        return Reply.to("/rapprocher");
    }

    private static Optional<ResourceVersion> task(Seat seat, Form form) {
        return Inside.id(form.text("tache"))
                .flatMap(id -> seat.care().latest(List.of(id))
                                instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> found)
                        ? found.stream().findFirst()
                        : Optional.empty());
    }

    /** Who decided before and what, and what was to be decided here. */
    private Reply stale(Visit visit, Seat seat, int status) {
        Words words = visit.words();
        Form form = visit.form();
        Optional<Meanwhile> meanwhile = task(seat, form)
                .filter(one -> one.type().equals("Task"))
                .map(one -> Meanwhile.of(
                        inside,
                        visit,
                        Optional.empty(),
                        one,
                        form.text("version"),
                        decided(words, one),
                        words.say(form.text("acte").equals("lier") ? "pair.one" : "pair.keep")));
        return show(visit, seat, status, words.say("pair.stale"), meanwhile);
    }

    private static String decided(Words words, ResourceVersion task) {
        String status = JsonTree.glimpse(task.json())
                .map(json -> JsonTree.text(json, "status"))
                .orElse("");
        return switch (status) {
            case "completed" -> words.say("pair.linked");
            case "rejected" -> words.say("pair.apart");
            default -> words.say("pair.waits");
        };
    }

    /** The older record stands for both: the other is put aside and leads to it. */
    private static Optional<List<Change>> linked(Seat seat, ResourceVersion task) {
        Optional<ResourceId> later = focus(task);
        Optional<ResourceId> kept = other(task);
        if (later.isEmpty()
                || kept.isEmpty()
                || !(seat.care().latest(List.of(later.get(), kept.get()))
                        instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> both))
                || both.size() != 2
                || both.stream().anyMatch(PairForms::isReplaced)) {
            return Optional.empty();
        }
        return Optional.of(List.of(
                changed(both.getFirst(), json -> {
                    json.put("active", new JsonTree.Literal("false"));
                    link(json, kept.get(), "replaced-by");
                }),
                changed(both.getLast(), json -> link(json, later.get(), "replaces"))));
    }

    private static boolean isReplaced(ResourceVersion patient) {
        return JsonTree.glimpse(patient.json()).stream()
                .flatMap(json -> JsonTree.items(json, "link").stream())
                .anyMatch(link -> JsonTree.text(link, "type").equals("replaced-by"));
    }

    private static void link(Map<String, Object> patient, ResourceId other, String type) {
        List<Object> links = new ArrayList<>(JsonTree.items(patient, "link"));
        links.add(Json.of("other", Json.reference("Patient/" + other), "type", type));
        patient.put("link", links);
    }

    private static Change changed(ResourceVersion version, java.util.function.Consumer<Map<String, Object>> change) {
        Map<String, Object> json =
                new LinkedHashMap<>(JsonTree.glimpse(version.json()).orElseThrow());
        change.accept(json);
        return new Change.Update(version.id(), version.version(), FhirJson.resource(json), "");
    }
}
