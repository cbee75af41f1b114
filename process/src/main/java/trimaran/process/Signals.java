package trimaran.process;

/**
 * A clean stop. SIGTERM, SIGINT, SIGHUP and {@link System#exit} run what the main gave, once; if that takes longer than
 * its deadline the process ends all the same: what is acknowledged is on disk at any moment, so a hard end loses nothing.
 */
public final class Signals {

    /** Exit code of a process whose stop did not end in time. A stop in time keeps the signal's own, 143 or 130. */
    public static final int STOP_TOO_SLOW = 71;

    private Signals() {}

    /** @param stop MUST NOT call {@link System#exit}, which waits for it */
    public static void onStop(long deadlineMillis, Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stopWithin(deadlineMillis, stop)));
    }

    private static void stopWithin(long deadlineMillis, Runnable stop) {
        Thread stopping = Thread.ofPlatform().name("stop").daemon().start(stop);
        try {
            stopping.join(deadlineMillis);
        } catch (InterruptedException nobody) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            Runtime.getRuntime().halt(STOP_TOO_SLOW);
        }
    }
}
