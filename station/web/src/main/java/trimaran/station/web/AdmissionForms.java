package trimaran.station.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.Transaction.Change;
import trimaran.station.WardBoard;
import trimaran.station.WriteResult;

/** Admission: search first, choose or create, then a place and a reason; and whoever cannot say who they are, at once. */
final class AdmissionForms {

    /**
     * The page.
     *
     * @param chosen whether the search is done and somebody is to be chosen
     * @param summary what went wrong as a whole; empty for nothing
     * @param likely who may be meant
     * @param incomplete why that list may lack somebody
     * @param submission what this form calls itself
     */
    record View(
            boolean chosen,
            Filled form,
            String summary,
            PeopleSearch.Found likely,
            String incomplete,
            List<PlaceChoices.Ward> wards,
            String submission) {
        View {
            wards = List.copyOf(wards);
        }
    }

    /** What the form calls a patient nobody in the list is. */
    static final String NEW = "nouveau";

    /** A form nobody has filled in. */
    static final Form NOTHING = Form.NONE;

    /** Years a person may have lived. */
    static final int AGE_MAX = 125;

    /** How often a number that is somebody else's is drawn anew: chance alone makes the second taken, too. */
    private static final int ATTEMPTS = 3;

    private final Inside inside;

    AdmissionForms(Inside inside) {
        this.inside = inside;
    }

    private Optional<Reply> refused(Visit visit, Seat seat) {
        return Deeds.mayMove(seat.care().roles())
                ? Optional.empty()
                : Optional.of(inside.problem(visit, Code.ROLE_MISSING));
    }

    private static PlaceChoices places(Visit visit, Seat seat) {
        return new PlaceChoices(
                seat.care().wards() instanceof Outcome.Done<List<WardBoard>>(List<WardBoard> open) ? open : List.of(),
                visit.words());
    }

    /** An empty form, its place chosen where it was asked for from a bed or a ward. */
    Reply show(Visit visit, Seat seat) {
        Optional<Reply> no = refused(visit, seat);
        if (no.isPresent()) {
            return no.get();
        }
        PlaceChoices places = places(visit, seat);
        Optional<Form> draft = KeptForms.draft(inside, visit, seat);
        if (draft.isPresent()) {
            return KeptForms.shown(inside, visit, seat, again(visit, seat, Filled.of(draft.get()), places));
        }
        String place = visit.query().text("lit");
        if (place.isEmpty()) {
            place = places.first(visit.query().text("service"));
        }
        return page(visit, 200, false, Filled.of(new Form(Map.of("lieu", place))), "", Optional.empty(), places);
    }

    /** What was typed under a log-in that ended, on the page it was typed on. */
    private Reply again(Visit visit, Seat seat, Filled form, PlaceChoices places) {
        String summary = visit.words().say("form.draft");
        boolean chosen =
                form.text("acte").equals("entrer") && identity(visit, form).isGood();
        Optional<PeopleSearch.Found> likely =
                chosen ? Optional.of(new PeopleSearch(inside, visit, seat).alike(told(form))) : Optional.empty();
        return page(visit, 200, chosen, form, summary, likely, places);
    }

    private Reply page(
            Visit visit,
            int status,
            boolean chosen,
            Filled form,
            String summary,
            Optional<PeopleSearch.Found> likely,
            PlaceChoices places) {
        String submission = Submissions.isName(form.text("envoi"))
                ? form.text("envoi")
                : Cookies.fresh(inside.setting().entropy());
        PeopleSearch.Found found = likely.orElse(new PeopleSearch.Found(List.of(), 0, Optional.empty()));
        View view = new View(
                chosen,
                form,
                summary,
                found,
                found.refusal().map(why -> visit.words().refusal(why.code())).orElse(""),
                places.wards(),
                submission);
        Frame frame = inside.frame(visit, visit.words().say("admit.title"), "services");
        return Inside.page(status, (out, tags) -> JteadmettreGenerated.render(out, tags, frame, view));
    }

    Reply taken(Visit visit, Seat seat) {
        Optional<Reply> no = refused(visit, seat);
        if (no.isPresent()) {
            return no.get();
        }
        if (seat.care().wards() instanceof Outcome.Refused<List<WardBoard>>(Refusal refusal)) {
            return KeptForms.notOpened(inside, visit, seat, refusal);
        }
        Filled form = Filled.of(visit.form());
        return switch (form.text("acte")) {
            case "inconnu" ->
                MovementTurn.take(inside, visit, seat, () -> unknown(visit, seat, form, places(visit, seat)));
            case "entrer" -> MovementTurn.take(inside, visit, seat, () -> enter(visit, seat, form));
            case "revoir" -> page(visit, 200, false, form, "", Optional.empty(), places(visit, seat));
            default -> look(visit, seat, form);
        };
    }

    // ---- who

    private Reply look(Visit visit, Seat seat, Filled form) {
        Filled checked = identity(visit, form);
        PlaceChoices places = places(visit, seat);
        if (!checked.isGood()) {
            return page(visit, 422, false, checked, "", Optional.empty(), places);
        }
        PeopleSearch.Found likely = new PeopleSearch(inside, visit, seat).alike(told(checked));
        return page(visit, 200, true, checked, "", Optional.of(likely), places);
    }

    private Filled identity(Visit visit, Filled form) {
        Words words = visit.words();
        Filled checked = form;
        for (String field : List.of("nom", "prenom", "usage")) {
            boolean needed = !field.equals("usage");
            if (form.text(field).length() > WebLimits.NAME_MAX) {
                checked = checked.wrong(field, words.say("admit.long", WebLimits.NAME_MAX));
            } else if (needed && Trait.plain(form.text(field)).isEmpty()) {
                checked = checked.wrong(field, words.say("admit.missing." + field));
            }
        }
        Optional<LocalDate> birth = BirthDate.read(form.text("naissance"));
        LocalDate today = visit.now().atZone(inside.setting().zone()).toLocalDate();
        if (birth.isEmpty()) {
            checked = checked.wrong(
                    "naissance", words.say(form.text("naissance").isEmpty() ? "admit.missing.birth" : "when.day"));
        } else if (birth.get().isAfter(today) || birth.get().isBefore(today.minusYears(AGE_MAX))) {
            checked = checked.wrong("naissance", words.say("admit.birth.range"));
        }
        return form.text("sexe").matches("female|male|unknown")
                ? checked
                : checked.wrong("sexe", words.say("admit.missing.sex"));
    }

    private static PeopleSearch.Traits told(Filled form) {
        return new PeopleSearch.Traits(
                form.text("nom"),
                form.text("prenom").split("\\s+", 2)[0],
                BirthDate.read(form.text("naissance")).orElseThrow(),
                form.text("sexe"));
    }

    // ---- where and why

    private Filled place(Visit visit, Filled form, PlaceChoices places) {
        Optional<PlaceChoices.Place> place = places.place(form.text("lieu"));
        if (place.isEmpty()) {
            return form.wrong("lieu", visit.words().say("place.missing"));
        }
        return new TakenBed(inside, visit)
                .refusal(place.get())
                .map(no -> form.wrong("lieu", no))
                .orElse(form);
    }

    private Reply enter(Visit visit, Seat seat, Filled form) {
        PlaceChoices places = places(visit, seat);
        Filled checked = identity(visit, form);
        if (!checked.isGood()) {
            return page(visit, 422, false, checked, "", Optional.empty(), places);
        }
        checked = MovementTime.checked(
                place(visit, form, places), visit.now(), inside.setting().zone(), visit.words());
        if (form.text("motif").isEmpty() || form.text("motif").length() > WebLimits.REASON_MAX) {
            checked = checked.wrong("motif", visit.words().say("admit.missing.reason", WebLimits.REASON_MAX));
        }
        PeopleSearch search = new PeopleSearch(inside, visit, seat);
        PeopleSearch.Found likely = search.alike(told(form));
        String who = form.text("patient");
        Optional<ResourceId> known = Inside.id(who);
        Optional<PersonLine> person = known.flatMap(search::one);
        if (!who.equals(NEW) && person.isEmpty()) {
            checked = checked.wrong("patient", visit.words().say("admit.choose"));
        }
        Optional<WardBoard> there = known.flatMap(id -> WardPages.wardOf(places.boards(), id));
        if (there.isPresent()) {
            checked = checked.wrong(
                    "patient",
                    visit.words().say("admit.present", there.get().ward().name()));
        }
        if (known.flatMap(id -> WaitingMoves.of(inside, id)).isPresent()
                || (who.equals(NEW) && WaitingMoves.isMaking(inside, told(form)))) {
            checked = checked.wrong("patient", visit.words().say("wait.admitted"));
        }
        if (!checked.isGood() || !Submissions.isName(form.text("envoi"))) {
            return page(visit, 422, true, checked, "", Optional.of(likely), places);
        }
        return write(visit, seat, form, person.map(PersonLine::id), likely, places);
    }

    private Reply write(
            Visit visit,
            Seat seat,
            Filled form,
            Optional<ResourceId> known,
            PeopleSearch.Found likely,
            PlaceChoices places) {
        Numbers numbers = new Numbers(inside.setting().demo());
        PlaceChoices.Place place = places.place(form.text("lieu")).orElseThrow();
        WriteResult result = new WriteResult.Refused(Refusal.of(Code.BUSY, "not tried yet"));
        List<Change> changes = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            changes.clear();
            String patient = known.map(id -> "Patient/" + id).orElse(FhirJson.PATIENT_URL);
            if (known.isEmpty()) {
                String ipp = Numbers.freshIpp(inside.setting().entropy());
                changes.add(patient(NewPatient.known(form, told(form), ipp, numbers), ipp, numbers));
            }
            changes.add(stay(visit, form, patient, place, form.text("motif"), numbers));
            if (known.isEmpty()) {
                likely.people().stream()
                        .limit(WebLimits.PAIRS_MAX)
                        .forEach(other -> changes.add(pair(visit, patient, other)));
            }
            result = Writing.move(inside, seat.care(), changes, Submissions.name(visit, seat));
            if (!isTakenNumber(result)) {
                break;
            }
        }
        return answered(visit, seat, form, changes, result, known, place, likely);
    }

    /** The number drawn is somebody else's: another is drawn. */
    private static boolean isTakenNumber(WriteResult result) {
        return result instanceof WriteResult.Refused(Refusal refusal) && refusal.code() == Code.DUPLICATE;
    }

    private static Change patient(Map<String, Object> json, String ipp, Numbers numbers) {
        return new Change.Create(
                FhirJson.resource(json),
                FhirJson.PATIENT_URL,
                List.of(Trait.identifier(numbers.ippSystem(), ipp)),
                "",
                true);
    }

    private Change stay(
            Visit visit, Filled form, String patient, PlaceChoices.Place place, String reason, Numbers numbers) {
        String number = Numbers.freshStay(inside.setting().entropy());
        String at = MovementTime.fhir(
                MovementTime.of(form, visit.now(), inside.setting().zone()),
                inside.setting().zone());
        String unit = form.text("unite").isEmpty() ? place.ward() : form.text("unite");
        return new Change.Create(
                FhirJson.resource(StayChange.admitted(patient, number, numbers, place, at, reason, unit)),
                "urn:uuid:00000000-0000-4000-8000-000000000002",
                List.of(numbers.ofStay(number)),
                "",
                true);
    }

    /** <i>Identités à rapprocher</i>: names both by reference and says nothing of who they are, as the HL7 door leaves it. */
    private Change pair(Visit visit, String patient, PersonLine other) {
        return new Change.Create(FhirJson.resource(Json.of(
                "resourceType",
                "Task",
                "status",
                "requested",
                "intent",
                "proposal",
                "code",
                FhirJson.concept("urn:trimaran:task", "identities-to-compare"),
                "focus",
                Json.reference(patient),
                "authoredOn",
                MovementTime.fhir(visit.now(), inside.setting().zone()),
                "reasonCode",
                Json.of("text", other.isExact() ? "same names, birth date and sex" : "alike"),
                "input",
                Json.list(Json.of(
                        "type",
                        Json.of("text", "other"),
                        "valueReference",
                        Json.reference("Patient/" + other.id()))))));
    }

    private Reply answered(
            Visit visit,
            Seat seat,
            Filled form,
            List<Change> changes,
            WriteResult result,
            Optional<ResourceId> known,
            PlaceChoices.Place place,
            PeopleSearch.Found likely) {
        if (result instanceof WriteResult.Refused(Refusal refusal)) {
            PlaceChoices now = places(visit, seat);
            TakenBed bed = new TakenBed(inside, visit);
            Filled said = bed.said(form, refusal, now.place(form.text("lieu")));
            String summary = said.isGood() ? visit.words().refusal(refusal.code()) : "";
            boolean chosen = !form.text("acte").equals("inconnu");
            return page(visit, refusal.code().httpStatus(), chosen, said, summary, Optional.of(likely), now);
        }
        if (result instanceof WriteResult.Waiting waiting) {
            WaitingMoves.keep(inside.kept().writes(), changes, waiting, visit.now());
        }
        seat.tell(Notice.of(result, visit.words().say("admit.done", place.words()), visit.words()));
        // A record that waits in this station's outbox cannot be shown yet; the board says that something waits.
        Optional<ResourceId> patient =
                result instanceof WriteResult.Waiting ? Optional.empty() : known.or(() -> written(result));
        return Reply.to(patient.map(id -> "/patients/" + id)
                .orElse("/services/" + place.board().ward().id()));
    }

    private static Optional<ResourceId> written(WriteResult result) {
        List<WriteResult.Changed> changed = switch (result) {
            case WriteResult.Recorded recorded -> recorded.versions();
            case WriteResult.Waiting waiting -> waiting.versions();
            case WriteResult.Refused _ -> List.of();
        };
        return changed.stream()
                .filter(one -> one.type().equals("Patient"))
                .map(WriteResult.Changed::id)
                .findFirst();
    }

    // ---- who cannot say who they are

    private Reply unknown(Visit visit, Seat seat, Filled form, PlaceChoices places) {
        Filled checked = place(visit, form, places);
        String age = form.text("age");
        if (!age.isEmpty() && (!age.matches("[0-9]{1,3}") || Integer.parseInt(age) > AGE_MAX)) {
            checked = checked.wrong("age", visit.words().say("unknown.age", AGE_MAX));
        }
        if (!checked.isGood() || !Submissions.isName(form.text("envoi"))) {
            return page(visit, 422, false, checked, "", Optional.empty(), places);
        }
        Numbers numbers = new Numbers(inside.setting().demo());
        PlaceChoices.Place place = places.place(form.text("lieu")).orElseThrow();
        int year = visit.now().atZone(inside.setting().zone()).getYear();
        String born = age.isEmpty() ? "" : String.valueOf(year - Integer.parseInt(age));
        String sex = form.text("sexe").matches("female|male") ? form.text("sexe") : "unknown";
        String ipp = Numbers.freshIpp(inside.setting().entropy());
        String code = NewPatient.code(inside.setting().entropy());
        List<Change> changes = List.of(
                patient(NewPatient.unknown(code, sex, born, ipp, numbers), ipp, numbers),
                stay(
                        visit,
                        Filled.of(Form.NONE),
                        FhirJson.PATIENT_URL,
                        place,
                        visit.words().say("unknown.reason"),
                        numbers));
        WriteResult result = Writing.move(inside, seat.care(), changes, Submissions.name(visit, seat));
        return answered(
                visit,
                seat,
                form,
                changes,
                result,
                Optional.empty(),
                place,
                new PeopleSearch.Found(List.of(), 0, Optional.empty()));
    }
}
