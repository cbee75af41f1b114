package trimaran.data;

import trimaran.keeper.Keeper;
import trimaran.line.LineLimits;

/**
 * Whether the other tiers had time to tell data what they hold since it began to serve. Until then nothing is placed that opens a
 * cell, except what is held: anybody may list what is held, and whoever was faster than the tiers could open the cell of an
 * acknowledged entry, which would then count for nothing. Who is told to wait has two tiers hold the entry meanwhile.
 */
final class UnionTold {

    /**
     * A tier that dials data after a long time without it may take {@link LineLimits#REDIAL_MAX_MILLIS}, and tells within a second of
     * what data has not placed; who told nothing new for so long, and some seconds more, has told all.
     */
    static final long QUIET_MILLIS = LineLimits.REDIAL_MAX_MILLIS + 4_000;

    /** As many entries as a tier can hold are told in this time; one that always has one more delays nobody for longer. */
    static final long LONGEST_MILLIS = 600_000;

    private static final long NANOS = 1_000_000;

    private final Keeper keeper;
    private final long sinceNanos;
    private boolean over;

    /** Begins to wait now; of a hospital that has nothing but its founding nobody holds what opens a cell: no session is placed. */
    UnionTold(Keeper keeper) {
        this.keeper = keeper;
        this.sinceNanos = keeper.setting().loop().monotonicNanos();
        this.over = keeper.copy().size() <= 1;
    }

    boolean isOver() {
        if (!over) {
            long now = keeper.setting().loop().monotonicNanos();
            long heard = keeper.union().toldNanos().orElse(sinceNanos);
            over = now - sinceNanos >= LONGEST_MILLIS * NANOS
                    || (now - sinceNanos >= QUIET_MILLIS * NANOS && now - heard >= QUIET_MILLIS * NANOS);
        }
        return over;
    }
}
