package trimaran.trial;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, for a bounded time. */
public final class Waiting {

    private static final long LOOK_MILLIS = 50;

    private Waiting() {}

    /** @throws IllegalStateException if it does not become true in time */
    public static void until(long secondsMax, String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("after " + secondsMax + " s still not: " + what);
            }
            pause(LOOK_MILLIS);
        }
    }

    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
