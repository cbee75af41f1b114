package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an Encounter of a stay's course: what the movements say, with the movements themselves beside it. What neither they nor
 * the message speak of stays as it is.
 */
final class Stays {

    private final Message message;

    Stays(Message message) {
        this.message = message;
    }

    static Course course(Optional<Map<String, Object>> encounter) {
        List<Movement> movements = new ArrayList<>();
        encounter.ifPresent(json -> {
            for (Map<String, Object> one : Json.items(json, "extension")) {
                if (Json.text(one, "url").equals(Vocabulary.MOVEMENT)) {
                    movements.add(Movement.read(one));
                }
            }
        });
        return new Course(movements);
    }

    /**
     * @param before as the record has it, with what was done at this hospital's own doors
     * @param course with what the message tells
     * @param subject the reference to the patient
     */
    Map<String, Object> encounter(
            Optional<Map<String, Object>> known,
            Course before,
            Course course,
            String subject,
            List<Identifiers.Identifier> numbers) {
        Course.Outline outline = course.outline();
        Map<String, Object> encounter = known.<Map<String, Object>>map(LinkedHashMap::new)
                .orElseGet(() -> Json.object("resourceType", "Encounter"));
        List<Object> extensions = new ArrayList<>();
        for (Map<String, Object> one : Json.items(encounter, "extension")) {
            if (!Json.text(one, "url").equals(Vocabulary.MOVEMENT)) {
                extensions.add(one);
            }
        }
        course.movements().forEach(movement -> extensions.add(movement.json()));
        Json.put(encounter, "extension", extensions);
        Json.put(encounter, "identifier", identifiers(encounter, numbers));
        boolean arrived = Elsewhere.isPresent(Json.text(encounter, "status"));
        status(encounter, outline);
        String code = classOf(outline.patientClass());
        boolean told = !code.isEmpty() && !code.equals(classOf(before.outline().patientClass()));
        if (told || !encounter.containsKey("class")) {
            Json.put(
                    encounter,
                    "class",
                    Json.object("system", Vocabulary.ENCOUNTER_CLASSES, "code", code.isEmpty() ? "IMP" : code));
        }
        Json.put(encounter, "subject", Json.object("reference", subject));
        participants(encounter);
        Json.put(
                encounter,
                "period",
                Json.object(
                        "start",
                        outline.start().map(Moment::fhir).orElse(null),
                        "end",
                        outline.end().map(Moment::fhir).orElse(null)));
        hospitalization(encounter);
        Json.put(encounter, "location", locations(encounter, arrived, outline));
        return encounter;
    }

    /** Somebody who is on leave, or was triaged, is there; a movement within the house says nothing else. */
    private static void status(Map<String, Object> encounter, Course.Outline outline) {
        boolean finer = outline.status().equals("in-progress") && Elsewhere.isPresent(Json.text(encounter, "status"));
        if (!finer) {
            Json.put(encounter, "status", outline.status());
        }
    }

    private static List<Object> identifiers(Map<String, Object> encounter, List<Identifiers.Identifier> numbers) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Map<String, Object> one : Json.items(encounter, "identifier")) {
            all.put(Json.text(one, "system") + "|" + Json.text(one, "value"), one);
        }
        numbers.forEach(one -> all.putIfAbsent(one.system() + "|" + one.value(), one.json("")));
        return new ArrayList<>(all.values());
    }

    /**
     * What somebody else noted of a time in a place stays with it.
     *
     * @param arrived whether the patient was there before this message: the plan that was carried out here stays written, too
     */
    private static List<Object> locations(Map<String, Object> encounter, boolean arrived, Course.Outline outline) {
        Map<String, Map<String, Object>> known = new HashMap<>();
        boolean expected = outline.status().equals("planned");
        List<Object> locations = new ArrayList<>();
        for (Map<String, Object> one : Json.items(encounter, "location")) {
            known.put(Json.text(one, "location", "reference") + "@" + Json.text(one, "period", "start"), one);
            if (Elsewhere.isPlan(one) && arrived && !expected) {
                locations.add(one);
            }
        }
        for (Course.Stop stop : outline.stops()) {
            String key = stop.spot().location() + "@" + stop.from().fhir();
            Map<String, Object> location = new LinkedHashMap<>(known.getOrDefault(key, Map.of()));
            if (location.isEmpty() || Elsewhere.isPlan(location) != expected) {
                location = Json.object(
                        "location",
                        Json.object(
                                "reference",
                                stop.spot().location(),
                                "display",
                                stop.spot().shown()));
            }
            if (!expected || location.size() == 1) {
                location.put("status", expected ? "planned" : stop.to().isPresent() ? "completed" : "active");
            }
            Json.put(
                    location,
                    "period",
                    Json.object(
                            "start",
                            stop.from().fhir(),
                            "end",
                            stop.to().map(Moment::fhir).orElse(null)));
            locations.add(location);
        }
        return locations;
    }

    /** PV1-2 (table 0004) as an Encounter's class; an expected stay is one already, since a resource never moves. */
    private static String classOf(String patientClass) {
        return switch (patientClass) {
            case "I", "P", "B", "N", "C", "U" -> "IMP";
            case "E" -> "EMER";
            case "O", "R" -> "AMB";
            default -> "";
        };
    }

    private void participants(Map<String, Object> encounter) {
        List<Object> all = new ArrayList<>();
        message.first("PV1").ifPresent(pv1 -> {
            for (Value doctor : pv1.values(7)) {
                String name = String.join(" ", doctor.component(3), doctor.component(2))
                        .strip();
                Map<String, Object> individual = Json.object(
                        "identifier",
                        doctor.component(1).isEmpty()
                                ? null
                                : Json.object(
                                        "system", Identifiers.system(doctor, 9, message), "value", doctor.component(1)),
                        "display",
                        name);
                if (!individual.isEmpty()) {
                    all.add(Json.object(
                            "type",
                            Json.list(Json.object(
                                    "coding",
                                    Json.list(Json.object("system", Vocabulary.PARTICIPATION, "code", "ATND")))),
                            "individual",
                            individual));
                }
            }
        });
        if (!all.isEmpty()) {
            Json.items(encounter, "participant").stream()
                    .filter(one -> !isAttending(one))
                    .forEach(all::add);
            Json.put(encounter, "participant", all);
        }
    }

    private static boolean isAttending(Map<String, Object> participant) {
        return Json.items(participant, "type").stream()
                .flatMap(type -> Json.items(type, "coding").stream())
                .anyMatch(coding -> Json.text(coding, "code").equals("ATND"));
    }

    private void hospitalization(Map<String, Object> encounter) {
        String disposition = message.first("PV1").map(pv1 -> pv1.text(36)).orElse("");
        if (!disposition.isEmpty()) {
            Map<String, Object> hospitalization = new LinkedHashMap<>(Json.item(encounter, "hospitalization"));
            hospitalization.put("dischargeDisposition", Json.object("text", disposition));
            Json.put(encounter, "hospitalization", hospitalization);
        }
    }
}
