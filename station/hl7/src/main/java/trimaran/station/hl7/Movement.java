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
 * @param here whether it was made at this hospital's own doors, and no sender told it
 * @param takenBack whether it was undone at this hospital's own doors, and no sender cancelled it
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
        String patientClass,
        boolean here,
        boolean takenBack) {

    /** A movement as a sender tells it. */
    static Movement told(
            String id,
            String event,
            Moment at,
            boolean historic,
            Spot spot,
            String medicalUnit,
            String careUnit,
            String nature,
            String patientClass) {
        return new Movement(
                id, event, at, historic, false, spot, medicalUnit, careUnit, nature, patientClass, false, false);
    }

    /** A movement somebody made at this hospital's own doors. */
    static Movement here(Step step, Moment at, String location, String shown) {
        Spot spot = location.isEmpty() ? Spot.NONE : Spot.here(location, shown);
        return new Movement(
                "here|" + step.event + "@" + at.fhir() + "|" + location,
                step.event,
                at,
                false,
                false,
                spot,
                "",
                "",
                "",
                "",
                true,
                false);
    }

    /** What a movement does to a stay. */
    enum Step {
        EXPECT("A05"),
        ADMIT("A01"),
        TRANSFER("A02"),
        DISCHARGE("A03");

        private final String event;

        Step(String event) {
            this.event = event;
        }
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

    /** Whether it happened, as far as anybody says. */
    boolean counts() {
        return !cancelled && !takenBack;
    }

    Movement cancel() {
        return with(true, spot, takenBack);
    }

    Movement takeBack() {
        return with(cancelled, spot, true);
    }

    /** In a place, told as before. */
    Movement in(Spot other) {
        return with(cancelled, other, takenBack);
    }

    private Movement with(boolean nowCancelled, Spot place, boolean nowTakenBack) {
        return new Movement(
                id,
                event,
                at,
                historic,
                nowCancelled,
                place,
                medicalUnit,
                careUnit,
                nature,
                patientClass,
                here,
                nowTakenBack);
    }

    /** Whether this is the very movement that is told again. */
    boolean says(Movement told) {
        return with(false, told.spot, false).equals(told) && spot.isSame(told.spot);
    }

    /** What a correction leaves out stays as it was. Whoever speaks of a movement says that it is one, whatever others did. */
    Movement corrected(Movement is) {
        return new Movement(
                id,
                is.event,
                is.at,
                is.historic || historic,
                cancelled,
                is.spot.isKnown() ? is.spot : spot,
                is.medicalUnit.isEmpty() ? medicalUnit : is.medicalUnit,
                is.careUnit.isEmpty() ? careUnit : is.careUnit,
                is.nature.isEmpty() ? nature : is.nature,
                is.patientClass.isEmpty() ? patientClass : is.patientClass,
                here,
                false);
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
                        text("class", patientClass),
                        flag("here", here),
                        flag("taken-back", takenBack)));
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
                text(parts, "class", "valueString"),
                text(parts, "here", "valueBoolean").equals("true"),
                text(parts, "taken-back", "valueBoolean").equals("true"));
    }

    private static String text(Map<String, Map<String, Object>> parts, String name, String value) {
        return Json.text(parts.getOrDefault(name, Map.of()), value);
    }
}
