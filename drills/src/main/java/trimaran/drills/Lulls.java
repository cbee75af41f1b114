package trimaran.drills;

/** How long nothing succeeded, watched over a stretch of time. MAY be used from many threads. */
final class Lulls {

    private long watchedFrom = System.nanoTime();
    private long lastDone = watchedFrom;
    private long longest;
    private int doneSince;
    private int doneEver;

    /** A request succeeded now. One that had begun before the watch proves nothing about what came after, and ends no stretch. */
    synchronized void done(long begun) {
        doneEver++;
        if (begun >= watchedFrom) {
            long now = System.nanoTime();
            longest = Math.max(longest, now - lastDone);
            lastDone = now;
            doneSince++;
        }
    }

    /** Begins to watch anew. */
    synchronized void watch() {
        watchedFrom = System.nanoTime();
        lastDone = watchedFrom;
        longest = 0;
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
    synchronized long longestMillis() {
        return Math.max(longest, System.nanoTime() - lastDone) / 1_000_000;
    }
}
