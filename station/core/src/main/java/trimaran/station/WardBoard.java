package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.ResourceId;

/**
 * A ward as its board stands: every bed with who lies in it, whoever has no bed yet, whoever is expected. Read from the house
 * and the ward's own cells alone, so it costs no patient's opening; what is true of a patient comes from the patient's folder.
 *
 * @param beds all beds of the ward, in their order
 * @param unplaced present in the ward, and in none of its beds
 * @param expected in the order in which they are to come, with or without a bed kept for them
 * @param unreadable lines of the board nobody could read: shown as a number, since a missing patient must not look like none
 * @param ageMillis how old the station's knowledge of the record was
 */
public record WardBoard(
        WardPlace ward,
        List<Bed> beds,
        List<WardStay> unplaced,
        List<WardStay> expected,
        int unreadable,
        long ageMillis) {

    /**
     * One bed.
     *
     * @param lying who lies there: two, if that is what the record says
     * @param reserved who is expected in it
     */
    public record Bed(BedPlace place, List<WardStay> lying, List<WardStay> reserved) {
        public Bed {
            lying = List.copyOf(lying);
            reserved = List.copyOf(reserved);
        }

        /** Nobody lies there, nobody is expected there, and it is fit for use. */
        public boolean isFree() {
            return lying.isEmpty() && reserved.isEmpty() && place.state() == BedPlace.State.READY;
        }
    }

    public WardBoard {
        beds = List.copyOf(beds);
        unplaced = List.copyOf(unplaced);
        expected = List.copyOf(expected);
    }

    /** Everybody who is there, bed by bed, then those without one. */
    public List<WardStay> present() {
        List<WardStay> all = new ArrayList<>();
        beds.forEach(bed -> all.addAll(bed.lying()));
        all.addAll(unplaced);
        return all;
    }

    /** Beds somebody can be laid into at once. */
    public long freeCount() {
        return beds.stream().filter(Bed::isFree).count();
    }

    /** Beds in this state in which nobody lies. */
    public long emptyCount(BedPlace.State state) {
        return beds.stream()
                .filter(bed -> bed.lying().isEmpty() && bed.place().state() == state)
                .count();
    }

    public Optional<Bed> bed(ResourceId id) {
        return beds.stream().filter(bed -> bed.place().id().equals(id)).findFirst();
    }
}
