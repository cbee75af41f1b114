package trimaran.station;

import java.util.List;
import trimaran.shares.SealingPublicKey;

/**
 * Which wards a station keeps sealed copies of, and who opens them.
 *
 * @param badge the public half of the ward badge
 * @param wards by their codes or names; none for every ward of the house in which somebody lies or is expected
 */
public record WardCopySetting(SealingPublicKey badge, List<String> wards) {

    /** The front desk of a small hospital keeps them all; a ward station keeps its own. */
    public static final int WARDS_MAX = 64;

    public WardCopySetting {
        wards = List.copyOf(wards);
        if (wards.size() > WARDS_MAX) {
            throw new IllegalArgumentException("a station keeps copies of at most " + WARDS_MAX + " wards");
        }
    }

    boolean isWanted(WardPlace place) {
        return wards.stream().anyMatch(place::isCalled);
    }
}
