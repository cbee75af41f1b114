package trimaran.exposure;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/** What is known of one cell's way into the fallen party's hands. */
final class Trace {

    /** Whoever has no share needs two pairs to make a key of them. */
    private static final int PAIRS_FOR_A_KEY = 2;

    /** How whoever was reached came by a key, and not by a text alone. */
    private static final Set<Way> KEYED = Set.of(Way.OPENED, Way.BROKE_GLASS, Way.DREW);

    private final Set<Way> ways = EnumSet.noneOf(Way.class);
    private final Set<Party> within = EnumSet.noneOf(Party.class);
    private final Set<Party> ever = EnumSet.noneOf(Party.class);
    private Optional<Certainty> whole = Optional.empty();
    private RecordTime first = new RecordTime(Long.MAX_VALUE);
    private RecordTime last = RecordTime.ZERO;
    private Optional<RecordTime> lastKey = Optional.empty();

    /** It was before the fallen party in clear, or with a key that needs nobody else's pair. */
    void whole(Way way, RecordTime time, Certainty certainty) {
        seen(way, time);
        if (whole.isEmpty() || whole.get().compareTo(certainty) < 0) {
            whole = Optional.of(certainty);
        }
    }

    /** One tier handed its pair out to somebody who has none. */
    void pair(Way way, RecordTime time, Party tier, Certainty certainty) {
        seen(way, time);
        ever.add(tier);
        if (certainty == Certainty.CERTAIN) {
            within.add(tier);
        }
    }

    private void seen(Way way, RecordTime time) {
        ways.add(way);
        first = first.isAfter(time) ? time : first;
        last = time.isAfter(last) ? time : last;
        if (KEYED.contains(way) && lastKey.filter(one -> !time.isAfter(one)).isEmpty()) {
            lastKey = Optional.of(time);
        }
    }

    /** Empty if nobody handed anything out. */
    Optional<Certainty> certainty() {
        if (within.size() >= PAIRS_FOR_A_KEY) {
            return Optional.of(Certainty.CERTAIN);
        }
        return whole.isPresent() || ever.isEmpty() ? whole : Optional.of(Certainty.POSSIBLE);
    }

    /** Whether a draft told of it and nothing else came there. */
    boolean isOnlyNamed() {
        return ways.equals(EnumSet.of(Way.NAMED));
    }

    Set<Way> ways() {
        return ways;
    }

    /** When a key of the cell came there last; empty if only texts did. */
    Optional<RecordTime> lastKey() {
        return lastKey;
    }

    RecordTime first() {
        return first;
    }

    RecordTime last() {
        return last;
    }
}
