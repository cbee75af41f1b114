package trimaran.keeper;

/**
 * How late the notes of a quorum come here. A data that fell may let the others sign at once and pass their notes on to one of them much
 * later, one by one: it hears something all the while, and only old things. No clock of another party is compared with this one's: the
 * promptest note that came is the measure of the others.
 */
final class NoteLag {

    private static final long SECOND_NANOS = 1_000_000_000;

    private boolean known;
    private long firstSeconds;
    private long firstNanos;
    private long promptNanos;

    /** @param freshSeconds when a quorum signed the freshest note, by its clocks */
    void heard(long freshSeconds, long nowNanos) {
        if (!known) {
            known = true;
            firstSeconds = freshSeconds;
            firstNanos = nowNanos;
        }
        promptNanos = Math.max(promptNanos, aheadNanos(freshSeconds, nowNanos));
    }

    /** How much older than it might be the freshest note is now; not below zero. */
    long nanos(long freshSeconds, long nowNanos) {
        return known ? Math.max(0, promptNanos - aheadNanos(freshSeconds, nowNanos)) : 0;
    }

    /** The others were asked: if nobody has a fresher one, the quorum's clocks were put back, and there is nothing to wait for. */
    void asked(long freshSeconds, long nowNanos) {
        promptNanos = known ? aheadNanos(freshSeconds, nowNanos) : 0;
    }

    /** How far the quorum's time went ahead of this clock since the first note. */
    private long aheadNanos(long freshSeconds, long nowNanos) {
        return (freshSeconds - firstSeconds) * SECOND_NANOS - (nowNanos - firstNanos);
    }
}
