package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an Encounter of a stay's course: what the movements say, with the movements themselves beside it. */
final class Stays {

    private final Message message;
    private final Places places;

    Stays(Message message, Places places) {
        this.message = message;
        this.places = places;
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

    /** @param subject the reference to the patient */
    Map<String, Object> encounter(
            Optional<Map<String, Object>> known, Course course, String subject, List<Identifiers.Identifier> numbers)
            throws StoppedException {
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
        Json.put(encounter, "status", outline.status());
        String code = classOf(outline.patientClass());
        if (!code.isEmpty() || !encounter.containsKey("class")) {
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
        Json.put(encounter, "location", locations(outline));
        return encounter;
    }

    private static List<Object> identifiers(Map<String, Object> encounter, List<Identifiers.Identifier> numbers) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Map<String, Object> one : Json.items(encounter, "identifier")) {
            all.put(Json.text(one, "system") + "|" + Json.text(one, "value"), one);
        }
        numbers.forEach(one -> all.putIfAbsent(one.system() + "|" + one.value(), one.json("")));
        return new ArrayList<>(all.values());
    }

    private List<Object> locations(Course.Outline outline) throws StoppedException {
        List<Object> locations = new ArrayList<>();
        boolean expected = outline.status().equals("planned");
        for (Course.Stop stop : outline.stops()) {
            String status = stop.to().isPresent() ? "completed" : expected ? "planned" : "active";
            locations.add(Json.object(
                    "location",
                    Json.object("reference", places.reference(stop.spot()), "display", shown(stop.spot())),
                    "status",
                    status,
                    "period",
                    Json.object(
                            "start",
                            stop.from().fhir(),
                            "end",
                            stop.to().map(Moment::fhir).orElse(null))));
        }
        return locations;
    }

    private static String shown(Spot spot) {
        return String.join(" ", spot.levels().stream().map(Spot.Level::name).toList());
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
            Json.put(encounter, "participant", all);
        }
    }

    private void hospitalization(Map<String, Object> encounter) {
        String disposition = message.first("PV1").map(pv1 -> pv1.text(36)).orElse("");
        if (!disposition.isEmpty()) {
            Json.put(
                    encounter,
                    "hospitalization",
                    Json.object("dischargeDisposition", Json.object("text", disposition)));
        }
    }
}
