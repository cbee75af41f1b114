package trimaran.drills;

/**
 * How long a ward stood still at the longest.
 *
 * @param millis the longest stretch without a success
 * @param seconds whole seconds of the clock in which nothing succeeded, the most in one stretch
 * @param failures requests that failed one after the other, the most of them
 */
record Lull(long millis, long seconds, int failures) {

    static final Lull NONE = new Lull(0, 0, 0);

    private static final long SECOND_NANOS = 1_000_000_000;

    /** A stretch between two successes, in which so many requests failed. */
    static Lull between(long fromNanos, long toNanos, int failures) {
        long seconds = Math.floorDiv(toNanos, SECOND_NANOS) - Math.ceilDiv(fromNanos, SECOND_NANOS);
        return new Lull((toNanos - fromNanos) / 1_000_000, Math.max(0, seconds), failures);
    }

    /** The worse of each. */
    Lull longer(Lull other) {
        return new Lull(
                Math.max(millis, other.millis), Math.max(seconds, other.seconds), Math.max(failures, other.failures));
    }
}
