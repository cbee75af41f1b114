package trimaran.station;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;

/**
 * How the sealed copies of this station's wards stand.
 *
 * @param wards in the order of the boards
 * @param why no copy at all could be made the last time; empty if that went well
 */
public record WardCopyState(List<Ward> wards, Optional<Refusal> why) {

    /** Of a station that keeps no copies. */
    public static final WardCopyState NONE = new WardCopyState(List.of(), Optional.empty());

    /** Three rounds missed: whoever looks is told. */
    public static final long OLD_MILLIS = 900_000;

    /**
     * One ward.
     *
     * @param name empty after a start, until the house was read
     * @param made when the newest copy was made; empty before the first
     * @param unopened patients of that copy whose record could not be opened
     * @param why the last try made none
     */
    public record Ward(ResourceId id, String name, Optional<WallTime> made, int unopened, Optional<Refusal> why) {

        public boolean isOld(WallTime now) {
            return made.isEmpty() || now.millis() - made.get().millis() > OLD_MILLIS;
        }
    }

    public WardCopyState {
        wards = List.copyOf(wards);
    }
}
