package trimaran.station.hl7;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds, creates, updates and links patients for one message (PAM France 2.11, ITI-30: A28, A31, A40, A47). */
final class Identities {

    /** Links followed from a record that was merged into another: nobody merges in longer chains. */
    private static final int LINKS_FOLLOWED = 8;

    private final Message message;
    private final ZoneId zone;
    private final boolean demo;
    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;
    private final Moment now;

    Identities(
            Message message, ZoneId zone, boolean demo, Lookups lookups, Draft draft, List<Fault> faults, Moment now) {
        this.message = message;
        this.zone = zone;
        this.demo = demo;
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
        this.now = now;
    }

    /**
     * A patient for the rest of the message.
     *
     * @param reference to the patient
     * @param stored what the record holds; empty for one this message creates
     */
    record Found(String reference, Optional<Lookups.Stored> stored) {}

    /** What PID says of somebody, who may have no number of this hospital. */
    Optional<Patients> named() {
        Optional<Segment> pid = message.first("PID");
        if (pid.isEmpty()) {
            faults.add(Fault.error(Fault.Kind.SEGMENT_ORDER, Place.of("PID", 0), Fault.Said.both("PID"), ""));
        }
        return pid.map(one -> new Patients(message, one, zone, demo, faults));
    }

    /** What PID says of a patient of this hospital. */
    Optional<Patients> said() {
        Optional<Patients> named = named();
        if (named.isPresent() && named.get().own().isEmpty()) {
            faults.add(Fault.error(
                    Fault.Kind.REQUIRED,
                    Place.of("PID", 3),
                    Fault.Said.of("l'IPP de l'établissement, de type PI", "the hospital's number, of type PI"),
                    message.first("PID").map(pid -> pid.raw(3)).orElse("")));
            return Optional.empty();
        }
        return named;
    }

    /** The patient by any of the hospital's numbers; followed to where they were merged. */
    Optional<Lookups.Stored> find(List<Identifiers.Identifier> numbers) throws StoppedException {
        for (Identifiers.Identifier number : numbers) {
            var id = lookups.find("Patient", number.trait());
            Optional<Lookups.Stored> stored = id.isPresent() ? lookups.stored(id.get()) : Optional.empty();
            if (stored.isPresent()) {
                return Optional.of(survivor(stored.get(), number));
            }
        }
        return Optional.empty();
    }

    private Lookups.Stored survivor(Lookups.Stored stored, Identifiers.Identifier number) throws StoppedException {
        Lookups.Stored here = stored;
        for (int i = 0; i < LINKS_FOLLOWED; i++) {
            Optional<String> next = Json.items(here.json(), "link").stream()
                    .filter(link -> Json.text(link, "type").equals("replaced-by"))
                    .map(link -> Json.text(link, "other", "reference"))
                    .findFirst();
            Optional<Lookups.Stored> there = Optional.empty();
            if (next.isPresent()) {
                there = lookups.stored(id(next.get()));
            }
            if (there.isEmpty()) {
                return here;
            }
            here = there.get();
            if (i == 0) {
                faults.add(Fault.warning(
                        Fault.Kind.FLAGGED,
                        number.place(),
                        Fault.Said.of(
                                "un IPP en usage ; celui-ci est fusionné, suivi jusqu'à l'autre",
                                "a number in use; this one is merged and followed to the other"),
                        number.value()));
            }
        }
        return here;
    }

    static trimaran.kernel.ResourceId id(String reference) throws StoppedException {
        try {
            return trimaran.kernel.ResourceId.parse(reference.substring(reference.indexOf('/') + 1));
        } catch (trimaran.kernel.MalformedException foreign) {
            throw new StoppedException(trimaran.kernel.Refusal.of(
                    trimaran.kernel.Code.BAD_REFERENCE, "a link of a patient leads nowhere"));
        }
    }

    /**
     * Finds or creates the patient of PID.
     *
     * @param update whether this message may change who they are
     */
    Found identify(Patients said, boolean update) throws StoppedException {
        Optional<Lookups.Stored> known = find(said.own());
        if (known.isEmpty()) {
            Map<String, Object> patient = said.patient(Optional.empty());
            String reference =
                    draft.create(patient, List.of(said.own().getFirst().trait()));
            new Doubts(lookups, draft, faults, now).look(said, patient, Optional.empty(), reference);
            return new Found(reference, Optional.empty());
        }
        if (update) {
            Map<String, Object> patient = said.patient(Optional.of(known.get().json()));
            write(said, known.get(), patient);
        }
        return new Found(known.get().reference(), known);
    }

    private void write(Patients said, Lookups.Stored known, Map<String, Object> patient) throws StoppedException {
        if (draft.update(known, patient) && tellsAnother(known.json(), patient)) {
            new Doubts(lookups, draft, faults, now).look(said, patient, Optional.of(known.id()), known.reference());
        }
    }

    /** Whether name, birth date or numbers changed: by others there is nobody new to be compared with. */
    private static boolean tellsAnother(Map<String, Object> before, Map<String, Object> after) {
        return !String.valueOf(before.get("name")).equals(String.valueOf(after.get("name")))
                || !Json.text(before, "birthDate").equals(Json.text(after, "birthDate"))
                || !String.valueOf(before.get("identifier")).equals(String.valueOf(after.get("identifier")));
    }

    /** A47: the identifiers of MRG-1 are wrong and go, those of PID-3 are right. */
    void correctIdentifiers(Patients said) throws StoppedException {
        Optional<Segment> mrg = mrg();
        if (mrg.isEmpty()) {
            return;
        }
        List<Identifiers.Identifier> wrong = Identifiers.of(message, mrg.get(), 1);
        List<Identifiers.Identifier> all = new ArrayList<>(said.own());
        all.addAll(wrong.stream().filter(one -> !one.isNational()).toList());
        Optional<Lookups.Stored> known = find(all);
        if (known.isEmpty()) {
            identify(said, true);
            return;
        }
        Set<String> kept = new LinkedHashSet<>();
        Identifiers.of(message, message.first("PID").orElseThrow(), 3)
                .forEach(one -> kept.add(one.system() + "|" + one.value()));
        Map<String, Object> patient = said.patient(Optional.of(known.get().json()));
        List<Object> identifiers = new ArrayList<>();
        for (Map<String, Object> one : Json.items(patient, "identifier")) {
            String system = Json.text(one, "system");
            String value = Json.text(one, "value");
            boolean isWrong = wrong.stream()
                    .anyMatch(other ->
                            other.system().equals(system) && other.value().equals(value));
            if (!isWrong || kept.contains(system + "|" + value)) {
                identifiers.add(one);
            } else if (!trimaran.model.NationalIdentity.isNational(system)) {
                // The hospital's own number stays findable: what bears it on paper is still this patient's.
                Map<String, Object> old = new LinkedHashMap<>(one);
                old.put("use", "old");
                identifiers.add(old);
            }
        }
        Json.put(patient, "identifier", identifiers);
        write(said, known.get(), patient);
    }

    /** A40: MRG-1 goes into PID-3. Both records stay and are linked, so that it is seen and can be undone. */
    void merge(Patients said) throws StoppedException {
        Optional<Segment> mrg = mrg();
        if (mrg.isEmpty()) {
            return;
        }
        List<Identifiers.Identifier> gone = Identifiers.of(message, mrg.get(), 1).stream()
                .filter(one -> !one.isNational())
                .toList();
        Optional<Lookups.Stored> survivor = find(said.own());
        Optional<Lookups.Stored> merged = find(gone);
        if (survivor.isPresent()
                && merged.isPresent()
                && survivor.get().id().equals(merged.get().id())) {
            return;
        }
        Map<String, Object> kept = said.patient(survivor.map(Lookups.Stored::json));
        Map<String, Object> old = merged.<Map<String, Object>>map(one -> new LinkedHashMap<>(one.json()))
                .orElseGet(() -> {
                    faults.add(Fault.warning(
                            Fault.Kind.UNKNOWN_KEY,
                            Place.of("MRG", 1),
                            Fault.Said.of("un IPP connu ; retenu comme fusionné", "a known number; kept as merged"),
                            gone.isEmpty() ? "" : gone.getFirst().value()));
                    return Json.object(
                            "resourceType",
                            "Patient",
                            "identifier",
                            new ArrayList<Object>(
                                    gone.stream().map(one -> one.json("old")).toList()));
                });
        String keptReference = survivor.map(Lookups.Stored::reference).orElse("");
        if (survivor.isEmpty()) {
            keptReference = draft.create(kept, List.of(said.own().getFirst().trait()));
        }
        old.put("active", Json.FALSE);
        link(old, keptReference, "replaced-by");
        String oldReference = merged.map(Lookups.Stored::reference).orElse("");
        if (merged.isPresent()) {
            draft.update(merged.get(), old);
        } else if (!gone.isEmpty()) {
            oldReference = draft.create(old, List.of(gone.getFirst().trait()));
        }
        if (survivor.isPresent() && !oldReference.isEmpty()) {
            link(kept, oldReference, "replaces");
            draft.update(survivor.get(), kept);
        }
    }

    private static void link(Map<String, Object> patient, String other, String type) {
        List<Object> links = new ArrayList<>(Json.items(patient, "link"));
        Map<String, Object> link = Json.object("other", Json.object("reference", other), "type", type);
        if (!links.contains(link)) {
            links.add(link);
        }
        Json.put(patient, "link", links);
    }

    private Optional<Segment> mrg() {
        Optional<Segment> mrg = message.first("MRG");
        if (mrg.isEmpty() || !mrg.get().has(1)) {
            faults.add(Fault.error(
                    mrg.isEmpty() ? Fault.Kind.SEGMENT_ORDER : Fault.Kind.REQUIRED,
                    Place.of("MRG", mrg.isEmpty() ? 0 : 1),
                    Fault.Said.of("MRG-1, l'identifiant remplacé", "MRG-1, the identifier that is replaced"),
                    ""));
            return Optional.empty();
        }
        return mrg;
    }
}
