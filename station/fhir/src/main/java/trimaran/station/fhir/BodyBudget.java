package trimaran.station.fhir;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies are in memory, all requests together. */
final class BodyBudget {

    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long limitBytes) {
        this.limitBytes = limitBytes;
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
