package trimaran.station.hl7;

import java.util.HashMap;
import java.util.Map;

/**
 * One movement of a stay as its sender tells it (PAM France 2.11, ZBE), kept in the Encounter with all that was ever said of it:
 * a cancelled one stays, so that what cancels or corrects finds it, whatever comes first.
 *
 * @param id ZBE-1 with its authority; made of event and time for senders without ZBE
 * @param event the event that inserted it: A01, A02…
 * @param historic ZBE-5: told after others that came later
 * @param medicalUnit ZBE-7, who answers for the patient
 * @param careUnit ZBE-8, who cares
 * @param nature ZBE-9
 * @param patientClass PV1-2
 */
record Movement(
        String id,
        String event,
        Moment at,
        boolean historic,
        boolean cancelled,
        Spot spot,
        String medicalUnit,
        String careUnit,
        String nature,
        String patientClass) {

    /** What a movement does to a stay. */
    enum Step {
        EXPECT,
        ADMIT,
        TRANSFER,
        DISCHARGE
    }

    Step step() {
        return stepOf(event);
    }

    static Step stepOf(String event) {
        return switch (event) {
            case "A05" -> Step.EXPECT;
            case "A01", "A04" -> Step.ADMIT;
            case "A03" -> Step.DISCHARGE;
            default -> Step.TRANSFER;
        };
    }

    Movement cancel() {
        return new Movement(id, event, at, historic, true, spot, medicalUnit, careUnit, nature, patientClass);
    }

    Map<String, Object> json() {
        return Json.object(
                "url",
                Vocabulary.MOVEMENT,
                "extension",
                Json.list(
                        Json.object("url", "id", "valueString", id),
                        Json.object("url", "event", "valueCode", event),
                        Json.object("url", "at", "valueDateTime", at.fhir()),
                        flag("historic", historic),
                        flag("cancelled", cancelled),
                        spot.isKnown() ? spot.json() : Map.of(),
                        text("medical-unit", medicalUnit),
                        text("care-unit", careUnit),
                        text("nature", nature),
                        text("class", patientClass)));
    }

    private static Map<String, Object> text(String name, String text) {
        return text.isEmpty() ? Map.of() : Json.object("url", name, "valueString", text);
    }

    private static Map<String, Object> flag(String name, boolean is) {
        return is ? Json.object("url", name, "valueBoolean", Json.TRUE) : Map.of();
    }

    static Movement read(Map<String, Object> json) {
        Map<String, Map<String, Object>> parts = new HashMap<>();
        Json.items(json, "extension").forEach(one -> parts.put(Json.text(one, "url"), one));
        return new Movement(
                text(parts, "id", "valueString"),
                text(parts, "event", "valueCode"),
                Moment.ofFhir(text(parts, "at", "valueDateTime")),
                text(parts, "historic", "valueBoolean").equals("true"),
                text(parts, "cancelled", "valueBoolean").equals("true"),
                parts.containsKey("place") ? Spot.read(parts.getOrDefault("place", Map.of())) : Spot.NONE,
                text(parts, "medical-unit", "valueString"),
                text(parts, "care-unit", "valueString"),
                text(parts, "nature", "valueString"),
                text(parts, "class", "valueString"));
    }

    private static String text(Map<String, Map<String, Object>> parts, String name, String value) {
        return Json.text(parts.getOrDefault(name, Map.of()), value);
    }
}
