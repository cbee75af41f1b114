package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A place as PV1-3 names it (HL7 2.5, PL data type): point of care, room, bed, facility. Somebody moved at this hospital's own
 * doors is in a Location, whose words stand for what a sender would say.
 *
 * @param system of the identifiers of the facility's places
 * @param location the reference to the Location it was found to be; empty as long as nobody looked
 * @param words what is shown of a place no sender named
 */
record Spot(String system, String ward, String room, String bed, String location, String words) {

    static final Spot NONE = new Spot("", "", "", "", "", "");

    /** Where somebody was brought at this hospital's own doors. */
    static Spot here(String location, String words) {
        return new Spot("", "", "", "", location, words);
    }

    /** The same place, found. */
    Spot at(String reference) {
        return new Spot(system, ward, room, bed, reference, words);
    }

    /** One level of a place, for which there is a Location. */
    record Level(String kind, String key, String name) {}

    static Spot of(Message message, Value value) {
        String ward = value.component(1);
        if (ward.isEmpty()) {
            return NONE;
        }
        String facility = value.component(4).isEmpty() ? Identifiers.facility(message) : value.component(4);
        return new Spot(Vocabulary.places(facility), ward, value.component(2), value.component(3), "", "");
    }

    boolean isKnown() {
        return isNamed() || !location.isEmpty();
    }

    /** Whether a sender names it. */
    boolean isNamed() {
        return !ward.isEmpty();
    }

    /** Found to be the same Location; beds nobody knows are told apart by their names. */
    boolean isSame(Spot other) {
        if (!isKnown() && !other.isKnown()) {
            return true;
        }
        boolean named = isNamed() && other.isNamed();
        boolean sameName = system.equals(other.system) && key().equals(other.key());
        boolean found = !location.isEmpty() && !other.location.isEmpty();
        return (found ? location.equals(other.location) : named && sameName) && (!named || sameName);
    }

    /** What is shown of it. */
    String shown() {
        return isNamed() ? String.join(" ", levels().stream().map(Level::name).toList()) : words;
    }

    /** Ward, room and bed, as far as they are said; the last is where the patient is. */
    List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        if (isNamed()) {
            levels.add(new Level("wa", ward, ward));
            if (!room.isEmpty()) {
                levels.add(new Level("ro", ward + "/" + room, room));
            }
            if (!bed.isEmpty()) {
                levels.add(new Level("bd", ward + "/" + room + "/" + bed, bed));
            }
        }
        return levels;
    }

    String key() {
        return isNamed() ? levels().getLast().key() : "";
    }

    Map<String, Object> json() {
        return Json.object(
                "url",
                "place",
                "extension",
                Json.list(
                        part("system", system),
                        part("ward", ward),
                        part("room", room),
                        part("bed", bed),
                        location.isEmpty()
                                ? Map.of()
                                : Json.object("url", "location", "valueReference", Json.object("reference", location)),
                        part("words", words)));
    }

    private static Map<String, Object> part(String name, String text) {
        return text.isEmpty() ? Map.of() : Json.object("url", name, "valueString", text);
    }

    static Spot read(Map<String, Object> json) {
        Map<String, String> parts = new HashMap<>();
        for (Map<String, Object> one : Json.items(json, "extension")) {
            String reference = Json.text(one, "valueReference", "reference");
            parts.put(Json.text(one, "url"), reference.isEmpty() ? Json.text(one, "valueString") : reference);
        }
        return new Spot(
                parts.getOrDefault("system", ""),
                parts.getOrDefault("ward", ""),
                parts.getOrDefault("room", ""),
                parts.getOrDefault("bed", ""),
                parts.getOrDefault("location", ""),
                parts.getOrDefault("words", ""));
    }
}
