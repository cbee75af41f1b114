package trimaran.station;

import java.util.Map;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;

/**
 * How the hulls look from here, for the line that stands on every page.
 *
 * @param size entries a quorum covers, as far as this station knows
 * @param ageMillis age of the newest heartbeat; {@link Long#MAX_VALUE} before the first
 * @param waiting entries in the outbox
 * @param held entries some tier holds that have no place
 */
public record StationState(
        Map<Party, TierState> tiers, long size, long ageMillis, boolean fresh, int waiting, int held, boolean ready) {

    public StationState {
        tiers = Map.copyOf(tiers);
    }

    /**
     * One tier.
     *
     * @param since since when it is up, or silent
     * @param followed whether its head feed is believed now
     */
    public record TierState(boolean up, WallTime since, boolean followed) {}
}
