package trimaran.station;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;

/**
 * The wards of the house with their beds, read from its Locations. A Location is read once as long as nobody changes it: a house
 * of 700 beds has more than a thousand, and every board asks for them.
 */
final class WardPlaces {

    /** Why a bed cannot be used, and until when (docs/formats.md, The invented hospital). */
    private static final String BED_NOTE = "urn:trimaran:bed-note";

    private static final Comparator<BedPlace> IN_ORDER = Comparator.comparing(BedPlace::room, WardPlaces::byNumber)
            .thenComparing(BedPlace::name, WardPlaces::byNumber)
            .thenComparing(BedPlace::code)
            .thenComparing(BedPlace::id);

    private record Place(ResourceId id, String within, List<String> kinds, Map<String, Object> json) {}

    private record Read(ResourceVersion version, Optional<Place> place) {}

    private final Map<ResourceId, Read> read = new HashMap<>();

    /** The wards of these open house cells, by their names. */
    Map<ResourceId, WardPlace> of(List<OpenCell> house) {
        Map<String, Place> places = places(house);
        Map<ResourceId, List<BedPlace>> beds = new HashMap<>();
        for (Place place : places.values()) {
            if (place.kinds().contains("bd")) {
                ward(places, place)
                        .ifPresent(ward -> beds.computeIfAbsent(ward.id(), none -> new ArrayList<>())
                                .add(bed(places, place)));
            }
        }
        List<WardPlace> wards = new ArrayList<>();
        for (Place place : places.values()) {
            boolean ward =
                    place.kinds().contains("wa") && !text(place, "status").equals("inactive");
            if (ward) {
                List<BedPlace> own = beds.getOrDefault(place.id(), new ArrayList<>());
                own.sort(IN_ORDER);
                wards.add(ward(place, own));
            }
        }
        wards.sort(Comparator.comparing(WardPlace::name, WardPlaces::byNumber).thenComparing(WardPlace::id));
        Map<ResourceId, WardPlace> byId = new LinkedHashMap<>();
        wards.forEach(ward -> byId.put(ward.id(), ward));
        return byId;
    }

    private Map<String, Place> places(List<OpenCell> house) {
        Map<String, Place> places = new HashMap<>();
        for (OpenCell cell : house) {
            for (List<ResourceVersion> versions : cell.all()) {
                ResourceVersion latest = versions.getLast();
                if (latest.type().equals("Location") && !latest.isDeleted()) {
                    place(latest).ifPresent(place -> places.put("Location/" + place.id(), place));
                }
            }
        }
        return places;
    }

    private Optional<Place> place(ResourceVersion latest) {
        Read known = read.get(latest.id());
        if (known != null && known.version().equals(latest)) {
            return known.place();
        }
        Optional<Place> place = JsonTree.glimpse(latest.json())
                .map(json -> new Place(latest.id(), JsonTree.text(json, "partOf", "reference"), kinds(json), json));
        read.put(latest.id(), new Read(latest, place));
        return place;
    }

    /** What kind of place a Location is (R4 location-physical-type). */
    static List<String> kinds(Map<String, Object> location) {
        return JsonTree.item(location, "physicalType")
                .map(type -> JsonTree.items(type, "coding").stream()
                        .map(coding -> JsonTree.text(coding, "code"))
                        .toList())
                .orElse(List.of());
    }

    /** The ward a place lies in: itself, or the nearest above it. */
    private static Optional<Place> ward(Map<String, Place> places, Place place) {
        Place here = place;
        for (int i = 0; i < Wards.DEPTH_MAX; i++) {
            if (here.kinds().contains("wa")) {
                return Optional.of(here);
            }
            Place above = places.get(here.within());
            if (above == null) {
                return Optional.empty();
            }
            here = above;
        }
        return Optional.empty();
    }

    private static WardPlace ward(Place place, List<BedPlace> beds) {
        String name = name(place);
        String alias = place.json().get("alias") instanceof List<?> all && all.getFirst() instanceof String first
                ? first
                : name;
        String department = JsonTree.items(place.json(), "type").stream()
                .map(WardPlaces::words)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
        String phone = JsonTree.items(place.json(), "telecom").stream()
                .filter(one -> JsonTree.text(one, "system").equals("phone"))
                .map(one -> JsonTree.text(one, "value"))
                .findFirst()
                .orElse("");
        return new WardPlace(place.id(), codes(place), name, alias, department, phone, beds);
    }

    private static BedPlace bed(Map<String, Place> places, Place place) {
        Place above = places.get(place.within());
        String operational = text(place, "operationalStatus", "code");
        String words = text(place, "operationalStatus", "display");
        String note = JsonTree.items(place.json(), "extension").stream()
                .filter(one -> JsonTree.text(one, "url").equals(BED_NOTE))
                .map(one -> JsonTree.text(one, "valueString"))
                .findFirst()
                .orElse("");
        List<String> codes = codes(place);
        return new BedPlace(
                place.id(),
                above != null && above.kinds().contains("ro") ? name(above) : "",
                name(place),
                codes.isEmpty() ? "" : codes.getFirst(),
                BedPlace.State.of(text(place, "status"), operational),
                words.isEmpty() ? operational : words,
                note);
    }

    /** What a place is called; what it is found by if it has no name. */
    private static String name(Place place) {
        String name = text(place, "name");
        List<String> codes = codes(place);
        return !name.isEmpty() ? name : codes.isEmpty() ? "" : codes.getFirst();
    }

    private static List<String> codes(Place place) {
        return JsonTree.items(place.json(), "identifier").stream()
                .map(one -> JsonTree.text(one, "value"))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String words(Map<String, Object> concept) {
        String text = JsonTree.text(concept, "text");
        return text.isEmpty()
                ? JsonTree.items(concept, "coding").stream()
                        .map(coding -> JsonTree.text(coding, "display"))
                        .filter(display -> !display.isEmpty())
                        .findFirst()
                        .orElse("")
                : text;
    }

    private static String text(Place place, String... names) {
        return JsonTree.text(place.json(), names);
    }

    /** Room 9 stands before room 10. */
    static int byNumber(String one, String other) {
        int i = 0;
        int k = 0;
        while (i < one.length() && k < other.length()) {
            int iEnd = digits(one, i);
            int kEnd = digits(other, k);
            int order = iEnd > i && kEnd > k
                    ? Comparator.comparingInt(String::length)
                            .thenComparing(Comparator.naturalOrder())
                            .compare(significant(one, i, iEnd), significant(other, k, kEnd))
                    : Character.compare(one.charAt(i), other.charAt(k));
            if (order != 0) {
                return order;
            }
            i = Math.max(iEnd, i + 1);
            k = Math.max(kEnd, k + 1);
        }
        return Integer.compare(one.length() - i, other.length() - k);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static String significant(String text, int from, int end) {
        int start = from;
        while (start < end - 1 && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, end);
    }
}
