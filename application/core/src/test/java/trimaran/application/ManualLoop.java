package trimaran.application;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import trimaran.kernel.Loop;
import trimaran.kernel.WallTime;

/** A loop a test turns by hand, on a clock it sets. */
final class ManualLoop implements Loop {

    static final long START_MILLIS = 1_795_000_000_000L;

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers = new PriorityQueue<>();
    private long nowMillis = START_MILLIS;
    private long order;

    private static final class Waiting implements Comparable<Waiting>, Timer {

        private final long at;
        private final long order;
        private final Runnable work;
        private boolean cancelled;

        Waiting(long at, long order, Runnable work) {
            this.at = at;
            this.order = order;
            this.work = work;
        }

        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /** Runs all that was handed in. */
    void turn() {
        while (!work.isEmpty()) {
            work.removeFirst().run();
        }
    }

    void pass(long millis) {
        nowMillis += millis;
        for (Waiting next = timers.peek(); next != null && next.at <= nowMillis; next = timers.peek()) {
            timers.remove();
            if (!next.cancelled) {
                work.add(next.work);
            }
        }
        turn();
    }

    @Override
    public void run(Runnable more) {
        work.add(more);
    }

    @Override
    public Timer after(long millis, Runnable later) {
        Waiting waiting = new Waiting(nowMillis + millis, order++, later);
        timers.add(waiting);
        return waiting;
    }

    @Override
    public long monotonicNanos() {
        return nowMillis * 1_000_000;
    }

    @Override
    public WallTime wallTime() {
        return new WallTime(nowMillis);
    }
}
