package trimaran.station;

import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/**
 * How a station stands with its buddy, and with the station it is the buddy of.
 *
 * @param buddy empty for a station that has none
 * @param ward empty for a station that is nobody's buddy
 */
public record BuddyState(Optional<Buddy> buddy, Optional<Ward> ward) {

    public static final BuddyState NONE = new BuddyState(Optional.empty(), Optional.empty());

    /**
     * The station that keeps what this one has written.
     *
     * @param waiting entries in this station's outbox
     * @param kept of these, those that are on the buddy's disk
     * @param why it refused something last; empty if it has taken everything since
     */
    public record Buddy(String name, boolean reached, int waiting, int kept, Optional<Refusal> why) {}

    /**
     * The station for which this one keeps.
     *
     * @param heard whether it has spoken lately
     * @param entries of it that are on this disk and that no quorum covers, as far as this station knows
     * @param stays of these, those that cannot be brought to the tiers for a reason that does not pass by itself, of each reason
     * @param brought entries that came into the record from here, since this process started
     */
    public record Ward(String name, boolean heard, int entries, Map<Code, Integer> stays, long brought) {
        public Ward {
            stays = Map.copyOf(stays);
        }

        public int stay() {
            return stays.values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
