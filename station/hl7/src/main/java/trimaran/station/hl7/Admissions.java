package trimaran.station.hl7;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.ResourceId;

/** Admissions, movements, discharges and what corrects them (PAM France 2.11, ITI-31), as changes of one Encounter. */
final class Admissions {

    /** Events whose PID may change who the patient is; a transfer's repeats it only. */
    private static final Set<String> TELL_IDENTITY = Set.of("A01", "A04", "A05");

    private final Message message;
    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;
    private final Identities identities;
    private final MovementReading reading;

    Admissions(
            Message message,
            Lookups lookups,
            Draft draft,
            List<Fault> faults,
            Identities identities,
            MovementReading reading) {
        this.message = message;
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
        this.identities = identities;
        this.reading = reading;
    }

    /** What the stay is known by. */
    static Optional<Identifiers.Identifier> visit(Message message, List<Fault> faults) {
        Optional<Segment> pv1 = message.first("PV1");
        Optional<Identifiers.Identifier> venue = pv1.flatMap(one -> Identifiers.first(message, one, 19));
        if (venue.isPresent()) {
            return venue;
        }
        Optional<Identifiers.Identifier> account =
                message.first("PID").flatMap(pid -> Identifiers.first(message, pid, 18));
        Fault.Said wanted = account.isPresent()
                ? Fault.Said.of(
                        "le numéro de venue ; le numéro de dossier (PID-18) en tient lieu",
                        "the visit number; the account number (PID-18) stands for it")
                : Fault.Said.of("le numéro de venue", "the visit number");
        Place place = Place.of("PV1", 19);
        faults.add(
                account.isPresent()
                        ? Fault.warning(Fault.Kind.REQUIRED, place, wanted, "")
                        : Fault.required(place, wanted));
        return account;
    }

    /** Reads all of it first, so that every error is told at once; writes nothing if there is one. */
    void carryOut(Patients said) throws StoppedException {
        Optional<Identifiers.Identifier> visit = visit(message, faults);
        Optional<MovementReading.Told> told = reading.read();
        if (visit.isEmpty() || told.isEmpty() || hasError()) {
            return;
        }
        Identities.Found patient = identities.identify(said, TELL_IDENTITY.contains(message.event()));
        Optional<Lookups.Stored> stay = stay(visit.get(), patient);
        Places places = new Places(lookups, draft, faults);
        Optional<Map<String, Object>> known = stay.map(Lookups.Stored::json);
        Course before = places.found(Stays.course(known));
        if (known.isPresent()) {
            before = Elsewhere.seen(known.get(), before, told.get().movement().at());
        }
        Course course = places.found(applied(before, told.get()));
        compare(course, told.get());
        if (course.outline().odd()) {
            faults.add(Fault.warning(
                    Fault.Kind.FLAGGED,
                    Place.of("ZBE", 2),
                    Fault.Said.of(
                            "des mouvements dans un ordre possible : entrée, mutations, sortie",
                            "movements in a possible order: admission, transfers, discharge"),
                    message.event()));
        }
        var encounter = new Stays(message)
                .encounter(
                        known,
                        before,
                        course,
                        known.map(json -> Json.text(json, "subject", "reference"))
                                .orElse(patient.reference()),
                        List.of(visit.get()));
        if (stay.isPresent()) {
            draft.update(stay.get(), encounter);
        } else {
            draft.create(
                    encounter, takenByAnother ? List.of() : List.of(visit.get().trait()));
        }
    }

    private boolean hasError() {
        return faults.stream().anyMatch(one -> one.severity() == Fault.Severity.ERROR);
    }

    private boolean takenByAnother;

    /** The stay of this number; another patient's is left alone, and that is said. */
    private Optional<Lookups.Stored> stay(Identifiers.Identifier visit, Identities.Found patient)
            throws StoppedException {
        Optional<ResourceId> first = lookups.find("Encounter", visit.trait());
        Optional<Lookups.Stored> stored = first.isPresent() ? lookups.stored(first.get()) : Optional.empty();
        if (stored.isEmpty() || isOf(stored.get(), patient)) {
            return stored;
        }
        takenByAnother = true;
        for (ResourceId id : lookups.all("Encounter", visit.trait())) {
            Optional<Lookups.Stored> other = lookups.stored(id);
            if (other.isPresent() && isOf(other.get(), patient)) {
                return other;
            }
        }
        faults.add(Fault.warning(
                Fault.Kind.DUPLICATE_KEY,
                visit.place(),
                Fault.Said.of(
                        "une venue de ce patient ; ce numéro est aussi celui d'un autre",
                        "a stay of this patient; this number is another's, too"),
                visit.value()));
        return Optional.empty();
    }

    /** Also of a record that was merged into this patient's. */
    private boolean isOf(Lookups.Stored encounter, Identities.Found patient) {
        String subject = Json.text(encounter.json(), "subject", "reference");
        return subject.equals(patient.reference())
                || patient.stored()
                        .map(stored -> Json.items(stored.json(), "link").stream()
                                .anyMatch(link ->
                                        Json.text(link, "other", "reference").equals(subject)))
                        .orElse(false);
    }

    private Course applied(Course course, MovementReading.Told told) {
        Movement movement = told.movement();
        Optional<Movement> known = course.find(movement.id());
        if (known.map(Movement::takenBack).orElse(false) && told.action() != MovementReading.Action.CANCEL) {
            flag("un mouvement annulé ici ; il vaut de nouveau", "a movement undone here; it counts again", told);
        }
        return switch (told.action()) {
            case INSERT -> {
                if (known.isPresent() && told.known() && known.get().cancelled()) {
                    flag(
                            "un mouvement nouveau ; celui-ci est déjà annulé",
                            "a new movement; this one is cancelled",
                            told);
                    yield course.with(movement.cancel());
                }
                if (known.isPresent() && told.known() && !known.get().says(movement)) {
                    flag("un mouvement nouveau ; lu comme correction", "a new movement; read as a correction", told);
                }
                yield course.with(movement);
            }
            case UPDATE -> {
                if (known.isEmpty()) {
                    unknown("un mouvement connu ; retenu tel quel", "a known movement; kept as told", told);
                }
                yield course.with(known.map(one -> one.corrected(movement)).orElse(movement));
            }
            case CANCEL -> {
                Optional<Movement> meant = known.isPresent() || told.known() ? known : course.last(told.cancels());
                if (meant.isEmpty()) {
                    unknown("un mouvement connu ; retenu comme annulé", "a known movement; kept as cancelled", told);
                }
                yield course.with(meant.orElse(movement).cancel());
            }
        };
    }

    /** What was done here and what is told of the same moment both stay, and somebody is told to look. */
    private void compare(Course course, MovementReading.Told told) {
        Optional<Movement> said = course.find(told.movement().id()).filter(Movement::counts);
        boolean differs = said.isPresent()
                && course.movements().stream()
                        .filter(one -> one.here() && one.counts())
                        .anyMatch(one -> isOther(one, said.get()));
        if (differs) {
            flag(
                    "ce qui est noté ici au même moment ; les deux sont gardés",
                    "what was noted here at the same moment; both are kept",
                    told);
        }
    }

    private static boolean isOther(Movement here, Movement told) {
        boolean elsewhere =
                told.spot().isKnown() && here.spot().isKnown() && !here.spot().isSame(told.spot());
        return here.at().millis() == told.at().millis() && (here.step() != told.step() || elsewhere);
    }

    private void flag(String fr, String en, MovementReading.Told told) {
        faults.add(Fault.warning(
                Fault.Kind.FLAGGED,
                Place.of("ZBE", 1),
                Fault.Said.of(fr, en),
                told.movement().id()));
    }

    private void unknown(String fr, String en, MovementReading.Told told) {
        faults.add(Fault.warning(
                Fault.Kind.UNKNOWN_KEY,
                Place.of("ZBE", told.known() ? 1 : 0),
                Fault.Said.of(fr, en),
                told.known() ? told.movement().id() : message.event()));
    }
}
