package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.record.Statement;

/**
 * How the hulls look from here, for the line that stands on every page.
 *
 * @param size entries a quorum covers, as far as this station knows
 * @param ageMillis age of the newest heartbeat; {@link Long#MAX_VALUE} before the first
 * @param waiting entries in the outbox
 * @param kept those of them that somebody wrote: openings and ends of sessions are none
 * @param refused entries that were promised here and refused since, which no person has put away
 * @param held entries some tier holds that have no place
 * @param alone whether no tier has been reached for so long that this station lets people in by itself
 * @param apart whether for so long fewer than two tiers were reached, and no two have been steadily since: nothing opens that is not open
 * @param unreviewed entries written without application's approval that nobody has reviewed
 * @param cuts what officers have cut, as this station knows, the oldest first
 */
public record StationState(
        Map<Party, TierState> tiers,
        long size,
        long ageMillis,
        boolean fresh,
        int waiting,
        int kept,
        int refused,
        int held,
        boolean ready,
        boolean alone,
        boolean apart,
        ReviewCounts unreviewed,
        List<Cut> cuts) {

    public StationState {
        tiers = Map.copyOf(tiers);
        cuts = List.copyOf(cuts);
    }

    /** How many wait for a review that persons wrote. */
    public int toReview() {
        return ReviewCounts.sum(unreviewed.people());
    }

    /** The cut of this tier, if it is cut. */
    public Optional<Cut> cutOf(Party tier) {
        return cuts.stream().filter(cut -> cut.target().isTier(tier)).findFirst();
    }

    /** The cut of everything, if that is cut. */
    public Optional<Cut> cutOfAll() {
        return cuts.stream()
                .filter(cut -> cut.target().target() == Statement.Target.ALL)
                .findFirst();
    }

    /** The cut of this very station, if it is cut. */
    public Optional<Cut> cutHere() {
        return cuts.stream().filter(Cut::here).findFirst();
    }

    /**
     * Something that is cut.
     *
     * @param since as its officer signed
     * @param why as its officer signed; empty if nobody said
     * @param officers the keys of those who signed; none where this station does not know
     * @param here whether it is this very station
     */
    public record Cut(CutTarget target, RecordTime since, String why, List<Digest> officers, boolean here) {
        public Cut {
            officers = List.copyOf(officers);
        }
    }

    /**
     * One tier.
     *
     * @param since since when it is up, or silent
     * @param followed whether its head feed is believed now
     * @param ailment what is wrong with it though it is up, as far as this station knows
     */
    public record TierState(boolean up, WallTime since, boolean followed, Optional<Ailment> ailment) {

        /** One with which nothing is wrong but what is said here. */
        public TierState(boolean up, WallTime since, boolean followed) {
            this(up, since, followed, Optional.empty());
        }
    }

    /** What is wrong with a tier that answers. */
    public record Ailment(Kind kind, WallTime since) {

        public enum Kind {
            /** It answers late, or not everything. */
            LATE,
            /** It said what is proven wrong, or what does not fit what others say. */
            LIES
        }
    }
}
