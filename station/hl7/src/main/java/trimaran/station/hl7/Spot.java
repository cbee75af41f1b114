package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A place as PV1-3 names it (HL7 2.5, PL data type): point of care, room, bed, facility.
 *
 * @param system of the identifiers of the facility's places
 */
record Spot(String system, String ward, String room, String bed) {

    static final Spot NONE = new Spot("", "", "", "");

    /** One level of a place, for which there is a Location. */
    record Level(String kind, String key, String name) {}

    static Spot of(Message message, Value value) {
        String ward = value.component(1);
        if (ward.isEmpty()) {
            return NONE;
        }
        String facility = value.component(4).isEmpty() ? Identifiers.facility(message) : value.component(4);
        return new Spot(Vocabulary.places(facility), ward, value.component(2), value.component(3));
    }

    boolean isKnown() {
        return !ward.isEmpty();
    }

    /** Ward, room and bed, as far as they are said; the last is where the patient is. */
    List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        if (isKnown()) {
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
        return isKnown() ? levels().getLast().key() : "";
    }

    Map<String, Object> json() {
        return Json.object(
                "url",
                "place",
                "extension",
                Json.list(part("system", system), part("ward", ward), part("room", room), part("bed", bed)));
    }

    private static Map<String, Object> part(String name, String text) {
        return text.isEmpty() ? Map.of() : Json.object("url", name, "valueString", text);
    }

    static Spot read(Map<String, Object> json) {
        Map<String, String> parts = new java.util.HashMap<>();
        Json.items(json, "extension").forEach(one -> parts.put(Json.text(one, "url"), Json.text(one, "valueString")));
        return new Spot(
                parts.getOrDefault("system", ""),
                parts.getOrDefault("ward", ""),
                parts.getOrDefault("room", ""),
                parts.getOrDefault("bed", ""));
    }
}
