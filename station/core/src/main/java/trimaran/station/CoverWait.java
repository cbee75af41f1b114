package trimaran.station;

/**
 * How long whoever opens a cell waits, at all tiers together, for a quorum to cover what was placed a moment ago. Until then it counts
 * for nobody, and an isolated data could have everybody wait for it. Steps are counted and not time: a station that stood still meanwhile
 * has heard nothing either.
 */
final class CoverWait {

    static final long STEP_MILLIS = 25;

    /** Some group commits. */
    static final int STEPS_MIN = 30;

    /** 2 s: when held statements take over. As long only where no quorum was heard since, which could have covered it. */
    static final int STEPS_MAX = 80;

    private final HeadWatch watch;
    private int steps;
    private long heardMillis;

    CoverWait(HeadWatch watch) {
        this.watch = watch;
    }

    /** Whether it is waited for one more step; called before each. */
    boolean goesOn() {
        if (steps++ == 0) {
            heardMillis = watch.newestMillis();
        }
        return steps <= STEPS_MIN || (steps <= STEPS_MAX && watch.newestMillis() == heardMillis);
    }
}
