package trimaran.station;

/** How the hulls look from here, gathered for the line that stands on every page. */
final class Lookout {

    private Lookout() {}

    static StationState state(
            TierTable tiers,
            TierHealth health,
            HeadWatch watch,
            Outbox outbox,
            Courier courier,
            Cutting cutting,
            ReviewCounts unreviewed,
            boolean ready) {
        return new StationState(
                tiers.states(watch.followed(), health::of),
                watch.size(),
                watch.ageMillis(),
                watch.isFresh(),
                outbox.count(),
                courier.leaning().written(),
                outbox.refused().size(),
                watch.held().size(),
                ready,
                tiers.isAlone(),
                tiers.isApart(),
                unreviewed,
                cutting.standing());
    }
}
