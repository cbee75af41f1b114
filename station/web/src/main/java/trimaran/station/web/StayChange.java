package trimaran.station.web;

import static trimaran.station.web.Json.list;
import static trimaran.station.web.Json.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.model.JsonTree;

/**
 * What a movement makes of an Encounter (R4), as IHE PAM means it: A01 admit, A02 transfer, A03 discharge, and A11, A12, A13,
 * which take those back. Pure: whether it may be so is for the movements application; the ward's board follows in the station.
 */
final class StayChange {

    private static final String LOCATION = "location";
    private static final String PERIOD = "period";
    private static final String STATUS = "status";
    private static final String DISPOSITIONS = "http://terminology.hl7.org/CodeSystem/discharge-disposition";

    private static final String EXPECTED_END = "urn:trimaran:expected-end";

    private static final List<String> LATER = List.of("planned", "reserved");

    /** What can be taken back: the last thing that happened. */
    enum Last {
        ADMISSION,
        ARRIVAL,
        TRANSFER,
        DISCHARGE
    }

    private StayChange() {}

    /** Somebody comes into this place, who was elsewhere or expected; where they were expected stays written as a plan. */
    static Map<String, Object> moved(Map<String, Object> stay, PlaceChoices.Place place, String at) {
        Map<String, Object> changed = new LinkedHashMap<>(stay);
        boolean expected = JsonTree.text(stay, STATUS).equals("planned");
        List<Object> locations = new ArrayList<>();
        JsonTree.items(stay, LOCATION)
                .forEach(one -> locations.add(
                        expected && (isOpen(one) || isPlanned(one))
                                ? planned(one, stay)
                                : isOpen(one) ? ended(one, at) : one));
        locations.add(Json.of(
                LOCATION,
                Json.of("reference", place.reference(), "display", place.words()),
                STATUS,
                "active",
                PERIOD,
                Json.of("start", at)));
        if (expected) {
            changed.put(STATUS, "in-progress");
            changed.put(PERIOD, Json.of("start", at));
        }
        changed.put(LOCATION, locations);
        return changed;
    }

    /** @param disposition of the value set encounter-discharge-disposition */
    static Map<String, Object> discharged(Map<String, Object> stay, String at, String disposition) {
        Map<String, Object> changed = new LinkedHashMap<>(stay);
        changed.put(STATUS, "finished");
        Map<String, Object> period =
                new LinkedHashMap<>(JsonTree.item(stay, PERIOD).orElse(Map.of()));
        period.put("end", at);
        changed.put(PERIOD, period);
        List<Object> locations = new ArrayList<>();
        JsonTree.items(stay, LOCATION).forEach(one -> locations.add(isOpen(one) ? ended(one, at) : one));
        changed.put(LOCATION, locations);
        if (!disposition.isEmpty()) {
            Map<String, Object> hospitalization =
                    new LinkedHashMap<>(JsonTree.item(stay, "hospitalization").orElse(Map.of()));
            hospitalization.put("dischargeDisposition", FhirJson.concept(DISPOSITIONS, disposition));
            changed.put("hospitalization", hospitalization);
        }
        return changed;
    }

    /** @param at when somebody who is there is to leave; empty for nobody knows */
    static Map<String, Object> leaving(Map<String, Object> stay, String at) {
        Map<String, Object> changed = new LinkedHashMap<>(stay);
        List<Object> extensions = new ArrayList<>();
        JsonTree.items(stay, "extension").stream()
                .filter(one -> !JsonTree.text(one, "url").equals(EXPECTED_END))
                .forEach(extensions::add);
        if (!at.isEmpty()) {
            extensions.add(Json.of("url", EXPECTED_END, "valueDateTime", at));
        }
        changed.put("extension", extensions);
        changed.values().removeIf(StayChange::isEmpty);
        return changed;
    }

    /** What happened last to a stay; empty if nothing can be taken back. */
    static Optional<Last> last(Map<String, Object> stay) {
        return switch (JsonTree.text(stay, STATUS)) {
            case "finished" -> Optional.of(Last.DISCHARGE);
            case "in-progress", "arrived", "triaged", "onleave" ->
                Optional.of(
                        JsonTree.items(stay, LOCATION).stream()
                                                .filter(one -> !isPlanned(one))
                                                .count()
                                        > 1
                                ? Last.TRANSFER
                                : plans(stay).isEmpty() ? Last.ADMISSION : Last.ARRIVAL);
            default -> Optional.empty();
        };
    }

    /** The stay without what happened last. */
    static Map<String, Object> takenBack(Map<String, Object> stay, String now) {
        Last last = last(stay).orElseThrow(() -> new IllegalArgumentException("nothing can be taken back"));
        Map<String, Object> changed = new LinkedHashMap<>(stay);
        List<Map<String, Object>> locations = new ArrayList<>(JsonTree.items(stay, LOCATION));
        switch (last) {
            case DISCHARGE -> {
                changed.put(STATUS, "in-progress");
                Map<String, Object> period =
                        new LinkedHashMap<>(JsonTree.item(stay, PERIOD).orElse(Map.of()));
                period.remove("end");
                changed.put(PERIOD, period);
                Map<String, Object> hospitalization = new LinkedHashMap<>(
                        JsonTree.item(stay, "hospitalization").orElse(Map.of()));
                hospitalization.remove("dischargeDisposition");
                changed.put("hospitalization", hospitalization);
                reopenLast(locations);
            }
            case TRANSFER -> {
                locations.remove(lastLived(locations));
                reopenLast(locations);
            }
            case ARRIVAL -> {
                locations = plans(stay);
                changed.put(STATUS, "planned");
                changed.put(PERIOD, JsonTree.item(locations.getFirst(), PERIOD).orElse(Map.of()));
            }
            case ADMISSION -> {
                changed.put(STATUS, "cancelled");
                locations.replaceAll(one -> isOpen(one) ? ended(one, now) : one);
            }
        }
        changed.put(LOCATION, locations);
        changed.values().removeIf(StayChange::isEmpty);
        return changed;
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /** Where somebody is, as the stay calls it; empty if it does not say. */
    static String place(Map<String, Object> stay) {
        String place = "";
        boolean expected = JsonTree.text(stay, STATUS).equals("planned");
        for (Map<String, Object> one : JsonTree.items(stay, LOCATION)) {
            if (isOpen(one) || (expected && isPlanned(one))) {
                place = JsonTree.text(one, LOCATION, "reference");
            }
        }
        return place.startsWith("Location/") ? place.substring("Location/".length()) : "";
    }

    /** The same in words, as the stay itself names the place. */
    static String placeWords(Map<String, Object> stay) {
        String words = "";
        for (Map<String, Object> one : JsonTree.items(stay, LOCATION)) {
            if (isOpen(one)) {
                words = JsonTree.text(one, LOCATION, "display");
            }
        }
        return words;
    }

    private static void reopenLast(List<Map<String, Object>> locations) {
        int at = lastLived(locations);
        if (at < 0) {
            return;
        }
        Map<String, Object> last = new LinkedHashMap<>(locations.get(at));
        last.put(STATUS, "active");
        Map<String, Object> period =
                new LinkedHashMap<>(JsonTree.item(last, PERIOD).orElse(Map.of()));
        period.remove("end");
        last.remove(PERIOD);
        if (!period.isEmpty()) {
            last.put(PERIOD, period);
        }
        locations.set(at, last);
    }

    private static int lastLived(List<Map<String, Object>> locations) {
        int at = locations.size() - 1;
        while (at >= 0 && isPlanned(locations.get(at))) {
            at--;
        }
        return at;
    }

    /** Whether a place is meant for later, or was: nobody is there by that. */
    static boolean isPlanned(Map<String, Object> location) {
        return LATER.contains(JsonTree.text(location, STATUS));
    }

    private static List<Map<String, Object>> plans(Map<String, Object> stay) {
        return new ArrayList<>(JsonTree.items(stay, LOCATION).stream()
                .filter(StayChange::isPlanned)
                .toList());
    }

    /** A place as it was planned, with the time the stay was planned for, so that an arrival can be taken back. */
    private static Map<String, Object> planned(Map<String, Object> location, Map<String, Object> stay) {
        Map<String, Object> plan = new LinkedHashMap<>(location);
        plan.put(STATUS, "planned");
        JsonTree.item(stay, PERIOD).ifPresent(period -> plan.putIfAbsent(PERIOD, period));
        return plan;
    }

    private static boolean isOpen(Map<String, Object> location) {
        return !isPlanned(location)
                && !JsonTree.text(location, STATUS).equals("completed")
                && JsonTree.text(location, PERIOD, "end").isEmpty();
    }

    private static Map<String, Object> ended(Map<String, Object> location, String at) {
        Map<String, Object> over = new LinkedHashMap<>(location);
        over.put(STATUS, "completed");
        Map<String, Object> period =
                new LinkedHashMap<>(JsonTree.item(location, PERIOD).orElse(Map.of()));
        period.put("end", at);
        over.put(PERIOD, period);
        return over;
    }

    /** A new stay, begun at a moment in a place. */
    static Map<String, Object> admitted(
            String patient,
            String number,
            Numbers numbers,
            PlaceChoices.Place place,
            String at,
            String reason,
            String unit) {
        boolean emergency = place.board()
                .ward()
                .department()
                .toLowerCase(java.util.Locale.ROOT)
                .contains("urgence");
        return Json.of(
                "resourceType",
                "Encounter",
                "meta",
                FhirJson.meta(numbers.demo()),
                "identifier",
                list(Json.of("system", numbers.staySystem(), "value", number)),
                STATUS,
                "in-progress",
                "class",
                FhirJson.coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", emergency ? "EMER" : "IMP"),
                "serviceType",
                Json.of("text", unit),
                "subject",
                reference(patient),
                PERIOD,
                Json.of("start", at),
                "reasonCode",
                list(Json.of("text", reason)),
                LOCATION,
                list(Json.of(
                        LOCATION,
                        Json.of("reference", place.reference(), "display", place.words()),
                        STATUS,
                        "active",
                        PERIOD,
                        Json.of("start", at))));
    }
}
