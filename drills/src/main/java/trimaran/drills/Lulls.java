package trimaran.drills;

/** How long nothing succeeded, watched over a stretch of time. MAY be used from many threads. */
final class Lulls {

    private long watchedFrom = System.nanoTime();
    private long lastDone = watchedFrom;
    private Lull longest = Lull.NONE;
    private int failures;
    private int doneSince;
    private int doneEver;

    /** A request succeeded now. One that had begun before the watch proves nothing about what came after, and ends no stretch. */
    synchronized void done(long begun) {
        doneEver++;
        if (begun >= watchedFrom) {
            long now = System.nanoTime();
            longest = longest.longer(Lull.between(lastDone, now, failures));
            lastDone = now;
            failures = 0;
            doneSince++;
        }
    }

    /** A request was refused, or not answered in its time. */
    synchronized void failed(long begun) {
        if (begun >= watchedFrom) {
            failures++;
        }
    }

    /** Begins to watch anew. */
    synchronized void watch() {
        watchedFrom = System.nanoTime();
        lastDone = watchedFrom;
        longest = Lull.NONE;
        failures = 0;
        doneSince = 0;
    }

    /** Requests begun and succeeded since the watch began. */
    synchronized int doneSince() {
        return doneSince;
    }

    /** Requests succeeded since the first. */
    synchronized int doneEver() {
        return doneEver;
    }

    /** The longest stretch without a success since the watch began, the present one included. */
    synchronized Lull longest() {
        return longest.longer(Lull.between(lastDone, System.nanoTime(), failures));
    }

    long longestMillis() {
        return longest().millis();
    }
}
