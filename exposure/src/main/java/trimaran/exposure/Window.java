package trimaran.exposure;

import trimaran.kernel.RecordTime;

/**
 * The time in which a party was in foreign hands, as far as the hospital knows; both ends belong to it.
 *
 * @param from if it is not known, the earliest time that cannot be ruled out
 */
public record Window(RecordTime from, RecordTime to) {

    /**
     * How far the clocks of two tiers may lie apart: a place that is further ahead is cosigned by nobody (DESIGN §5). What stands so
     * close outside the window may have been inside.
     */
    public static final long CLOCKS_APART_MILLIS = 10_000;

    public Window {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    boolean contains(RecordTime time) {
        return !time.isAfter(to) && !from.isAfter(time);
    }

    /** Whether it is over at this time even by the slowest clock. */
    public boolean isOver(RecordTime time) {
        return time.isAfter(to.plusMillis(CLOCKS_APART_MILLIS));
    }

    /** Whether it was before the window by every clock. */
    boolean isBefore(RecordTime time) {
        return from.isAfter(time.plusMillis(CLOCKS_APART_MILLIS));
    }
}
