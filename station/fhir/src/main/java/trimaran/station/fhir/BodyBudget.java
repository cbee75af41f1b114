package trimaran.station.fhir;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies are in memory, all requests together. Large ones take turns before they are read: what is made of a
 * body takes twice its room again, and the small ones must go on meanwhile.
 */
final class BodyBudget {

    private static final int TURN_UNIT_BYTES = 1 << 10;

    private final long limitBytes;
    private final int turns;
    private final Semaphore turn;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param limitBytes of all bodies
     * @param largeBytes of all large bodies, which is enough for the largest
     */
    BodyBudget(long limitBytes, int largeBytes) {
        this.limitBytes = limitBytes;
        this.turns = units(largeBytes);
        this.turn = new Semaphore(turns, true);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / TURN_UNIT_BYTES + 1);
    }

    /** Waits until there is room for a large body, in the order of coming; 0 if that takes too long. */
    int awaitTurn(long bytes, long maxMillis) {
        int wanted = Math.min(turns, units(bytes));
        try {
            return turn.tryAcquire(wanted, maxMillis, TimeUnit.MILLISECONDS) ? wanted : 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** @param taken what {@link #awaitTurn} gave */
    void endTurn(int taken) {
        turn.release(taken);
    }

    /** Takes so many bytes more; false, and nothing is taken, if they are not free. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) > limitBytes) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    long usedBytes() {
        return used.get();
    }
}
