package trimaran.station.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;

/** The forms of a record: {@code /patients/<id>/<act>}. Each is shown by GET and taken by POST. */
final class BedsideForms {

    /** One form of one act. */
    interface Sheet {

        Reply show(Ground ground);

        Reply take(Ground ground);
    }

    /** The fields that say what a form is about: a prescription, its dose, a medicine. */
    private static final List<String> SUBJECT = List.of("p", "a", "m");

    private final Inside inside;
    private final PatientPages patients;
    private final Map<Act, Sheet> sheets;

    BedsideForms(Inside inside, PatientPages patients) {
        this.inside = inside;
        this.patients = patients;
        Writing writing = new Writing(inside);
        DoseForm dose = new DoseForm(patients, writing);
        this.sheets = Map.of(
                Act.PRESCRIBE, new PrescribeForm(writing),
                Act.STOP, new StopForm(patients, writing),
                Act.GIVE, dose,
                Act.UNDO, new UndoForm(inside, patients, writing),
                Act.MEASURE, new VitalsForm(writing),
                Act.NOTE, new NoteForm(writing));
    }

    private record Place(ResourceId patient, Act act) {}

    private static Optional<Place> place(String path) {
        List<String> steps = List.of(path.substring(1).split("/", -1));
        if (steps.size() != 3 || !steps.getFirst().equals("patients")) {
            return Optional.empty();
        }
        Optional<ResourceId> patient = Inside.id(steps.get(1));
        Optional<Act> act = Act.of(steps.get(2));
        return patient.isPresent() && act.isPresent()
                ? Optional.of(new Place(patient.get(), act.get()))
                : Optional.empty();
    }

    static boolean isForm(String path) {
        return place(path).isPresent();
    }

    /** The page of a form, with what its person was typing when their log-in ended. */
    Reply shown(Visit visit, Seat seat) {
        Optional<Place> place = place(visit.path());
        if (place.isEmpty() || place.get().act() == Act.UNDO) {
            return inside.problem(visit, Code.NOT_FOUND);
        }
        if (!place.get().act().isOpenTo(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        Drafts drafts = inside.kept().drafts();
        Optional<Form> draft = drafts.peek(seat.badge(), visit.path()).filter(kept -> isOfSame(visit.query(), kept));
        Entered entered = Entered.of(draft.orElse(visit.query()), visit.words());
        if (draft.isPresent()) {
            entered.refuse(visit.words().say("form.draft"));
        }
        Reply reply = on(visit, seat, place.get(), entered, "", Sheet::show);
        if (draft.isPresent() && reply.status() == 200) {
            drafts.take(seat.badge(), visit.path());
        }
        return reply;
    }

    /** A link to one prescription, one dose or one medicine is not answered with what was typed about another. */
    private static boolean isOfSame(Form query, Form draft) {
        return SUBJECT.stream().allMatch(name -> query.text(name).isEmpty())
                || SUBJECT.stream().allMatch(name -> query.text(name).equals(draft.text(name)));
    }

    /** A form that came. */
    Reply taken(Visit visit) {
        Optional<Place> place = place(visit.path());
        if (visit.seat().isEmpty()) {
            return Inside.toLogIn(visit);
        }
        if (place.isEmpty()) {
            return inside.problem(visit, Code.METHOD_NOT_ALLOWED);
        }
        Seat seat = visit.seat().get();
        seat.touch(inside.setting().nanos().getAsLong());
        if (!place.get().act().isOpenTo(seat.care().roles())) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        String input = Submissions.name(visit, seat);
        ReentrantLock lock = inside.kept().lock(place.get().patient());
        lock.lock();
        try {
            Optional<String> before = inside.kept().before(input);
            if (before.isPresent()) {
                return Reply.to(before.get());
            }
            Entered entered = Entered.of(visit.form(), visit.words());
            Reply reply = on(visit, seat, place.get(), entered, input, Sheet::take);
            String to = reply.headers().getOrDefault("Location", "");
            if (reply.status() == 303 && to.startsWith("/patients/")) {
                inside.kept().took(input, to);
                inside.kept().drafts().take(seat.badge(), visit.path());
            }
            return reply;
        } finally {
            lock.unlock();
        }
    }

    private interface Step {
        Reply of(Sheet sheet, Ground ground);
    }

    private Reply on(Visit visit, Seat seat, Place place, Entered entered, String input, Step step) {
        return switch (patients.open(visit, seat, place.patient(), place.act().tab())) {
            case Outcome.Refused<PatientPages.Opened>(Refusal refusal) -> {
                boolean ended = refusal.code() == Code.SESSION_ENDED || refusal.code() == Code.SESSION_UNKNOWN;
                if (ended && visit.isPost()) {
                    inside.kept().drafts().keep(seat.badge(), visit.path(), visit.form());
                    inside.lock(seat, visit.now());
                    yield Inside.toLogIn(visit).cookie(Cookies.drop(Cookies.SEAT, visit.secure()));
                }
                yield KeptForms.notOpened(inside, visit, seat, refusal);
            }
            case Outcome.Done<PatientPages.Opened>(PatientPages.Opened opened)
            when !opened.record().may(place.act()) ->
                KeptForms.notOpened(
                        inside, visit, seat, Refusal.of(Code.UNAVAILABLE, "only the ward's copy shows this record"));
            case Outcome.Done<PatientPages.Opened>(PatientPages.Opened opened) -> {
                Map<String, String> fresh =
                        Map.of("demande", inside.setting().entropy().nonce().hex());
                Ground ground = new Ground(
                        inside,
                        visit,
                        seat,
                        place.patient(),
                        opened.record(),
                        opened.resources(),
                        entered.or(fresh),
                        input);
                yield step.of(java.util.Objects.requireNonNull(sheets.get(place.act())), ground);
            }
        };
    }
}
