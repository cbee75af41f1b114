package trimaran.station.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction.Change;
import trimaran.station.WardBoard;
import trimaran.station.WriteResult;

/** What becomes of one stay: arrival, transfer, two beds changed over, discharge, and taking the last of these back. */
final class MovementForms {

    /**
     * The page.
     *
     * @param stay the Encounter's id; empty if there is none to move
     * @param version of it, as this page was made of
     * @param place where the patient is, in words
     * @param others with whom a bed can be changed over
     */
    record View(
            PatientPages.Dossier record,
            Filled form,
            String summary,
            String stay,
            long version,
            String status,
            Optional<StayChange.Last> last,
            String place,
            List<PlaceChoices.Ward> wards,
            List<PlaceChoices.Choice> others,
            String submission) {
        View {
            wards = List.copyOf(wards);
            others = List.copyOf(others);
        }

        /** When the patient is to leave, in words; empty if nobody says. */
        String leaving() {
            return record.chart()
                    .stay()
                    .flatMap(one -> one.expectedEnd())
                    .map(time -> time.words(record.zone()))
                    .orElse("");
        }

        boolean isExpected() {
            return status.equals("planned");
        }

        /** Whether one waits to be shared: until then no other is taken. */
        boolean waits() {
            return record.waiting().isPresent();
        }

        boolean isPresent() {
            return !isExpected() && !status.equals("finished") && !stay.isEmpty();
        }
    }

    /** All that is asked about one form. */
    private record Asked(Visit visit, Seat seat, ResourceId patient, PatientPages.Opened opened, PlaceChoices places) {

        List<ResourceVersion> all() {
            return opened.resources();
        }

        PatientPages.Dossier record() {
            return opened.record();
        }
    }

    private final Inside inside;
    private final PatientPages patients;

    MovementForms(Inside inside, PatientPages patients) {
        this.inside = inside;
        this.patients = patients;
    }

    private Outcome<Asked> asked(Visit visit, Seat seat, ResourceId patient) {
        if (inside.copyOf(seat, patient).isPresent()) {
            // Whether the bed is free nobody can tell here.
            return Outcome.refused(Code.UNAVAILABLE, "only the ward's copy shows this stay");
        }
        List<WardBoard> boards =
                seat.care().wards() instanceof Outcome.Done<List<WardBoard>>(List<WardBoard> open) ? open : List.of();
        return patients.open(visit, seat, patient, PatientPages.Tab.STAYS)
                .map(opened -> new Asked(visit, seat, patient, opened, new PlaceChoices(boards, visit.words())));
    }

    Reply show(Visit visit, Seat seat, ResourceId patient) {
        // While one waits no other can be filled in: what was typed of it is kept on.
        boolean waits = WaitingMoves.of(inside, patient).isPresent();
        Optional<Form> draft = waits ? Optional.empty() : KeptForms.draft(inside, visit, seat);
        String summary = draft.isPresent() ? visit.words().say("form.draft") : "";
        Reply reply =
                asked(visit, seat, patient, asked -> page(asked, 200, Filled.of(draft.orElse(Form.NONE)), summary));
        return draft.isPresent() ? KeptForms.shown(inside, visit, seat, reply) : reply;
    }

    private Reply asked(Visit visit, Seat seat, ResourceId patient, java.util.function.Function<Asked, Reply> then) {
        if (!Deeds.mayMove(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        return switch (asked(visit, seat, patient)) {
            case Outcome.Refused<Asked>(Refusal refusal) -> KeptForms.notOpened(inside, visit, seat, refusal);
            case Outcome.Done<Asked>(Asked asked) -> then.apply(asked);
        };
    }

    Reply taken(Visit visit, Seat seat, ResourceId patient) {
        Filled form = Filled.of(visit.form());
        return MovementTurn.take(
                inside,
                visit,
                seat,
                Optional.of(patient),
                () -> asked(visit, seat, patient, asked -> act(asked, form)));
    }

    private Reply page(Asked asked, int status, Filled form, String summary) {
        Optional<CurrentStay> stay = CurrentStay.of(asked.all());
        PatientPages.Dossier record = asked.record();
        Optional<WardBoard> ward = WardPages.wardOf(asked.places().boards(), asked.patient());
        Words words = asked.visit().words();
        View shown = new View(
                record,
                form,
                summary,
                stay.map(one -> one.version().id().toString()).orElse(""),
                stay.map(one -> one.version().version()).orElse(0L),
                stay.map(CurrentStay::status).orElse(""),
                stay.flatMap(one -> StayChange.last(one.json())),
                stay.map(one -> one.where(asked.places(), words)).orElse(""),
                stay.isPresent() ? asked.places().wards() : List.of(),
                stay.isPresent()
                        ? Neighbours.of(inside, asked.visit(), asked.seat(), asked.patient(), ward)
                        : List.of(),
                Cookies.fresh(inside.setting().entropy()));
        String title = record.name(words.language()) + ", " + words.say("move.title");
        Frame frame = inside.frame(asked.visit(), title, "patients").asBedside();
        return Inside.page(status, (out, tags) -> JtemouvementGenerated.render(out, tags, frame, shown));
    }

    // ---- what is to be done

    private Reply act(Asked asked, Filled form) {
        Optional<CurrentStay> stay = CurrentStay.of(asked.all())
                .filter(one -> one.version().id().toString().equals(form.text("sejour")));
        Optional<WaitingMoves.Move> waits = WaitingMoves.of(inside, asked.patient());
        if (waits.isPresent()) {
            inside.kept()
                    .drafts()
                    .keep(
                            asked.seat().badge(),
                            asked.visit().path(),
                            asked.visit().form());
            return page(asked, 409, form, asked.visit().words().say("wait.refused"));
        }
        if (stay.isEmpty()
                || !Submissions.isName(form.text("envoi"))
                || !form.text("version")
                        .equals(String.valueOf(stay.get().version().version()))) {
            return stale(asked, 409, form);
        }
        Filled checked = MovementTime.checked(
                form,
                asked.visit().now(),
                inside.setting().zone(),
                asked.visit().words());
        return switch (form.text("acte")) {
            case "transfert", "arrivee" -> transfer(asked, checked, stay.get());
            case "echange" -> swap(asked, checked, stay.get());
            case "sortie" -> discharge(asked, checked, stay.get());
            case "prevoir" -> foresee(asked, form, stay.get());
            case "annuler" -> takeBack(asked, form, stay.get());
            default -> inside.problem(asked.visit(), Code.BAD_PARAMETER);
        };
    }

    /** Who changed what meanwhile, how it stands now, and what was typed. */
    private Reply stale(Asked asked, int status, Filled form) {
        Words words = asked.visit().words();
        // Of the stay the form was made of, which may be cancelled by now, and another one in its place.
        Optional<CurrentStay> stay =
                CurrentStay.named(asked.all(), form.text("sejour")).or(() -> CurrentStay.of(asked.all()));
        if (stay.isEmpty()) {
            return page(asked, status, form, words.say("move.none"));
        }
        String typed = MovementWords.typed(form, asked.places(), words);
        Meanwhile meanwhile = meanwhile(asked, stay.get(), form.text("version"), typed);
        boolean over = CurrentStay.of(asked.all()).isEmpty();
        return page(asked, status, form.against(meanwhile), words.say(over ? "move.none" : "move.stale"));
    }

    private Meanwhile meanwhile(Asked asked, CurrentStay stay, String seen, String typed) {
        Optional<ResourceId> patient = Optional.of(asked.patient());
        String where = stay.where(asked.places(), asked.visit().words());
        return Meanwhile.of(inside, asked.visit(), patient, stay.version(), seen, where, typed);
    }

    private Filled notBefore(Asked asked, Filled form, CurrentStay stay) {
        Visit visit = asked.visit();
        return MovementTime.notBefore(form, stay, visit.now(), inside.setting().zone(), visit.words());
    }

    private String at(Asked asked, Filled form) {
        return MovementTime.fhir(
                MovementTime.of(form, asked.visit().now(), inside.setting().zone()),
                inside.setting().zone());
    }

    private Reply transfer(Asked asked, Filled form, CurrentStay stay) {
        Words words = asked.visit().words();
        boolean expected = stay.status().equals("planned");
        Filled checked = expected ? form : notBefore(asked, form, stay);
        Optional<PlaceChoices.Place> place = asked.places().place(form.text("lieu"));
        if (place.isEmpty()) {
            checked = checked.wrong("lieu", words.say("place.missing"));
        } else if (!expected
                && StayChange.place(stay.json()).equals(place.get().id().toString())) {
            checked = checked.wrong("lieu", words.say("move.same"));
        } else {
            Optional<String> no = new TakenBed(inside, asked.visit()).refusal(place.get());
            checked = no.isPresent() ? checked.wrong("lieu", no.get()) : checked;
        }
        if (!checked.isGood()) {
            return page(asked, 422, checked, "");
        }
        String key = expected ? "move.done.arrive" : "move.done.transfer";
        return write(
                asked,
                form,
                List.of(update(stay, StayChange.moved(stay.json(), place.orElseThrow(), at(asked, form)))),
                words.say(key, place.orElseThrow().words()),
                false);
    }

    private Reply swap(Asked asked, Filled form, CurrentStay stay) {
        Words words = asked.visit().words();
        Filled checked = notBefore(asked, form, stay);
        Optional<SwapPartner> named = SwapPartner.of(asked.seat(), form);
        Optional<PlaceChoices.Place> mine = asked.places().place(StayChange.place(stay.json()));
        if (named.isEmpty() || mine.isEmpty()) {
            return page(asked, 422, checked.wrong("avec", words.say("move.swap.missing")), "");
        }
        SwapPartner other = named.get();
        Optional<PlaceChoices.Place> there = asked.places().place(other.bed());
        if (WaitingMoves.of(inside, other.patient()).isPresent()) {
            checked = checked.wrong("avec", words.say("wait.other"));
        } else if (there.isEmpty()) {
            checked = checked.wrong("avec", words.say("move.swap.missing"));
        } else if (!other.isThere()) {
            String typed = MovementWords.typed(form, asked.places(), words);
            checked = checked.wrong("avec", words.say("move.swap.gone"));
            checked = other.moved(inside, asked.visit(), asked.seat(), asked.places(), typed)
                    .map(checked::against)
                    .orElse(checked);
        } else {
            checked = notBefore(asked, checked, other.stay().orElseThrow());
        }
        if (!checked.isGood()) {
            return page(asked, 422, checked, "");
        }
        String at = at(asked, form);
        CurrentStay theirs = other.stay().orElseThrow();
        return write(
                asked,
                form,
                List.of(
                        update(stay, StayChange.moved(stay.json(), there.orElseThrow(), at)),
                        update(theirs, StayChange.moved(theirs.json(), mine.get(), at))),
                words.say("move.done.swap"),
                false);
    }

    private Reply discharge(Asked asked, Filled form, CurrentStay stay) {
        Filled checked = notBefore(asked, form, stay);
        if (!checked.isGood()) {
            return page(asked, 422, checked, "");
        }
        String to = form.text("vers");
        return write(
                asked,
                form,
                List.of(update(
                        stay,
                        StayChange.discharged(
                                stay.json(), at(asked, form), MovementWords.DISPOSITIONS.containsKey(to) ? to : ""))),
                asked.visit().words().say("move.done.discharge"),
                true);
    }

    private Reply foresee(Asked asked, Filled form, CurrentStay stay) {
        Words words = asked.visit().words();
        ZoneId zone = inside.setting().zone();
        if (!stay.isPresent()) {
            return stale(asked, 409, form);
        }
        Filled checked = LeavingForm.checked(form, asked.visit().now(), zone, words);
        if (!checked.isGood()) {
            return page(asked, 422, checked, "");
        }
        Optional<Instant> at = LeavingForm.of(form, zone);
        String fhir = at.map(moment -> MovementTime.fhir(moment, zone)).orElse("");
        String what = at.map(moment -> words.say(
                        "leave.done",
                        new Clock(zone, words).since(moment, asked.visit().now())))
                .orElse(words.say("leave.none"));
        return write(asked, form, List.of(update(stay, StayChange.leaving(stay.json(), fhir))), what, false);
    }

    private Reply takeBack(Asked asked, Filled form, CurrentStay stay) {
        Optional<StayChange.Last> last = StayChange.last(stay.json());
        if (last.isEmpty()) {
            return stale(asked, 409, form);
        }
        String now = MovementTime.fhir(asked.visit().now(), inside.setting().zone());
        Map<String, Object> before = StayChange.takenBack(stay.json(), now);
        boolean leaves = last.get() == StayChange.Last.ADMISSION || last.get() == StayChange.Last.ARRIVAL;
        Optional<String> taken = leaves
                ? Optional.empty()
                : asked.places()
                        .place(StayChange.place(before))
                        .flatMap(place -> new TakenBed(inside, asked.visit()).refusal(place));
        if (taken.isPresent()) {
            return page(asked, 422, form, taken.get());
        }
        String key = "move.done.undo." + last.get().name().toLowerCase(java.util.Locale.ROOT);
        return write(
                asked,
                form,
                List.of(update(stay, before)),
                asked.visit().words().say(key),
                false);
    }

    private static Change update(CurrentStay stay, Map<String, Object> json) {
        return new Change.Update(stay.version().id(), stay.version().version(), FhirJson.resource(json), "");
    }

    /** @param leaves whether the patient is not in the ward afterwards: the board is shown then */
    private Reply write(Asked asked, Filled form, List<Change> changes, String what, boolean leaves) {
        Optional<WardBoard> ward = WardPages.wardOf(asked.places().boards(), asked.patient());
        WriteResult result =
                Writing.move(inside, asked.seat().care(), changes, Submissions.name(asked.visit(), asked.seat()));
        if (result instanceof WriteResult.Refused(Refusal refusal)) {
            return refused(asked, form, refusal);
        }
        if (result instanceof WriteResult.Waiting waiting) {
            WaitingMoves.keep(
                    inside.kept().writes(), changes, waiting, asked.visit().now());
        }
        asked.seat().tell(Notice.of(result, what, asked.visit().words()));
        return Reply.to(
                leaves && ward.isPresent()
                        ? "/services/" + ward.get().ward().id()
                        : "/patients/" + asked.patient() + "/sejours");
    }

    private Reply refused(Asked before, Filled form, Refusal refusal) {
        return asked(before.visit(), before.seat(), before.patient(), now -> {
            boolean moved = refusal.code() == Code.VERSION_CONFLICT || refusal.code() == Code.PREMISE_MOVED;
            Filled said = new TakenBed(inside, now.visit())
                    .said(form, refusal, now.places().place(form.text("lieu")));
            int status = refusal.code().httpStatus();
            return moved
                    ? stale(now, status, said)
                    : page(
                            now,
                            status,
                            said,
                            said.isGood() ? now.visit().words().refusal(refusal.code()) : "");
        });
    }
}
