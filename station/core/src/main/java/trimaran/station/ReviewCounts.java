package trimaran.station;

import java.util.Map;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

/**
 * How many entries wait for a review, by patient, of those who are open at a station.
 *
 * @param people what persons wrote while application was silent, or against its no: a ward's work
 * @param services what other systems sent, which nobody ever approves: all of it beside an old system, so that it must not hide the rest
 * @param patients the Patient of each
 */
public record ReviewCounts(
        Map<CellId, Integer> people, Map<CellId, Integer> services, Map<CellId, ResourceId> patients) {

    public static final ReviewCounts NONE = new ReviewCounts(Map.of(), Map.of(), Map.of());

    public ReviewCounts {
        people = Map.copyOf(people);
        services = Map.copyOf(services);
        patients = Map.copyOf(patients);
    }

    /** Whether something of this patient waits. */
    public boolean has(CellId patient) {
        return people.containsKey(patient) || services.containsKey(patient);
    }

    public static int sum(Map<CellId, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
