package trimaran.station;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;

/**
 * What people are told of a tier that is up and yet ill: it answers late or not everything, or tells nothing new, while another does as
 * it should; or it said what does not fit. Nothing is decided by it but who is asked first. Each tier is asked for its name at every
 * look, so that one nobody works with shows as well.
 */
final class TierHealth implements Consumer<StationEvent> {

    private final StationSetting setting;
    private final TierTable tiers;
    private final Map<Party, Standing> late = new EnumMap<>(Party.class);
    private final Map<Party, Standing> lies = new EnumMap<>(Party.class);
    private final Map<Party, Standing> incomplete = new EnumMap<>(Party.class);
    private final Map<Party, Map<CellId, Long>> leftOut = new EnumMap<>(Party.class);
    private final Deque<Long> covered = new ArrayDeque<>();
    private @Nullable Heads heads;

    /** How far the tiers have told. */
    interface Heads {

        /** Whether a tier has told of all that a quorum covers. */
        boolean isLevel(Party tier);

        /** Entries a quorum covers. */
        long size();
    }

    /** Since when, and when it last showed. */
    private record Standing(WallTime since, long lastNanos) {}

    TierHealth(StationSetting setting, TierTable tiers) {
        this.setting = setting;
        this.tiers = tiers;
    }

    /** Nobody is told of what a tier leaves out before it is known how far they have told. */
    void heed(Heads told) {
        heads = told;
    }

    /**
     * To be called every {@link StationLimits#LOOK_MILLIS}.
     *
     * @param followed the tiers that tell what is new, and every half a second that they are there
     */
    void look(Set<Party> followed) {
        hear();
        tiers.up().stream()
                .filter(line -> line.upMillis() > StationLimits.SETTLED_MILLIS)
                .forEach(TierLine::probe);
        Map<Party, Long> waits = new EnumMap<>(Party.class);
        tiers.up().forEach(line -> waits.put(line.tier(), line.takeWorstWaitMillis()));
        boolean anotherAnswers = waits.values().stream().anyMatch(wait -> wait < StationLimits.LATE_MILLIS / 2);
        boolean anotherTells =
                tiers.up().stream().anyMatch(line -> line.untoldMillis() < StationLimits.SILENT_MILLIS / 2);
        for (TierLine line : tiers.up()) {
            boolean answersLate = anotherAnswers && waits.getOrDefault(line.tier(), 0L) >= StationLimits.LATE_MILLIS;
            boolean tellsNothing =
                    anotherTells && line.untoldMillis() > StationLimits.SILENT_MILLIS && followed.contains(line.tier());
            if (answersLate || tellsNothing) {
                shows(late, line.tier(), StationLimits.LATE_OVER_MILLIS);
            }
        }
    }

    /** Keeps how far a quorum had come, for a while. */
    void hear() {
        if (heads != null) {
            covered.addLast(heads.size());
        }
        if (covered.size() > StationLimits.HEARD_LOOKS) {
            covered.removeFirst();
        }
    }

    /** What is proven, or what one tier says against the rest. Who of two lies where nothing proves it is not told. */
    @Override
    public void accept(StationEvent event) {
        switch (event) {
            case StationEvent.FeedDropped feed -> liesNow(feed.tier());
            case StationEvent.BadShare share -> liesNow(share.tier());
            // What is as its author sealed it and opens for nobody is its author's doing.
            case StationEvent.BadParts parts when parts.code() == Code.BAD_PROOF -> liesNow(parts.tier());
            case StationEvent.BadSignature signature -> liesNow(signature.tier());
            case StationEvent.NoShare none when isLongKnown(none) -> left(none.tier(), none.cell());
            default -> {}
        }
    }

    /** Covered by a quorum for a while, and by this tier's own word: it does not merely lack yet what it gives no share of. */
    private boolean isLongKnown(StationEvent.NoShare none) {
        return heads != null
                && covered.size() == StationLimits.HEARD_LOOKS
                && none.openedAt() >= 0
                && none.openedAt() < covered.getFirst()
                && heads.isLevel(none.tier());
    }

    /** It is asked as ever: what it leaves out costs one question more, and shows that it goes on. */
    private void left(Party tier, CellId cell) {
        long now = setting.loop().monotonicNanos();
        Map<CellId, Long> cells = leftOut.computeIfAbsent(tier, one -> new LinkedHashMap<>());
        cells.values().removeIf(at -> now - at > StationLimits.LEFT_OUT_MILLIS * 1_000_000);
        cells.put(cell, now);
        if (cells.size() >= StationLimits.LEFT_OUT_CELLS) {
            shows(incomplete, tier, StationLimits.LEFT_OUT_MILLIS);
            cells.remove(cells.keySet().iterator().next());
        }
    }

    private void liesNow(Party tier) {
        shows(lies, tier, StationLimits.LIES_MILLIS);
    }

    /** What was over before begins anew. */
    private void shows(Map<Party, Standing> of, Party tier, long millis) {
        WallTime since =
                standing(of, tier, millis).orElseGet(() -> setting.loop().wallTime());
        of.put(tier, new Standing(since, setting.loop().monotonicNanos()));
    }

    /** What stands of a tier, the worse first. */
    Optional<StationState.Ailment> of(Party tier) {
        return standing(lies, tier, StationLimits.LIES_MILLIS)
                .map(since -> new StationState.Ailment(StationState.Ailment.Kind.LIES, since))
                .or(() -> standing(late, tier, StationLimits.LATE_OVER_MILLIS)
                        .or(() -> standing(incomplete, tier, StationLimits.LEFT_OUT_MILLIS))
                        .map(since -> new StationState.Ailment(StationState.Ailment.Kind.LATE, since)));
    }

    /** Whether others are asked before this tier: it answers late, or lies. */
    boolean isAskedLast(Party tier) {
        return standing(lies, tier, StationLimits.LIES_MILLIS).isPresent()
                || standing(late, tier, StationLimits.LATE_OVER_MILLIS).isPresent();
    }

    private Optional<WallTime> standing(Map<Party, Standing> of, Party tier, long millis) {
        Standing standing = of.get(tier);
        if (standing != null && setting.loop().monotonicNanos() - standing.lastNanos() > millis * 1_000_000) {
            of.remove(tier);
            return Optional.empty();
        }
        return Optional.ofNullable(standing).map(Standing::since);
    }
}
