package trimaran.station.hl7;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;

/**
 * The Locations behind the places of a message: those of the house, where it has them. A ward the record does not know yet is created
 * with the movement that names it, and its rooms and beds: the other system's places are facts, too, and a board without them
 * would lack its patients. Where the hospital itself says which beds a ward has, none is added to them by a message: its patient
 * is in the room or the ward, and it is said.
 */
final class Places {

    private static final Map<String, String> KINDS = Map.of("wa", "Ward", "ro", "Room", "bd", "Bed");

    private final Lookups lookups;
    private final Draft draft;
    private final List<Fault> faults;
    private final Map<String, String> references = new HashMap<>();

    Places(Lookups lookups, Draft draft, List<Fault> faults) {
        this.lookups = lookups;
        this.draft = draft;
        this.faults = faults;
    }

    /** The course with each place that counts found. */
    Course found(Course course) throws StoppedException {
        Map<String, String> found = new HashMap<>();
        for (Movement movement : course.movements()) {
            if (isSought(movement)) {
                found.put(movement.id(), reference(movement.spot()));
            }
        }
        return course.each(one -> isSought(one) ? one.in(one.spot().at(found.getOrDefault(one.id(), ""))) : one);
    }

    private static boolean isSought(Movement movement) {
        return movement.counts()
                && movement.spot().isNamed()
                && movement.spot().location().isEmpty();
    }

    /** The reference to where the patient is: the bed, else the room, else the ward. */
    String reference(Spot spot) throws StoppedException {
        HousePlaces.Found known = lookups.place(spot);
        Map<String, String> house = Map.of("wa", known.ward(), "ro", known.room(), "bd", known.bed());
        if (!known.bed().isEmpty()) {
            return known.bed();
        }
        String within = "";
        for (Spot.Level level : spot.levels()) {
            String here = house.getOrDefault(level.kind(), "");
            if (here.isEmpty() && known.described()) {
                unknown(
                        level,
                        "un lieu connu du service ; le patient y est sans lit",
                        "a place the ward has; the patient is there without a bed");
                return within;
            }
            within = here.isEmpty() ? told(spot.system(), level, within) : here;
        }
        return within;
    }

    /** A place that is there because senders tell it. */
    private String told(String system, Spot.Level level, String within) throws StoppedException {
        String key = system + "|" + level.key();
        String known = references.get(key);
        if (known != null) {
            return known;
        }
        Trait trait = Trait.identifier(system, level.key());
        Optional<ResourceId> found = lookups.find("Location", trait);
        if (found.isEmpty()) {
            unknown(
                    level,
                    "un lieu connu de l'établissement ; ajouté tel quel",
                    "a place the house has; added as told");
        }
        String reference = found.isPresent()
                ? "Location/" + found.get()
                : draft.create(location(system, level, within), List.of(trait));
        references.put(key, reference);
        return reference;
    }

    private void unknown(Spot.Level level, String fr, String en) {
        int component = switch (level.kind()) {
            case "wa" -> 1;
            case "ro" -> 2;
            default -> 3;
        };
        faults.add(Fault.warning(
                Fault.Kind.UNKNOWN_KEY, Place.of("PV1", 3).component(component), Fault.Said.of(fr, en), level.key()));
    }

    private static Map<String, Object> location(String system, Spot.Level level, String within) {
        return Json.object(
                "resourceType",
                "Location",
                "identifier",
                Json.list(Json.object("system", system, "value", level.key())),
                "status",
                "active",
                "name",
                level.name(),
                "mode",
                "instance",
                "physicalType",
                Json.object(
                        "coding",
                        Json.list(Json.object(
                                "system",
                                Vocabulary.PLACE_KINDS,
                                "code",
                                level.kind(),
                                "display",
                                KINDS.getOrDefault(level.kind(), "")))),
                "partOf",
                within.isEmpty() ? null : Json.object("reference", within));
    }
}
