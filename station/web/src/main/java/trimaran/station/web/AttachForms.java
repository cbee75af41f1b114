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
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;

/**
 * <i>Résultats à rattacher</i>: what other systems sent and the HL7 door could match with nobody for sure. A person says whose it is,
 * or that it is nobody's and why. It never makes a patient, and what is attached bears the name of who did it.
 */
final class AttachForms {

    /**
     * One of them chosen, with who may be meant.
     *
     * @param query what else was looked for
     * @param incomplete why the list may lack somebody; empty if it does not
     */
    record Chosen(WaitingResult result, String query, PeopleSearch.Found found, String incomplete) {}

    /**
     * The page.
     *
     * @param waiting the eldest of those that wait, where none is chosen
     * @param more how many wait beside
     */
    record View(
            List<WaitingResult> waiting,
            int more,
            Optional<Chosen> chosen,
            Filled form,
            String summary,
            String submission) {
        View {
            waiting = List.copyOf(waiting);
        }
    }

    /** What an attached report or document says of who attached it. */
    static final String ATTACHED = "urn:trimaran:attached";

    private final Inside inside;

    AttachForms(Inside inside) {
        this.inside = inside;
    }

    Reply show(Visit visit, Seat seat) {
        return page(visit, seat, visit.query().text("tache"), 200, Filled.of(Form.NONE), "");
    }

    private Reply page(Visit visit, Seat seat, String task, int status, Filled form, String summary) {
        if (!Deeds.mayAttach(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        return switch (seat.care().house()) {
            case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> house) ->
                page(visit, seat, undecided(house), task, status, form, summary);
        };
    }

    /** Those nobody decided, at this station either: what is decided here and not shared yet waits for nobody. */
    private List<ResourceVersion> undecided(List<ResourceVersion> house) {
        KeptWrites here = inside.keptNow();
        return WaitingResult.tasks(house).stream()
                .filter(one -> !here.has(one.id()))
                .toList();
    }

    private boolean isDecidedHere(String task) {
        return Inside.id(task).filter(inside.keptNow()::has).isPresent();
    }

    private Reply page(
            Visit visit, Seat seat, List<ResourceVersion> tasks, String task, int status, Filled form, String summary) {
        Optional<WaitingResult> one = tasks.stream()
                .filter(waiting -> waiting.id().toString().equals(task))
                .findFirst()
                .flatMap(waiting -> WaitingResult.of(inside, visit, seat, List.of(waiting)).stream()
                        .findFirst());
        boolean gone = !task.isEmpty() && one.isEmpty();
        List<WaitingResult> list = one.isPresent()
                ? List.of()
                : WaitingResult.of(
                        inside,
                        visit,
                        seat,
                        tasks.stream().limit(WebLimits.ATTACH_MAX).toList());
        View view = new View(
                list,
                Math.max(0, tasks.size() - WebLimits.ATTACH_MAX),
                one.map(result -> chosen(visit, seat, result)),
                form,
                gone && summary.isEmpty()
                        ? visit.words().say(isDecidedHere(task) ? "attach.waits" : "attach.stale")
                        : summary,
                Cookies.fresh(inside.setting().entropy()));
        Frame frame = inside.frame(visit, visit.words().say("attach.title"), "rattacher");
        return Inside.page(
                gone && status == 200 ? 409 : status,
                (out, tags) -> JterattacherGenerated.render(out, tags, frame, view));
    }

    private Chosen chosen(Visit visit, Seat seat, WaitingResult result) {
        String typed = visit.query().text("q");
        PeopleSearch search = new PeopleSearch(inside, visit, seat);
        PersonQuery query = PersonQuery.of(typed.length() > WebLimits.QUERY_MAX ? "" : typed);
        PeopleSearch.Found found =
                !query.isEmpty() && !query.wrong() ? search.find(query) : likely(seat, search, result);
        return new Chosen(
                result,
                typed,
                found,
                found.refusal().map(why -> visit.words().refusal(why.code())).orElse(""));
    }

    /** Who bears one of the numbers the message gives, and who is alike. */
    private static PeopleSearch.Found likely(Seat seat, PeopleSearch search, WaitingResult result) {
        List<Trait> numbers = result.numbers();
        List<ResourceId> ids = numbers.isEmpty()
                ? List.of()
                : seat.care().findAny("Patient", numbers)
                                instanceof Outcome.Done<List<ResourceId>>(List<ResourceId> all)
                        ? all
                        : List.of();
        List<PersonLine> people = new ArrayList<>(search.several(ids).values());
        Optional<PeopleSearch.Traits> told = result.traits();
        if (told.isEmpty()) {
            return new PeopleSearch.Found(people, 0, Optional.empty());
        }
        PeopleSearch.Found alike = search.alike(told.get());
        people.replaceAll(line -> search.compared(line, told.get()));
        alike.people().stream()
                .filter(line -> people.stream().noneMatch(one -> one.id().equals(line.id())))
                .forEach(people::add);
        return new PeopleSearch.Found(people, alike.more(), alike.refusal());
    }

    // ---- what a person decides

    Reply taken(Visit visit, Seat seat) {
        if (!Deeds.mayAttach(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        Filled form = Filled.of(visit.form());
        boolean attaches = form.text("acte").equals("rattacher");
        if ((!attaches && !form.text("acte").equals("refuser")) || !Submissions.isName(form.text("envoi"))) {
            return inside.problem(visit, Code.BAD_PARAMETER);
        }
        // Two who decide on one message at once do so one after the other: the second is told what the first did.
        return seat.submissions()
                .once(
                        Submissions.name(visit, seat),
                        () -> inside.kept()
                                .alone(List.of(form.text("tache")), () -> decide(visit, seat, form, attaches)));
    }

    private Reply decide(Visit visit, Seat seat, Filled form, boolean attaches) {
        Words words = visit.words();
        String task = form.text("tache");
        if (isDecidedHere(task)) {
            return page(visit, seat, "", 409, form, words.say("attach.waits"));
        }
        Filled checked = form;
        if (!attaches && (form.text("motif").isEmpty() || form.text("motif").length() > WebLimits.REASON_MAX)) {
            checked = checked.wrong("motif", words.say("attach.missing.reason", WebLimits.REASON_MAX));
        }
        Optional<PersonLine> person =
                Inside.id(form.text("patient")).flatMap(id -> new PeopleSearch(inside, visit, seat).one(id));
        if (attaches && person.isEmpty()) {
            checked = checked.wrong("patient", words.say("admit.choose"));
        }
        if (!checked.isGood()) {
            return page(visit, seat, task, 422, checked, "");
        }
        Outcome<List<ResourceVersion>> latest =
                Inside.id(task).map(id -> seat.care().latest(List.of(id))).orElse(Outcome.done(List.of()));
        if (latest instanceof Outcome.Refused<List<ResourceVersion>>(Refusal refusal)) {
            return page(visit, seat, task, refusal.code().httpStatus(), form, words.refusal(refusal.code()));
        }
        Optional<ResourceVersion> waiting = ((Outcome.Done<List<ResourceVersion>>) latest)
                .value().stream()
                        .filter(WaitingResult::waits)
                        .filter(one -> form.text("version").equals(String.valueOf(one.version())))
                        .findFirst();
        Optional<WaitingResult> result = waiting.flatMap(one ->
                WaitingResult.of(inside, visit, seat, List.of(one)).stream().findFirst());
        if (waiting.isEmpty() || result.isEmpty()) {
            return page(
                    visit,
                    seat,
                    "",
                    409,
                    against(visit, form, ((Outcome.Done<List<ResourceVersion>>) latest).value(), person),
                    words.say("attach.stale"));
        }
        if (result.get().person().isEmpty()) {
            // Nobody can have seen what it says.
            return page(visit, seat, task, Code.UNAVAILABLE.httpStatus(), form, words.say("attach.closed"));
        }
        List<Change> changes = new ArrayList<>();
        changes.add(closed(visit, seat, waiting.get(), attaches ? "" : form.text("motif")));
        if (attaches) {
            Outcome<List<Change>> brought = inside.messages()
                    .changes(
                            result.get().message().toArray(),
                            person.orElseThrow().id(),
                            seat.care());
            if (brought instanceof Outcome.Refused<List<Change>>(Refusal refusal)) {
                return page(visit, seat, task, refusal.code().httpStatus(), form, words.refusal(refusal.code()));
            }
            ((Outcome.Done<List<Change>>) brought).value().forEach(change -> changes.add(signed(visit, seat, change)));
        }
        return written(visit, seat, form, changes, person.filter(_ -> attaches));
    }

    /** Who decided before and what, and what was to be decided here. */
    private Filled against(Visit visit, Filled form, List<ResourceVersion> latest, Optional<PersonLine> person) {
        Words words = visit.words();
        boolean attaches = form.text("acte").equals("rattacher");
        String typed = attaches
                ? words.say(
                        "attach.to",
                        person.map(one -> one.banner().nameWords(visit.language()))
                                .orElse(""))
                : words.say("attach.refuse.go") + ", " + form.text("motif");
        return latest.stream()
                .filter(one -> one.type().equals("Task"))
                .findFirst()
                .map(one -> form.against(Meanwhile.of(
                        inside, visit, Optional.empty(), one, form.text("version"), decided(words, one), typed)))
                .orElse(form);
    }

    private static List<ResourceVersion> task(Seat seat, Filled form) {
        return Inside.id(form.text("tache"))
                .flatMap(id -> seat.care().latest(List.of(id))
                                instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> found)
                        ? Optional.of(found)
                        : Optional.empty())
                .orElse(List.of());
    }

    private static String decided(Words words, ResourceVersion task) {
        Map<String, Object> json = JsonTree.glimpse(task.json()).orElse(Map.of());
        String reason = JsonTree.text(json, "statusReason", "text");
        return switch (JsonTree.text(json, "status")) {
            case "completed" -> words.say("attach.taken");
            case "rejected" -> words.say("attach.refused") + (reason.isEmpty() ? "" : " " + reason);
            default -> words.say("attach.waiting");
        };
    }

    private Reply written(Visit visit, Seat seat, Filled form, List<Change> changes, Optional<PersonLine> person) {
        Words words = visit.words();
        WriteResult result = seat.care().write(Transaction.clinical(changes).named(Submissions.name(visit, seat)));
        if (result instanceof WriteResult.Refused(Refusal refusal)) {
            boolean moved = refusal.code() == Code.VERSION_CONFLICT;
            return page(
                    visit,
                    seat,
                    form.text("tache"),
                    refusal.code().httpStatus(),
                    moved ? against(visit, form, task(seat, form), person) : form,
                    moved ? words.say("attach.stale") : words.refusal(refusal.code()));
        }
        if (result instanceof WriteResult.Waiting waiting) {
            WaitingMoves.versions(changes, waiting, visit.now()).stream()
                    .filter(one -> one.id().toString().equals(form.text("tache")))
                    .forEach(one -> inside.kept().writes().add(one.id(), List.of(one)));
        }
        String what = person.map(one -> words.say("attach.done", one.banner().nameWords(visit.language())))
                .orElse(words.say("attach.refused"));
        seat.tell(Notice.of(result, what, words));
        return Reply.to("/rattacher");
    }

    private Map<String, Object> author(Seat seat) {
        return Json.of(
                "type",
                "Practitioner",
                "identifier",
                Json.of("system", Json.BADGE, "value", seat.badge()),
                "display",
                Words.of(Language.FRENCH).badge(seat.badge()));
    }

    /** It waits no more. It still says nothing of who it is about: it stands in the house. */
    private Change closed(Visit visit, Seat seat, ResourceVersion task, String reason) {
        Map<String, Object> json =
                new LinkedHashMap<>(JsonTree.glimpse(task.json()).orElseThrow());
        json.put("status", reason.isEmpty() ? "completed" : "rejected");
        if (!reason.isEmpty()) {
            json.put("statusReason", Json.words(reason));
        }
        json.put("lastModified", Json.time(visit.now(), inside.setting().zone()));
        json.put("owner", author(seat));
        return Writing.update(task.id(), task.version(), json);
    }

    /** A report or document says who attached it and when; what it consists of hangs on it. */
    private Change signed(Visit visit, Seat seat, Change change) {
        return switch (change) {
            case Change.Create create ->
                new Change.Create(
                        FhirJson.resource(signed(
                                visit,
                                seat,
                                create.resource().type(),
                                create.resource().bytes())),
                        create.fullUrl(),
                        create.onlyIfNone(),
                        create.chosenId(),
                        create.elseRefused());
            case Change.Update update ->
                Writing.update(
                        update.id(),
                        update.version(),
                        signed(
                                visit,
                                seat,
                                update.resource().type(),
                                update.resource().bytes()));
            case Change.Delete delete -> delete;
        };
    }

    private Map<String, Object> signed(Visit visit, Seat seat, String type, byte[] bytes) {
        Map<String, Object> json = new LinkedHashMap<>(
                JsonTree.glimpse(trimaran.kernel.Bytes.wrap(bytes)).orElseThrow());
        if (type.equals("DiagnosticReport") || type.equals("DocumentReference")) {
            List<Object> extensions = new ArrayList<>(JsonTree.items(json, "extension"));
            extensions.add(Json.of(
                    "url",
                    ATTACHED,
                    "valueAnnotation",
                    Json.of(
                            "authorString",
                            Words.of(Language.FRENCH).badge(seat.badge()),
                            "time",
                            Json.time(visit.now(), inside.setting().zone()),
                            "text",
                            Words.of(Language.FRENCH).say("attach.by"))));
            json.put("extension", extensions);
        }
        return json;
    }
}
