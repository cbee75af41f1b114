package trimaran.station;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;

/**
 * The lines to the three tiers. Of those that are reached the ones that are slow or ill come last, whatever is preferred else: nobody is
 * left out for it.
 */
final class TierTable {

    private final Map<Party, TierLine> lines = new EnumMap<>(Party.class);
    private final Set<Party> closed = EnumSet.noneOf(Party.class);
    private final Loop loop;
    private Predicate<Party> ill = tier -> false;
    private long fellNanos;
    private boolean few = true;
    private long fewOrNotNanos;
    private long brokenNanos;

    TierTable(Loop loop) {
        this.loop = loop;
        this.fellNanos = loop.monotonicNanos();
        this.fewOrNotNanos = fellNanos;
        this.brokenNanos = fellNanos;
    }

    /** A tier that was reached went away. */
    void fell() {
        fellNanos = loop.monotonicNanos();
        moved();
    }

    /** A tier came or went. */
    void moved() {
        long now = loop.monotonicNanos();
        boolean fewNow = reached() < 2;
        if (fewNow != few) {
            if (isSteady()) {
                brokenNanos = now;
            }
            few = fewNow;
            fewOrNotNanos = now;
        }
    }

    private long reached() {
        return lines.values().stream().filter(TierLine::isUp).count();
    }

    /** Whether two have been reached for long enough to count on them. */
    private boolean isSteady() {
        return !few && loop.monotonicNanos() - fewOrNotNanos >= StationLimits.ALONE_MILLIS * 1_000_000;
    }

    /**
     * Whether there are no two to open anything with, and that is no flap: fewer than two were reached ten seconds after there had steadily
     * been two, or since this process began. Over only once two are steadily there again, or a line that flaps would leave a ward with
     * neither record nor copy.
     */
    boolean isApart() {
        long lastFewNanos = few ? loop.monotonicNanos() : fewOrNotNanos;
        return !isSteady() && lastFewNanos - brokenNanos >= StationLimits.ALONE_MILLIS * 1_000_000;
    }

    /** Whether nobody is reached, and that is no flap: since the last that was reached went away, or since this process began. */
    boolean isAlone() {
        return reached() == 0 && loop.monotonicNanos() - fellNanos >= StationLimits.ALONE_MILLIS * 1_000_000;
    }

    /** @param ill whether a tier that is up is asked after the others */
    void heed(Predicate<Party> ill) {
        this.ill = ill;
    }

    void put(TierLine line) {
        lines.put(line.tier(), line);
    }

    TierLine line(Party tier) {
        TierLine line = lines.get(tier);
        if (line == null) {
            throw new IllegalArgumentException("no line to " + tier.word());
        }
        return line;
    }

    /** Tiers that are reached, in the order of preference for reading: access is nearest, data holds the newest. */
    List<TierLine> up() {
        return up(Party.ACCESS, Party.DATA, Party.APPLICATION);
    }

    /** Tiers that are reached, in the order of preference for holding: data is the one that is missing. */
    List<TierLine> holders() {
        return up(Party.ACCESS, Party.APPLICATION, Party.DATA);
    }

    /** Tiers that are reached and write down what application is shown. */
    List<TierLine> ledgers() {
        return up(Party.DATA, Party.ACCESS);
    }

    /**
     * Speaks no more with the tiers officers closed, and again with those they opened.
     *
     * @param shut the tiers that are closed now
     */
    void follow(Set<Party> shut, Consumer<Party> dial) {
        for (Party tier : Party.TIERS) {
            if (shut.contains(tier)) {
                closed.add(tier);
                line(tier).stop();
            } else if (closed.remove(tier)) {
                dial.accept(tier);
            }
        }
    }

    /** How each tier looks from here. */
    Map<Party, StationState.TierState> states(
            Set<Party> followed, Function<Party, Optional<StationState.Ailment>> ailments) {
        Map<Party, StationState.TierState> states = new EnumMap<>(Party.class);
        for (TierLine line : lines.values()) {
            states.put(
                    line.tier(),
                    new StationState.TierState(
                            line.isUp(), line.since(), followed.contains(line.tier()), ailments.apply(line.tier())));
        }
        return states;
    }

    List<TierLine> all() {
        return List.copyOf(lines.values());
    }

    private List<TierLine> up(Party... order) {
        List<TierLine> up = new ArrayList<>(3);
        List<TierLine> last = new ArrayList<>(0);
        for (Party tier : order) {
            TierLine line = line(tier);
            if (line.isUp()) {
                (line.isSlow() || ill.test(tier) ? last : up).add(line);
            }
        }
        up.addAll(last);
        return up;
    }
}
