package trimaran.station.chart;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.station.BedPlace;
import trimaran.station.WardPlace;

/** What the house calls its wards and beds, by the reference others name them by. */
public final class Places {

    /** A house that is not at hand: places are called what those who name them call them. */
    public static final Places NONE = new Places(Map.of());

    /**
     * A ward, or a bed in one.
     *
     * @param bed empty for the ward itself
     */
    public record Name(String ward, String bed) {}

    private final Map<String, Name> names;

    private Places(Map<String, Name> names) {
        this.names = names;
    }

    public static Places of(Collection<WardPlace> wards) {
        Map<String, Name> names = new HashMap<>();
        for (WardPlace ward : wards) {
            names.put("Location/" + ward.id(), new Name(ward.name(), ""));
            ward.beds().forEach(bed -> names.put("Location/" + bed.id(), new Name(ward.name(), bedName(bed))));
        }
        return new Places(names);
    }

    /** What a bed is called where its ward is known: the house may have named it with its room or without. */
    public static String bedName(BedPlace bed) {
        String room = bed.room().replaceFirst("^(Chambre|Room)\\s+", "");
        return room.isEmpty() || bed.name().startsWith(room) ? bed.name() : (room + " " + bed.name()).strip();
    }

    Optional<Name> of(String reference) {
        return Optional.ofNullable(names.get(reference));
    }
}
