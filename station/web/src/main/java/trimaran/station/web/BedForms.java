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
import trimaran.station.BedPlace;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;

/**
 * What an empty bed is fit for, set by the ward: ready, to be cleaned, or blocked and why (R4 Location.operationalStatus, HL7 table
 * 0116). Who lies in a bed is said by nobody here: that follows from stays.
 */
final class BedForms {

    /** What can be said of a bed; codes of HL7 table 0116. */
    enum Choice {
        READY("pret", "U", "Unoccupied", false),
        CLEAN("nettoyer", "H", "Housekeeping", false),
        DISINFECT("desinfecter", "K", "Contaminated", false),
        BROKEN("panne", "C", "Closed", true),
        ISOLATED("isolement", "I", "Isolated", true),
        WORKS("travaux", "C", "Closed", true),
        STAFF("personnel", "C", "Closed", true),
        OTHER("autre", "C", "Closed", true);

        private final String word;
        private final String code;
        private final String display;
        private final boolean blocked;

        Choice(String word, String code, String display, boolean blocked) {
            this.word = word;
            this.code = code;
            this.display = display;
            this.blocked = blocked;
        }

        String word() {
            return word;
        }

        String key() {
            return "bed.set." + word;
        }

        /** Whether nobody is to be laid there. */
        boolean isBlocked() {
            return blocked;
        }

        static Optional<Choice> of(String word) {
            return List.of(values()).stream()
                    .filter(one -> one.word.equals(word))
                    .findFirst();
        }
    }

    /**
     * The page.
     *
     * @param bed its id
     * @param state what it is now, in words
     * @param taken whether somebody lies there: then nothing is set
     */
    record View(
            String ward,
            String href,
            String bed,
            String name,
            String state,
            boolean taken,
            long version,
            Filled form,
            String summary,
            String submission) {}

    /** A bed, and the Location it stands in. */
    private record Found(WardBoard board, WardBoard.Bed bed, ResourceVersion location) {}

    private static final String BED_NOTE = "urn:trimaran:bed-note";
    private static final String STATES = "http://terminology.hl7.org/CodeSystem/v2-0116";

    private final Inside inside;

    BedForms(Inside inside) {
        this.inside = inside;
    }

    Reply show(Visit visit, Seat seat, ResourceId ward) {
        return found(
                visit,
                seat,
                ward,
                visit.query().text("lit"),
                found -> page(visit, found, 200, Filled.of(Form.NONE), ""));
    }

    private Reply found(
            Visit visit, Seat seat, ResourceId ward, String bed, java.util.function.Function<Found, Reply> then) {
        if (!Deeds.maySetBeds(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        Optional<ResourceId> id = Inside.id(bed);
        if (id.isEmpty()) {
            return inside.problem(visit, Code.NOT_FOUND);
        }
        Outcome<Found> found = seat.care()
                .ward(ward)
                .then(board -> board.bed(id.get())
                        .map(place -> seat.care()
                                .latest(List.of(id.get()))
                                .then(all -> all.stream()
                                        .filter(one -> one.type().equals("Location"))
                                        .findFirst()
                                        .map(location -> Outcome.done(new Found(board, place, location)))
                                        .orElse(Outcome.refused(Code.NOT_FOUND, "the bed is no Location"))))
                        .orElse(Outcome.refused(Code.NOT_FOUND, "the ward has no such bed")));
        return switch (found) {
            case Outcome.Refused<Found>(Refusal refusal) -> KeptForms.notOpened(inside, visit, seat, refusal);
            case Outcome.Done<Found>(Found one) -> then.apply(one);
        };
    }

    private Reply page(Visit visit, Found found, int status, Filled form, String summary) {
        Words words = visit.words();
        BedPlace place = found.bed().place();
        View view = new View(
                found.board().ward().name(),
                "/services/" + found.board().ward().id(),
                place.id().toString(),
                Places.bedName(place),
                state(words, found.bed()),
                !found.bed().lying().isEmpty(),
                found.location().version(),
                form,
                summary,
                Cookies.fresh(inside.setting().entropy()));
        Frame frame = inside.frame(visit, words.say("bed.set.title", view.name()), "services")
                .asBedside();
        return Inside.page(status, (out, tags) -> JtelitGenerated.render(out, tags, frame, view));
    }

    private static String state(Words words, WardBoard.Bed bed) {
        if (!bed.lying().isEmpty()) {
            return words.say("bed.set.taken");
        }
        String state = switch (bed.place().state()) {
            case READY -> words.say("bed.free");
            case TO_CLEAN -> words.say("bed.clean");
            case CLOSED -> words.say("bed.closed");
            case OTHER -> bed.place().stateWords();
        };
        return bed.place().note().isEmpty() ? state : state + ", " + bed.place().note();
    }

    // ---- what is said of it

    Reply taken(Visit visit, Seat seat, ResourceId ward) {
        Filled form = Filled.of(visit.form());
        return seat.submissions()
                .once(
                        Submissions.name(visit, seat),
                        () -> found(visit, seat, ward, form.text("lit"), found -> set(visit, seat, form, found)));
    }

    private Reply set(Visit visit, Seat seat, Filled form, Found found) {
        Words words = visit.words();
        if (!found.bed().lying().isEmpty()
                || !form.text("version").equals(String.valueOf(found.location().version()))) {
            return stale(visit, form, found);
        }
        Optional<Choice> choice = Choice.of(form.text("etat"));
        Filled checked = choice.isPresent() ? form : form.wrong("etat", words.say("bed.set.missing"));
        if (form.text("note").length() > WebLimits.WORD_MAX) {
            checked = checked.wrong("note", words.say("admit.long", WebLimits.WORD_MAX));
        }
        boolean unsaid = choice.filter(one -> one == Choice.OTHER).isPresent()
                && form.text("note").isEmpty();
        if (unsaid) {
            checked = checked.wrong("note", words.say("bed.set.why"));
        }
        if (!checked.isGood() || !Submissions.isName(form.text("envoi"))) {
            return page(visit, found, 422, checked, "");
        }
        WriteResult result = Writing.move(
                inside,
                seat.care(),
                List.of(Writing.update(
                        found.location().id(),
                        found.location().version(),
                        changed(found.location(), choice.orElseThrow(), form.text("note")))),
                Submissions.name(visit, seat));
        if (result instanceof WriteResult.Refused(Refusal refusal)) {
            return refusal.code() == Code.VERSION_CONFLICT
                    ? found(visit, seat, found.board().ward().id(), form.text("lit"), now -> stale(visit, form, now))
                    : page(visit, found, refusal.code().httpStatus(), form, words.refusal(refusal.code()));
        }
        String what = words.say(
                "bed.set.done",
                Places.bedName(found.bed().place()),
                words.say(choice.orElseThrow().key()));
        seat.tell(Notice.of(result, what, words));
        return Reply.to("/services/" + found.board().ward().id());
    }

    /** Who changed it meanwhile, how it is now, and what was to be said of it. */
    private Reply stale(Visit visit, Filled form, Found now) {
        Words words = visit.words();
        String choice =
                Choice.of(form.text("etat")).map(one -> words.say(one.key())).orElse("");
        String note = form.text("note");
        Meanwhile meanwhile = Meanwhile.of(
                inside,
                visit,
                Optional.empty(),
                now.location(),
                form.text("version"),
                state(words, now.bed()),
                choice.isEmpty() || note.isEmpty() ? choice + note : choice + ", " + note);
        return page(visit, now, 409, form.against(meanwhile), words.say("bed.set.stale"));
    }

    /** The bed as it is now; why it cannot be used is a note of the house, in the language of the record. */
    static Map<String, Object> changed(ResourceVersion location, Choice choice, String note) {
        Map<String, Object> json =
                new LinkedHashMap<>(JsonTree.glimpse(location.json()).orElseThrow());
        json.put("status", choice.code.equals("C") ? "suspended" : "active");
        json.put("operationalStatus", Json.of("system", STATES, "code", choice.code, "display", choice.display));
        List<Object> extensions = new ArrayList<>();
        JsonTree.items(json, "extension").stream()
                .filter(one -> !JsonTree.text(one, "url").equals(BED_NOTE))
                .forEach(extensions::add);
        String reason = choice == Choice.OTHER || choice == Choice.READY || choice == Choice.CLEAN
                ? ""
                : Words.of(Language.FRENCH).say(choice.key());
        String why = reason.isEmpty() || note.isEmpty() ? reason + note : reason + ", " + note;
        if (!why.isEmpty()) {
            extensions.add(Json.of("url", BED_NOTE, "valueString", why));
        }
        json.remove("extension");
        if (!extensions.isEmpty()) {
            json.put("extension", extensions);
        }
        return json;
    }
}
