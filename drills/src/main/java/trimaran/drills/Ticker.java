package trimaran.drills;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import trimaran.trial.Waiting;

/**
 * How the ward fares, each second: on a terminal one line that changes, under what is said; elsewhere a line every five
 * seconds. MAY be told things from many threads.
 */
final class Ticker implements AutoCloseable {

    private static final long BEAT_MILLIS = 1_000;

    /** Without a terminal each line stays: fewer say as much. */
    private static final int BEATS_A_LINE = 5;

    private static final int WIDTH = 78;

    private final boolean terminal;
    private final Thread thread;
    private final long begun = System.nanoTime();
    private volatile boolean going = true;
    private volatile @Nullable WardProbe probe;
    private boolean pending;

    /** @param terminal whether a line may be written over */
    Ticker(boolean terminal) {
        this.terminal = terminal;
        this.thread = Thread.ofPlatform().daemon().start(this::run);
    }

    /** From now on this ward is shown. */
    void watch(WardProbe ward) {
        probe = ward;
    }

    /** There is no ward to show any more. */
    void rest() {
        probe = null;
    }

    synchronized void say(String sentence) {
        clear();
        System.out.println(sentence);
    }

    private void run() {
        int reads = 0;
        int writes = 0;
        for (int beat = 1; going; beat++) {
            Waiting.pause(BEAT_MILLIS);
            WardProbe ward = probe;
            if (ward == null || !going) {
                continue;
            }
            if (terminal || beat % BEATS_A_LINE == 0) {
                int readsNow = ward.reads().doneEver();
                int writesNow = ward.writes().doneEver();
                show(String.format(
                        Locale.ROOT,
                        "  %4d s  the ward: %d reads, %d writes since the last line; longest wait %.1f s and %.1f s",
                        (System.nanoTime() - begun) / 1_000_000_000,
                        readsNow - reads,
                        writesNow - writes,
                        ward.reads().longestMillis() / 1000.0,
                        ward.writes().longestMillis() / 1000.0));
                reads = readsNow;
                writes = writesNow;
            }
        }
    }

    private synchronized void show(String line) {
        if (terminal) {
            System.out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
            System.out.flush();
            pending = true;
        } else {
            System.out.println(line);
        }
    }

    private void clear() {
        if (pending) {
            System.out.print("\r" + " ".repeat(WIDTH + 10) + "\r");
            pending = false;
        }
    }

    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            clear();
        }
    }
}
