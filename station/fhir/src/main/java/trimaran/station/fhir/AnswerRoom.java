package trimaran.station.fhir;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import trimaran.kernel.Code;

/**
 * The memory one request's answer takes, out of what all answers may take together. Taken before the answer is made and given
 * back when it is sent, so that many who read much wait for each other and the station goes on.
 */
final class AnswerRoom implements AutoCloseable {

    private static final int UNIT_BYTES = 1 << 10;

    /** Smaller answers are bounded by how many requests are answered at once. */
    private static final int SMALL_BYTES = 64 << 10;

    private final Semaphore all;
    private final DoorLimits limits;
    private int taken;

    private AnswerRoom(Semaphore all, DoorLimits limits) {
        this.all = all;
        this.limits = limits;
    }

    /** What all answers of a door share: enough for the largest resource beside one page. */
    static Semaphore shared(DoorLimits limits) {
        return new Semaphore(units(limits), true);
    }

    private static int units(DoorLimits limits) {
        return (limits.bodyBytes() + limits.pageBytes()) / UNIT_BYTES;
    }

    static AnswerRoom in(Semaphore all, DoorLimits limits) {
        return new AnswerRoom(all, limits);
    }

    int pageBytes() {
        return limits.pageBytes();
    }

    /** The longest request line a client can come back with. */
    int lineBytes() {
        return limits.lineBytes();
    }

    /** Waits for room; {@code BUSY} if others hold it for too long. */
    synchronized void take(long bytes) throws RefusedException {
        if (bytes <= SMALL_BYTES) {
            return;
        }
        int wanted = (int) Math.min(units(limits) - taken, bytes / UNIT_BYTES);
        try {
            if (!all.tryAcquire(wanted, limits.requestMillis(), TimeUnit.MILLISECONDS)) {
                throw RefusedException.of(Code.BUSY, "too many large answers at once; come back");
            }
            taken += wanted;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw RefusedException.of(Code.UNAVAILABLE, "the door is closing");
        }
    }

    @Override
    public synchronized void close() {
        all.release(taken);
        taken = 0;
    }
}
