package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.model.Trait;

/**
 * The wards, rooms and beds of the house, to be found as senders write them: by any identifier, by name, by what is left of either
 * without the ward's code and the room's number. Pure; a name that fits two places fits none.
 */
final class HousePlaces {

    static final HousePlaces NONE = new HousePlaces(Map.of());

    /** No place lies deeper below its ward. */
    private static final int DEPTH = 6;

    /** What senders call the only bed of a room. */
    private static final Set<String> ONLY_BED = Set.of("", "1", "01", "L1", "L01");

    /**
     * References, empty as far as nothing fits.
     *
     * @param described whether the hospital itself says which beds the ward has
     */
    record Found(String ward, String room, String bed, boolean described) {
        static final Found NOTHING = new Found("", "", "", false);
    }

    /** A Location. */
    private record Known(String reference, Map<String, Object> json) {

        boolean isOf(String kind) {
            return Json.items(Json.item(json, "physicalType"), "coding").stream()
                    .anyMatch(coding -> Json.text(coding, "code").equals(kind));
        }

        String within() {
            return Json.text(json, "partOf", "reference");
        }

        List<String> codes() {
            return Json.items(json, "identifier").stream()
                    .map(one -> Json.text(one, "value"))
                    .toList();
        }

        List<String> names() {
            List<String> names = new ArrayList<>(List.of(Json.text(json, "name")));
            if (json.get("alias") instanceof List<?> all) {
                all.forEach(one -> names.add(String.valueOf(one)));
            }
            return names;
        }

        boolean bears(String system, String value) {
            return Json.items(json, "identifier").stream()
                    .anyMatch(one -> Json.text(one, "system").equals(system)
                            && Json.text(one, "value").equals(value));
        }

        /** Whether a sender's word made it. */
        boolean isTold() {
            return Json.items(json, "identifier").stream()
                    .anyMatch(one -> Json.text(one, "system").startsWith(Vocabulary.places("")));
        }
    }

    private final List<Known> wards = new ArrayList<>();
    private final Map<String, List<Known>> below = new HashMap<>();

    /** @param locations the latest version of each Location, by the reference to it */
    HousePlaces(Map<String, Map<String, Object>> locations) {
        Map<String, Known> all = new HashMap<>();
        locations.forEach((reference, json) -> {
            if (!Json.text(json, "status").equals("inactive")) {
                all.put(reference, new Known(reference, json));
            }
        });
        for (Known place : all.values()) {
            if (place.isOf("wa")) {
                wards.add(place);
            } else {
                ward(all, place)
                        .ifPresent(ward -> below.computeIfAbsent(ward.reference(), none -> new ArrayList<>())
                                .add(place));
            }
        }
    }

    private static Optional<Known> ward(Map<String, Known> all, Known place) {
        Optional<Known> here = Optional.of(place);
        for (int i = 0; i < DEPTH && here.isPresent(); i++) {
            if (here.get().isOf("wa")) {
                return here;
            }
            here = Optional.ofNullable(all.get(here.get().within()));
        }
        return Optional.empty();
    }

    Found find(Spot spot) {
        Optional<Known> ward = ward(spot);
        if (ward.isEmpty()) {
            return Found.NOTHING;
        }
        List<Known> inside = below.getOrDefault(ward.get().reference(), List.of());
        List<Known> beds = inside.stream().filter(one -> one.isOf("bd")).toList();
        boolean described = beds.stream().anyMatch(bed -> !bed.isTold());
        Optional<Known> room = spot.room().isEmpty() ? Optional.empty() : room(spot, ward.get(), inside);
        Optional<Known> bed = bed(spot, ward.get(), room, beds);
        return new Found(
                ward.get().reference(),
                room.map(Known::reference).orElse(""),
                bed.map(Known::reference).orElse(""),
                described);
    }

    private Optional<Known> ward(Spot spot) {
        Optional<Known> own = only(wards, one -> one.bears(spot.system(), spot.ward()));
        if (own.isPresent()) {
            return own;
        }
        String said = Trait.plain(spot.ward());
        Optional<Known> coded = only(wards, one -> plain(one.codes()).contains(said));
        return coded.isPresent() ? coded : only(wards, one -> plain(one.names()).contains(said));
    }

    private static Optional<Known> room(Spot spot, Known ward, List<Known> inside) {
        String said = Trait.plain(spot.room());
        List<Known> rooms = inside.stream().filter(one -> one.isOf("ro")).toList();
        return only(rooms, room -> roomWords(room, ward).contains(said));
    }

    /** {@code MED-A-CH312}, {@code CH312}, {@code Chambre 312}, {@code 312}. */
    private static Set<String> roomWords(Known room, Known ward) {
        Set<String> words = words(room, ward);
        for (String name : room.names()) {
            words.add(Trait.plain(name.substring(name.lastIndexOf(' ') + 1)));
        }
        words.remove("");
        return words;
    }

    private static Optional<Known> bed(Spot spot, Known ward, Optional<Known> room, List<Known> beds) {
        if (room.isEmpty() && spot.bed().isEmpty()) {
            return Optional.empty();
        }
        String said = Trait.plain(spot.bed());
        String number = Trait.plain(spot.room());
        List<Known> near = room.map(in -> beds.stream()
                        .filter(bed -> bed.within().equals(in.reference()))
                        .toList())
                .orElse(beds);
        // Of a room senders told, nobody knows whether it has other beds.
        if (room.isPresent()
                && near.size() == 1
                && ONLY_BED.contains(said)
                && !near.getFirst().isTold()) {
            return Optional.of(near.getFirst());
        }
        // A bed's word alone may be another room's bed.
        boolean roomUnknown = room.isEmpty() && !number.isEmpty();
        return said.isEmpty()
                ? Optional.empty()
                : only(near, bed -> {
                    Set<String> words = words(bed, ward);
                    return (!roomUnknown && words.contains(said))
                            || (!number.isEmpty() && words.contains(number + said));
                });
    }

    /** Codes and names, also without the ward's code before them. */
    private static Set<String> words(Known place, Known ward) {
        Set<String> words = plain(place.codes());
        words.addAll(plain(place.names()));
        for (String code : plain(ward.codes())) {
            for (String word : List.copyOf(words)) {
                if (word.startsWith(code)) {
                    words.add(word.substring(code.length()));
                }
            }
        }
        words.remove("");
        return words;
    }

    private static Set<String> plain(List<String> texts) {
        Set<String> plain = new LinkedHashSet<>();
        texts.forEach(text -> plain.add(Trait.plain(text)));
        plain.remove("");
        return plain;
    }

    private static Optional<Known> only(List<Known> places, Function<Known, Boolean> fits) {
        List<Known> found = places.stream().filter(fits::apply).limit(2).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
