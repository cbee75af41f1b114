package trimaran.station;

import java.io.UncheckedIOException;
import trimaran.kernel.Loop;
import trimaran.kernel.WallTime;

/** A loop on which work that a disk refuses does not end the process: for what is kept for others, and written again later. */
final class ForgivingLoop implements Loop {

    private final Loop loop;
    private final Runnable refused;

    /** @param refused told of each such work */
    ForgivingLoop(Loop loop, Runnable refused) {
        this.loop = loop;
        this.refused = refused;
    }

    private Runnable forgiven(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (UncheckedIOException disk) {
                refused.run();
            }
        };
    }

    @Override
    public void run(Runnable work) {
        loop.run(forgiven(work));
    }

    @Override
    public Timer after(long millis, Runnable work) {
        return loop.after(millis, forgiven(work));
    }

    @Override
    public long monotonicNanos() {
        return loop.monotonicNanos();
    }

    @Override
    public WallTime wallTime() {
        return loop.wallTime();
    }
}
