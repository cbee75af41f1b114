package trimaran.station.hl7;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trimaran.model.JsonTree;
import trimaran.model.Trait;

/**
 * Results (HL7 2.5, ORU^R01): each OBR a DiagnosticReport, each OBX an Observation. A result that comes again, corrected or
 * completed, is found by its number and becomes a new version; what it said before stays in its history.
 */
final class Results {

    private static final Pattern RANGE =
            Pattern.compile("\\s*(-?[0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*-\\s*(-?[0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{0,15}(\\.[0-9]{1,15})?");
    private static final String INTERPRETATIONS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private static final String CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category";

    private final Message message;
    private final ZoneId zone;
    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;

    Results(Message message, ZoneId zone, Lookups lookups, Draft draft, List<Fault> faults) {
        this.message = message;
        this.zone = zone;
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
    }

    /** An OBR with what belongs to it. */
    private record Group(Segment obr, Optional<Segment> orc, List<Line> lines) {}

    /** An OBX with its notes. */
    private record Line(Segment obx, List<String> notes) {}

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        Optional<Segment> orc = Optional.empty();
        for (Segment segment : message.segments()) {
            switch (segment.name()) {
                case "ORC" -> orc = Optional.of(segment);
                case "OBR" -> {
                    groups.add(new Group(segment, orc, new ArrayList<>()));
                    orc = Optional.empty();
                }
                case "OBX" -> {
                    if (!groups.isEmpty()) {
                        groups.getLast().lines().add(new Line(segment, new ArrayList<>()));
                    }
                }
                case "NTE" -> {
                    if (!groups.isEmpty() && !groups.getLast().lines().isEmpty()) {
                        String text =
                                segment.values(3).stream().map(Value::text).collect(Collectors.joining("\n"));
                        groups.getLast().lines().getLast().notes().add(text);
                    }
                }
                default -> {}
            }
        }
        return groups;
    }

    /** Whether there is something to say, with its number; said before anybody is looked for. */
    boolean isWhole() {
        List<Group> groups = groups();
        if (groups.isEmpty()) {
            faults.add(Fault.error(Fault.Kind.SEGMENT_ORDER, Place.of("OBR", 0), Fault.Said.both("OBR"), ""));
        }
        for (Group group : groups) {
            if (number(group).component(1).isEmpty()) {
                faults.add(Fault.required(
                        group.obr().at(3), Fault.Said.of("le numéro du laboratoire", "the filler order number")));
            }
            if (group.obr().text(4).isEmpty()
                    && group.obr().value(4).component(2).isEmpty()) {
                faults.add(Fault.required(group.obr().at(4), Fault.Said.of("l'examen", "the service")));
            }
            for (Line line : group.lines()) {
                if (line.obx().text(3).isEmpty()
                        && line.obx().value(3).component(2).isEmpty()) {
                    faults.add(Fault.required(line.obx().at(3), Fault.Said.of("l'observation", "the observation")));
                }
            }
        }
        return faults.stream().noneMatch(one -> one.severity() == Fault.Severity.ERROR);
    }

    private static Value number(Group group) {
        Value filler = group.obr().value(3);
        if (!filler.component(1).isEmpty()) {
            return filler;
        }
        Value ordered = group.orc().map(orc -> orc.value(3)).orElse(filler);
        return ordered.component(1).isEmpty() ? group.obr().value(2) : ordered;
    }

    void carryOut(Subjects.Subject subject) throws StoppedException {
        for (Group group : groups()) {
            report(group, subject);
        }
    }

    private String system(Value number) {
        String universal = number.component(3);
        String name = universal.isEmpty() ? number.component(2) : universal;
        return universal.matches("[0-2](\\.[0-9]+)+")
                ? Identifiers.OID_PREFIX + universal
                : Vocabulary.authority(name.isEmpty() ? Identifiers.facility(message) : name);
    }

    private static String code(Value value) {
        return value.component(1).isEmpty() ? value.component(2) : value.component(1);
    }

    private void report(Group group, Subjects.Subject subject) throws StoppedException {
        Value number = number(group);
        String system = system(number);
        String key = number.component(1) + "/" + code(group.obr().value(4));
        Trait trait = Trait.identifier(system, key);
        var found = lookups.find("DiagnosticReport", trait);
        Optional<Lookups.Stored> stored = found.isPresent() ? lookups.stored(found.get()) : Optional.empty();
        if (stored.isPresent()
                && !Json.text(stored.get().json(), "subject", "reference").equals(subject.patient())) {
            faults.add(Fault.warning(
                    Fault.Kind.DUPLICATE_KEY,
                    group.obr().at(3),
                    Fault.Said.of(
                            "un résultat de ce patient ; ce numéro est aussi celui d'un autre",
                            "a result of this patient; this number is another's, too"),
                    number.component(1)));
            stored = Optional.empty();
        }
        Map<String, Lookups.Stored> before = observations(stored);
        Map<String, Object> report = stored.<Map<String, Object>>map(one -> new LinkedHashMap<>(one.json()))
                .orElseGet(() -> Json.object("resourceType", "DiagnosticReport"));
        Json.put(report, "identifier", Json.list(Json.object("system", system, "value", key)));
        Json.put(report, "status", status(group.obr(), 25));
        Json.put(report, "code", Codes.concept(group.obr().value(4)));
        about(report, subject);
        Optional<Moment> taken = Moment.read(group.obr().text(7), zone);
        taken.ifPresent(time -> Json.put(report, "effectiveDateTime", time.fhir()));
        Moment.read(group.obr().text(22), zone)
                .filter(time -> time.fhir().length() > 10)
                .ifPresent(time -> Json.put(report, "issued", time.fhir()));
        List<Object> results = new ArrayList<>();
        List<Object> forms = new ArrayList<>();
        for (Line line : group.lines()) {
            if (line.obx().text(2).equals("ED")) {
                Attachments.of(line.obx(), faults).ifPresent(forms::add);
            } else {
                results.add(Json.object("reference", observation(line, system, key, taken, subject, before)));
            }
        }
        before.values().forEach(old -> results.add(Json.object("reference", old.reference())));
        Json.put(report, "result", results);
        if (!forms.isEmpty()) {
            Json.put(report, "presentedForm", forms);
        }
        if (stored.isPresent()) {
            draft.update(stored.get(), report);
        } else {
            draft.create(report, found.isPresent() ? List.of() : List.of(trait));
        }
    }

    private static void about(Map<String, Object> resource, Subjects.Subject subject) {
        Json.put(resource, "subject", Json.object("reference", subject.patient()));
        if (!subject.encounter().isEmpty() && !resource.containsKey("encounter")) {
            Json.put(resource, "encounter", Json.object("reference", subject.encounter()));
        }
    }

    /** What the report said before, by number. */
    private Map<String, Lookups.Stored> observations(Optional<Lookups.Stored> report) throws StoppedException {
        Map<String, Lookups.Stored> all = new HashMap<>();
        if (report.isPresent()) {
            for (Map<String, Object> one : Json.items(report.get().json(), "result")) {
                lookups.stored(Identities.id(Json.text(one, "reference")))
                        .ifPresent(stored -> all.put(
                                Json.text(
                                        Json.items(stored.json(), "identifier").stream()
                                                .findFirst()
                                                .orElse(Map.of()),
                                        "value"),
                                stored));
            }
        }
        return all;
    }

    /**
     * Writes one observation.
     *
     * @param before what the report said, from which this one is taken out
     */
    private String observation(
            Line line,
            String system,
            String report,
            Optional<Moment> taken,
            Subjects.Subject subject,
            Map<String, Lookups.Stored> before)
            throws StoppedException {
        Segment obx = line.obx();
        String key = report + "/" + code(obx.value(3)) + (obx.text(4).isEmpty() ? "" : "/" + obx.text(4));
        Map<String, Object> observation = Json.object(
                "resourceType",
                "Observation",
                "identifier",
                Json.list(Json.object("system", system, "value", key)),
                "status",
                status(obx, 11),
                "category",
                Json.list(Json.object("coding", Json.list(Json.object("system", CATEGORIES, "code", "laboratory")))),
                "code",
                Codes.concept(obx.value(3)));
        about(observation, subject);
        Optional<Moment> at = Moment.read(obx.text(14), zone).or(() -> taken);
        at.ifPresent(time -> Json.put(observation, "effectiveDateTime", time.fhir()));
        value(observation, obx);
        Json.put(observation, "interpretation", interpretations(obx));
        List<Object> notes = new ArrayList<>();
        line.notes().stream().filter(note -> !note.isBlank()).forEach(note -> notes.add(Json.object("text", note)));
        Json.put(observation, "note", notes);
        Json.put(observation, "referenceRange", ranges(obx));
        Lookups.Stored old = before.remove(key);
        if (old == null) {
            return draft.create(observation);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("resourceType", "Observation");
        whole.put("id", Json.text(old.json(), "id"));
        observation.forEach(whole::putIfAbsent);
        draft.update(old, whole);
        return old.reference();
    }

    private String status(Segment segment, int field) {
        String code = segment.text(field);
        boolean report = field == 25;
        return switch (code) {
            case "F", "U" -> "final";
            case "C" -> "corrected";
            case "P", "S", "A", "M" -> report && code.equals("A") ? "partial" : "preliminary";
            case "R", "I", "O", "N" -> "registered";
            case "D", "W" -> "entered-in-error";
            case "X" -> "cancelled";
            case "" -> report ? "final" : unknownStatus(segment, field);
            default -> unknownStatus(segment, field);
        };
    }

    private String unknownStatus(Segment segment, int field) {
        faults.add(Fault.warning(
                segment.has(field) ? Fault.Kind.NOT_IN_TABLE : Fault.Kind.REQUIRED,
                segment.at(field),
                Fault.Said.both("F, C, P, R, D, X"),
                segment.text(field)));
        return "unknown";
    }

    private void value(Map<String, Object> observation, Segment obx) {
        Value value = obx.value(5);
        String text = obx.values(5).stream().map(Value::text).collect(Collectors.joining("\n"));
        Map<String, Object> unit = Codes.unit(obx.value(6));
        switch (obx.text(2)) {
            case "NM" -> quantity(observation, obx, "", value.component(1), unit, text);
            case "SN" -> {
                boolean plain = value.component(3).isEmpty();
                String comparator =
                        value.component(1).replace("=", value.component(1).length() > 1 ? "=" : "");
                boolean known = comparator.matches("|<|>|<=|>=");
                if (plain && known) {
                    quantity(observation, obx, comparator, value.component(2), unit, text);
                } else {
                    Json.put(observation, "valueString", text.replace("^", " ").strip());
                }
            }
            case "CE", "CWE", "CNE", "CF" -> Json.put(observation, "valueCodeableConcept", Codes.concept(value));
            case "TS", "DT", "DTM" ->
                Moment.read(value.component(1), zone)
                        .ifPresentOrElse(
                                time -> Json.put(observation, "valueDateTime", time.fhir()),
                                () -> Json.put(observation, "valueString", text));
            default -> Json.put(observation, "valueString", text);
        }
    }

    private void quantity(
            Map<String, Object> observation,
            Segment obx,
            String comparator,
            String number,
            Map<String, Object> unit,
            String text) {
        boolean reads = NUMBER.matcher(number).matches() && number.matches(".*[0-9].*");
        if (reads) {
            Map<String, Object> quantity =
                    Json.object("value", new JsonTree.Literal(new BigDecimal(number).toPlainString()));
            Json.put(quantity, "comparator", comparator);
            unit.forEach((name, value) -> Json.put(quantity, name, value));
            Json.put(observation, "valueQuantity", quantity);
        } else if (!text.isEmpty()) {
            faults.add(Fault.warning(
                    Fault.Kind.WRONG_TYPE,
                    obx.at(5),
                    Fault.Said.of("un nombre ; repris comme texte", "a number; taken as text"),
                    text));
            Json.put(observation, "valueString", text);
        }
    }

    private static List<Object> interpretations(Segment obx) {
        List<Object> all = new ArrayList<>();
        for (Value flag : obx.values(8)) {
            if (!flag.text().isEmpty()) {
                all.add(Json.object("coding", Json.list(Json.object("system", INTERPRETATIONS, "code", flag.text()))));
            }
        }
        return all;
    }

    private static List<Object> ranges(Segment obx) {
        String text = obx.value(7).text();
        Map<String, Object> range = Json.object("text", text);
        Matcher shape = RANGE.matcher(text);
        if (shape.matches()) {
            Map<String, Object> unit = Codes.unit(obx.value(6));
            Map<String, Object> bounds = new LinkedHashMap<>();
            bounds.put("low", bound(String.valueOf(shape.group(1)), unit));
            bounds.put("high", bound(String.valueOf(shape.group(2)), unit));
            bounds.putAll(range);
            range = bounds;
        }
        return Json.list(range);
    }

    private static Map<String, Object> bound(String number, Map<String, Object> unit) {
        Map<String, Object> quantity =
                Json.object("value", new JsonTree.Literal(new BigDecimal(number).toPlainString()));
        quantity.putAll(unit);
        return quantity;
    }
}
