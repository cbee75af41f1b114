package trimaran.station;

import trimaran.kernel.Loop;

/** When a buddy that said it is full is offered something again, and how large: what is small may fit where something large did not. */
final class BuddyRoom {

    private static final long MILLI_NANOS = 1_000_000;

    private final Loop loop;
    private long untilNanos;
    private long waitMillis = BuddyLimits.AGAIN_MILLIS;
    private long bytesMax = Long.MAX_VALUE;

    BuddyRoom(Loop loop) {
        this.loop = loop;
        this.untilNanos = loop.monotonicNanos();
    }

    /** Whether something of this size is offered now. */
    boolean has(long sizeBytes) {
        if (untilNanos - loop.monotonicNanos() <= 0) {
            bytesMax = Long.MAX_VALUE;
        }
        return sizeBytes <= bytesMax;
    }

    /** It is full for this: until the pause is over only what is half as large is offered, so that a few questions tell. */
    void refused(long sizeBytes) {
        long now = loop.monotonicNanos();
        if (untilNanos - now <= 0) {
            untilNanos = now + waitMillis * MILLI_NANOS;
            waitMillis = Math.min(2 * waitMillis, BuddyLimits.FULL_MILLIS_MAX);
        }
        bytesMax = Math.min(bytesMax, sizeBytes / 2);
    }

    /** It took something. */
    void taken() {
        if (bytesMax == Long.MAX_VALUE) {
            more();
        }
    }

    /** Something left it. */
    void more() {
        untilNanos = loop.monotonicNanos();
        waitMillis = BuddyLimits.AGAIN_MILLIS;
        bytesMax = Long.MAX_VALUE;
    }
}
