package trimaran.station.hl7;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;

/**
 * <i>Identités à rapprocher</i>: two records that may be one person's. Nothing is merged here; each pair becomes a Task in the house,
 * which names both by reference and says nothing of who they are, and waits for a person.
 */
final class Doubts {

    /** Pairs one message may list: a common name on one birth date has a few bearers; more is no help to anybody. */
    static final int PAIRS_MAX = 10;

    private static final String SYSTEM = "urn:trimaran:pair";

    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;
    private final Moment now;

    Doubts(Lookups lookups, Draft draft, List<Fault> faults, Moment now) {
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
        this.now = now;
    }

    /**
     * Looks for others who may be the same person.
     *
     * @param self the patient's id, if the record knows them already
     * @param reference to the patient
     */
    void look(Patients said, Map<String, Object> patient, Optional<ResourceId> self, String reference)
            throws StoppedException {
        Map<ResourceId, String> others = new LinkedHashMap<>();
        Optional<Identifiers.Identifier> national = said.national();
        if (national.isPresent()) {
            for (ResourceId other : lookups.all("Patient", national.get().trait())) {
                others.putIfAbsent(other, "same INS");
            }
        }
        String birth = Json.text(patient, "birthDate");
        if (!birth.isEmpty()) {
            for (String family : said.families(patient)) {
                for (ResourceId other : lookups.all("Patient", Trait.nameAndBirth(family, birth))) {
                    others.putIfAbsent(other, "same family name and birth date");
                }
            }
        }
        self.ifPresent(others::remove);
        int listed = 0;
        for (Map.Entry<ResourceId, String> other : others.entrySet()) {
            Optional<Lookups.Stored> there = lookups.stored(other.getKey());
            boolean merged = there.map(one -> Json.items(one.json(), "link").stream()
                            .anyMatch(link -> Json.text(link, "type").equals("replaced-by")))
                    .orElse(true);
            if (!merged && listed++ < PAIRS_MAX) {
                list(said, reference, other.getKey(), other.getValue());
            }
        }
    }

    private void list(Patients said, String reference, ResourceId other, String why) throws StoppedException {
        String pair = said.own().stream()
                        .findFirst()
                        .map(one -> one.system() + "|" + one.value())
                        .orElse("") + " " + other;
        draft.create(
                Json.object(
                        "resourceType",
                        "Task",
                        "identifier",
                        Json.list(Json.object("system", SYSTEM, "value", pair)),
                        "status",
                        "requested",
                        "intent",
                        "proposal",
                        "code",
                        code(Vocabulary.IDENTITIES_TO_COMPARE),
                        "focus",
                        Json.object("reference", reference),
                        "authoredOn",
                        now.fhir(),
                        "reasonCode",
                        Json.object("text", why),
                        "input",
                        Json.list(Json.object(
                                "type",
                                Json.object("text", "other"),
                                "valueReference",
                                Json.object("reference", "Patient/" + other)))),
                List.of(Trait.identifier(SYSTEM, pair)));
        faults.add(Fault.warning(
                Fault.Kind.FLAGGED,
                Place.of("PID", 3),
                Fault.Said.of(
                        "une identité nouvelle ; à rapprocher d'une autre, rien n'est fusionné",
                        "a new identity; to be compared with another, nothing is merged"),
                ""));
    }

    static Map<String, Object> code(String code) {
        return Json.object("coding", Json.list(Json.object("system", Vocabulary.TASK_CODES, "code", code)));
    }
}
