package trimaran.station;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Party;
import trimaran.record.RollOrder;

/**
 * How far each tier had come with the orders to roll as it was asked whether they mean a cell. One that has not come to an order says of
 * no cell that it is meant: believed is what two say that have, since one of them may lie.
 *
 * @param last where the last order stands; negative without one
 * @param known by tier, where the last order stands of which it has told
 */
record OrderReach(long last, Map<Party, Long> known) {

    static final long NONE = -1;

    /** How far a tier has come. */
    interface Reach {
        /** Whether it has told of all entries of a log of this size. */
        boolean isLevel(Party tier, long size);
    }

    static OrderReach of(Collection<RollOrder> orders, Collection<TierLine> tiers, Reach reach) {
        Map<Party, Long> known = new EnumMap<>(Party.class);
        for (TierLine line : tiers) {
            known.put(
                    line.tier(),
                    last(orders.stream()
                            .map(RollOrder::index)
                            .filter(order -> reach.isLevel(line.tier(), order + 1))
                            .toList()));
        }
        return new OrderReach(last(orders.stream().map(RollOrder::index).toList()), known);
    }

    private static long last(List<Long> orders) {
        return orders.stream().mapToLong(Long::longValue).max().orElse(NONE);
    }

    boolean isLevel(Party tier) {
        return known.getOrDefault(tier, NONE) >= last;
    }

    /** Whether two could say of a cell that no order means it. */
    boolean isEnough() {
        return known.keySet().stream().filter(this::isLevel).count() >= 2;
    }

    /** Where the last order stands of which two of those that answered knew. */
    long knownTo(Collection<Party> answered) {
        return answered.stream()
                .map(tier -> known.getOrDefault(tier, NONE))
                .sorted(Comparator.reverseOrder())
                .skip(1)
                .findFirst()
                .orElse(NONE);
    }
}
