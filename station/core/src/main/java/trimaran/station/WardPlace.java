package trimaran.station;

import java.util.List;
import trimaran.kernel.ResourceId;

/**
 * A ward as the house describes it; a text is empty where the house says nothing.
 *
 * @param id of its Location
 * @param codes values of its identifiers, the one in use first
 * @param shortName what it is called for short; its name if it has no other
 * @param department what it belongs to
 * @param beds in the order of their rooms
 */
public record WardPlace(
        ResourceId id,
        List<String> codes,
        String name,
        String shortName,
        String department,
        String phone,
        List<BedPlace> beds) {

    public WardPlace {
        codes = List.copyOf(codes);
        beds = List.copyOf(beds);
    }

    /** Whether a person means this ward, by its code, its name, what it is called for short, or its id. */
    public boolean isCalled(String wanted) {
        return codes.stream().anyMatch(wanted::equalsIgnoreCase)
                || name.equalsIgnoreCase(wanted)
                || shortName.equalsIgnoreCase(wanted)
                || id.toString().equals(wanted);
    }
}
