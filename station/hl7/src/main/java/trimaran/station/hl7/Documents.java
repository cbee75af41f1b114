package trimaran.station.hl7;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.model.Trait;

/** Documents (HL7 2.5, MDM^T02) as DocumentReferences with their content; TXA-12 finds what is replaced, TXA-13 what is followed. */
final class Documents {

    private final Message message;
    private final ZoneId zone;
    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;

    Documents(Message message, ZoneId zone, Lookups lookups, Draft draft, List<Fault> faults) {
        this.message = message;
        this.zone = zone;
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
    }

    /** Whether it is a document with a number and a content; said before anybody is looked for. */
    boolean isWhole() {
        Optional<Segment> txa = message.first("TXA");
        if (txa.isEmpty()) {
            faults.add(Fault.error(Fault.Kind.SEGMENT_ORDER, Place.of("TXA", 0), Fault.Said.both("TXA"), ""));
            return false;
        }
        if (txa.get().text(12).isEmpty()) {
            faults.add(Fault.required(
                    txa.get().at(12), Fault.Said.of("le numéro du document", "the number of the document")));
        }
        if (content().isEmpty()
                && faults.stream().noneMatch(one -> one.place().segment().equals("OBX"))) {
            faults.add(Fault.required(Place.of("OBX", 5), Fault.Said.of("un contenu", "a content")));
        }
        return faults.stream().noneMatch(one -> one.severity() == Fault.Severity.ERROR);
    }

    private List<Object> content() {
        List<Object> all = new ArrayList<>();
        List<Segment> lines = new ArrayList<>();
        for (Segment obx : message.all("OBX")) {
            if (obx.text(2).equals("ED")) {
                Attachments.of(obx, faults).ifPresent(one -> all.add(Json.object("attachment", one)));
            } else if (obx.text(2).matches("TX|FT|ST") && obx.has(5)) {
                lines.add(obx);
            }
        }
        if (all.isEmpty() && !lines.isEmpty()) {
            all.add(Json.object("attachment", Attachments.text(lines)));
        }
        return all;
    }

    void carryOut(Subjects.Subject subject) throws StoppedException {
        Segment txa = message.first("TXA").orElseThrow();
        Trait trait = number(txa.value(12));
        Optional<Lookups.Stored> stored = stored(trait, subject);
        Map<String, Object> document = stored.<Map<String, Object>>map(one -> new LinkedHashMap<>(one.json()))
                .orElseGet(() -> Json.object("resourceType", "DocumentReference"));
        int bar = trait.value().indexOf('|');
        Map<String, Object> identifier = Json.object(
                "system",
                trait.value().substring(0, bar),
                "value",
                trait.value().substring(bar + 1));
        Json.put(document, "masterIdentifier", identifier);
        Json.put(document, "identifier", Json.list(identifier));
        Json.put(document, "status", txa.text(19).equals("OB") ? "superseded" : "current");
        Json.put(document, "docStatus", txa.text(17).matches("AU|LA|DO") ? "final" : "preliminary");
        Json.put(document, "type", Codes.concept(txa.value(2)));
        Json.put(document, "subject", Json.object("reference", subject.patient()));
        Moment.read(txa.text(4), zone)
                .filter(time -> time.fhir().length() > 10)
                .ifPresent(time -> Json.put(document, "date", time.fhir()));
        Value author = txa.value(9);
        String name = String.join(" ", author.component(3), author.component(2)).strip();
        Json.put(document, "author", name.isEmpty() ? null : Json.list(Json.object("display", name)));
        Optional<Lookups.Stored> followed = txa.has(13) ? stored(number(txa.value(13)), subject) : Optional.empty();
        followed.ifPresent(old -> Json.put(
                document,
                "relatesTo",
                Json.list(Json.object("code", "replaces", "target", Json.object("reference", old.reference())))));
        Json.put(document, "content", content());
        if (!subject.encounter().isEmpty()) {
            Json.put(
                    document,
                    "context",
                    Json.object("encounter", Json.list(Json.object("reference", subject.encounter()))));
        }
        if (stored.isPresent()) {
            draft.update(stored.get(), document);
        } else {
            draft.create(document, List.of(trait));
        }
        if (followed.isPresent() && !followed.equals(stored)) {
            Map<String, Object> old = new LinkedHashMap<>(followed.get().json());
            old.put("status", "superseded");
            draft.update(followed.get(), old);
        }
    }

    private Trait number(Value value) {
        String universal = value.component(3);
        String name = universal.isEmpty() ? value.component(2) : universal;
        String system = universal.matches("[0-2](\\.[0-9]+)+")
                ? Identifiers.OID_PREFIX + universal
                : Vocabulary.authority(name.isEmpty() ? Identifiers.facility(message) : name);
        return Trait.identifier(system, value.component(1));
    }

    private Optional<Lookups.Stored> stored(Trait trait, Subjects.Subject subject) throws StoppedException {
        for (var id : lookups.all("DocumentReference", trait)) {
            Optional<Lookups.Stored> one = lookups.stored(id);
            if (one.isPresent()
                    && Json.text(one.get().json(), "subject", "reference").equals(subject.patient())) {
                return one;
            }
        }
        return Optional.empty();
    }
}
