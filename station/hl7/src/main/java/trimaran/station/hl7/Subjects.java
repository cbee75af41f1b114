package trimaran.station.hl7;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;

/**
 * Whose a result or document is. It never makes a patient: one that fits nobody, or whose name or birth date contradicts its
 * number, waits (<i>Résultats à rattacher</i>) as a Person in a cell of its own, with the message beside, and a Task in the house that
 * says no more than that it waits.
 */
final class Subjects {

    private static final String WAITING = "urn:trimaran:waiting";

    private final Message message;
    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;
    private final Identities identities;
    private final Moment now;

    Subjects(Message message, Lookups lookups, Draft draft, List<Fault> faults, Identities identities, Moment now) {
        this.message = message;
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
        this.identities = identities;
        this.now = now;
    }

    /**
     * Whom it is about.
     *
     * @param patient the reference to the patient
     * @param encounter the reference to the stay, empty if it names none that is known and this patient's
     */
    record Subject(String patient, String encounter) {}

    /** Empty if nobody fits for sure: then the message waits, once the draft is written. */
    Optional<Subject> find(Patients said, byte[] bytes, String digest) throws StoppedException {
        Optional<Lookups.Stored> known = identities.find(said.own());
        if (known.isEmpty() && said.national().isPresent()) {
            var id = lookups.find("Patient", said.national().get().trait());
            known = id.isPresent() ? lookups.stored(id.get()) : Optional.empty();
        }
        Map<String, Object> told = said.patient(Optional.empty());
        if (known.isPresent() && fits(said, told, known.get().json())) {
            String patient = known.get().reference();
            return Optional.of(new Subject(patient, stay(patient)));
        }
        await(told, known.isPresent() ? "name or birth date differ" : "unknown number", bytes, digest);
        return Optional.empty();
    }

    /** Neither birth date nor family name says otherwise. */
    private static boolean fits(Patients said, Map<String, Object> told, Map<String, Object> known) {
        String birth = Json.text(told, "birthDate");
        String other = Json.text(known, "birthDate");
        int common = Math.min(birth.length(), other.length());
        if (!birth.substring(0, common).equals(other.substring(0, common))) {
            return false;
        }
        List<String> names = said.families(told).stream().map(Trait::plain).toList();
        List<String> others = said.families(known).stream().map(Trait::plain).toList();
        return names.isEmpty() || others.isEmpty() || names.stream().anyMatch(others::contains);
    }

    private String stay(String patient) throws StoppedException {
        Optional<Identifiers.Identifier> visit =
                message.first("PV1").flatMap(pv1 -> Identifiers.first(message, pv1, 19));
        if (visit.isEmpty()) {
            return "";
        }
        // Nearly always the number is this patient's alone, and known: then nobody is asked.
        var first = lookups.find("Encounter", visit.get().trait());
        Optional<Lookups.Stored> known = first.isPresent() ? stay(patient, first.get()) : Optional.empty();
        if (known.isPresent() || first.isEmpty()) {
            return known.map(Lookups.Stored::reference).orElse("");
        }
        for (var id : lookups.all("Encounter", visit.get().trait())) {
            Optional<Lookups.Stored> stay = stay(patient, id);
            if (stay.isPresent()) {
                return stay.get().reference();
            }
        }
        return "";
    }

    private Optional<Lookups.Stored> stay(String patient, ResourceId id) throws StoppedException {
        return lookups.stored(id)
                .filter(stay -> Json.text(stay.json(), "subject", "reference").equals(patient));
    }

    private void await(Map<String, Object> told, String why, byte[] bytes, String digest) throws StoppedException {
        Map<String, Object> person = Json.object("resourceType", "Person");
        Json.put(
                person,
                "extension",
                Json.list(Json.object(
                        "url",
                        Vocabulary.WAITING_MESSAGE,
                        "valueAttachment",
                        Json.object(
                                "contentType",
                                Vocabulary.ER7,
                                "data",
                                Base64.getEncoder().encodeToString(bytes),
                                "title",
                                message.type() + " " + message.event()))));
        for (String name : List.of("identifier", "name", "gender", "birthDate")) {
            Json.put(person, name, told.get(name));
        }
        String reference = draft.create(person);
        draft.create(
                Json.object(
                        "resourceType",
                        "Task",
                        "identifier",
                        Json.list(Json.object("system", WAITING, "value", digest)),
                        "status",
                        "requested",
                        "intent",
                        "proposal",
                        "code",
                        Doubts.code(Vocabulary.RESULT_TO_ATTACH),
                        "focus",
                        Json.object("reference", reference),
                        "authoredOn",
                        now.fhir(),
                        "reasonCode",
                        Json.object("text", why)),
                List.of(Trait.identifier(WAITING, digest)));
        faults.add(Fault.warning(
                Fault.Kind.FLAGGED,
                Place.of("PID", 3),
                Fault.Said.of(
                        "un patient connu, de même nom et naissance ; le résultat attend d'être rattaché",
                        "a known patient of this name and birth date; the result waits to be attached"),
                ""));
    }
}
