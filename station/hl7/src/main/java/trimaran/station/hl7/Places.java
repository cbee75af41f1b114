package trimaran.station.hl7;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;

/**
 * The Locations behind the places of a message. One the record does not know yet is created with the movement that names it, ward
 * before room before bed: the other system's places are facts, too, and a board without them would lack its patients.
 */
final class Places {

    private static final Map<String, String> KINDS = Map.of("wa", "Ward", "ro", "Room", "bd", "Bed");

    private final Lookups lookups;
    private final Draft draft;
    private final Map<String, String> references = new HashMap<>();

    Places(Lookups lookups, Draft draft) {
        this.lookups = lookups;
        this.draft = draft;
    }

    /** The reference to where the patient is: the bed, else the room, else the ward. */
    String reference(Spot spot) throws StoppedException {
        String within = "";
        for (Spot.Level level : spot.levels()) {
            within = reference(spot.system(), level, within);
        }
        return within;
    }

    private String reference(String system, Spot.Level level, String within) throws StoppedException {
        String known = references.get(system + "|" + level.key());
        if (known != null) {
            return known;
        }
        Trait trait = Trait.identifier(system, level.key());
        Optional<ResourceId> found = lookups.find("Location", trait);
        String reference = found.isPresent()
                ? "Location/" + found.get()
                : draft.create(location(system, level, within), List.of(trait));
        references.put(system + "|" + level.key(), reference);
        return reference;
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
