package trimaran.station;

import java.util.List;
import java.util.Map;
import trimaran.model.JsonTree;
import trimaran.model.Surroundings;

/**
 * What an Encounter says about where its patient is: how far the stay has come and the place that counts now.
 *
 * @param phase by Encounter.status
 * @param place the reference to the present or expected Location as the author wrote it; empty for none
 * @param placeStart when it began there, if it says
 * @param start when the stay began
 * @param end when the stay ended, if it did
 * @param leaves when whoever is there is to leave, if it says
 * @param places all Locations it names, in order
 */
record Movement(
        Phase phase, String place, String placeStart, String start, String end, String leaves, List<String> places) {

    /** The extension of an Encounter by which this house says it, docs/formats.md. */
    private static final String EXPECTED_END = "urn:trimaran:expected-end";

    /** How far a stay has come (R4 value set encounter-status). */
    enum Phase {
        EXPECTED,
        PRESENT,
        LEFT,
        NEVER,
        UNKNOWN;

        static Phase of(String status) {
            return switch (status) {
                case "planned" -> EXPECTED;
                case "arrived", "triaged", "in-progress", "onleave" -> PRESENT;
                case "finished" -> LEFT;
                case "cancelled", "entered-in-error" -> NEVER;
                default -> UNKNOWN;
            };
        }
    }

    static final Movement GONE = new Movement(Phase.NEVER, "", "", "", "", "", List.of());

    static Movement of(Map<String, Object> encounter) {
        Phase phase = Phase.of(JsonTree.text(encounter, "status"));
        String place = "";
        String placeStart = "";
        List<Map<String, Object>> locations = JsonTree.items(encounter, "location");
        for (Map<String, Object> one : locations) {
            String status = JsonTree.text(one, "status");
            boolean over = status.equals("completed")
                    || !JsonTree.text(one, "period", "end").isEmpty();
            boolean later = phase == Phase.PRESENT && (status.equals("planned") || status.equals("reserved"));
            if (!over && !later) {
                place = JsonTree.text(one, "location", "reference");
                placeStart = JsonTree.text(one, "period", "start");
            }
        }
        return new Movement(
                phase,
                place,
                placeStart,
                JsonTree.text(encounter, "period", "start"),
                JsonTree.text(encounter, "period", "end"),
                leaves(encounter),
                locations.stream()
                        .map(one -> JsonTree.text(one, "location", "reference"))
                        .filter(text -> Surroundings.literalType(text).equals("Location") || text.startsWith("urn:"))
                        .toList());
    }

    private static String leaves(Map<String, Object> encounter) {
        return JsonTree.items(encounter, "extension").stream()
                .filter(one -> JsonTree.text(one, "url").equals(EXPECTED_END))
                .map(one -> JsonTree.text(one, "valueDateTime"))
                .findFirst()
                .orElse("");
    }

    boolean isThere() {
        return phase == Phase.PRESENT || phase == Phase.EXPECTED;
    }
}
