package trimaran.line.simulated;

import trimaran.kernel.Loop;
import trimaran.kernel.WallTime;

/** One party's loop on the shared virtual clock. Work runs in the order it was handed in, a little late; timers a little later. */
public final class VirtualLoop implements Loop {

    /** Work waits up to this long, so that parties interleave differently from seed to seed. */
    private static final int RUN_LATE_NANOS = 50_000;

    /** Timers ring up to this late. */
    private static final int TIMER_LATE_NANOS = 1_000_000;

    private final VirtualLoops loops;
    private final String name;
    private final long monotonicZeroNanos;
    private long wallOffsetMillis;
    private long lastRunNanos;
    private boolean dead;

    VirtualLoop(VirtualLoops loops, String name, long wallOffsetMillis, long monotonicZeroNanos) {
        this.loops = loops;
        this.name = name;
        this.wallOffsetMillis = wallOffsetMillis;
        this.monotonicZeroNanos = monotonicZeroNanos;
    }

    public String name() {
        return name;
    }

    @Override
    public void run(Runnable work) {
        long atNanos = loops.nowNanos() + loops.random().nextInt(RUN_LATE_NANOS);
        lastRunNanos = Math.max(lastRunNanos, atNanos);
        loops.schedule(lastRunNanos, this, work);
    }

    @Override
    public Timer after(long millis, Runnable work) {
        Alarm alarm = new Alarm(work);
        long lateNanos = loops.random().nextInt(TIMER_LATE_NANOS);
        loops.schedule(loops.nowNanos() + millis * 1_000_000 + lateNanos, this, alarm);
        return alarm;
    }

    @Override
    public long monotonicNanos() {
        return monotonicZeroNanos + loops.nowNanos();
    }

    @Override
    public WallTime wallTime() {
        return loops.trueTime().plusMillis(wallOffsetMillis);
    }

    /** Somebody sets this party's wall clock. */
    public void wallOffset(long millis) {
        wallOffsetMillis = millis;
    }

    /** The process dies: nothing handed in runs any more. */
    public void crash() {
        dead = true;
    }

    public boolean isDead() {
        return dead;
    }

    private static final class Alarm implements Timer, Runnable {
        private final Runnable work;
        private boolean cancelled;

        Alarm(Runnable work) {
            this.work = work;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void run() {
            if (!cancelled) {
                work.run();
            }
        }
    }
}
