package trimaran.process;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Loop;
import trimaran.kernel.WallTime;

/**
 * The loop of a process: one platform thread. An exception in a work ends the loop at once and goes to the handler the
 * main gave, which ends the process: a core whose work broke off in the middle is not to be trusted further.
 */
public final class ThreadLoop implements Loop, AutoCloseable {

    /** Works that may wait. At the limit other threads wait for room, so memory stays bounded; the loop itself never waits. */
    public static final int WAITING_MAX = 10_000;

    /** How long closing waits for works handed in before. */
    public static final long DRAIN_MILLIS = 5_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final TreeSet<Alarm> alarms =
            new TreeSet<>(Comparator.comparingLong(Alarm::dueNanos).thenComparingLong(Alarm::number));
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private final long zeroNanos = System.nanoTime();
    private long alarmsSet;
    private boolean closing;

    private ThreadLoop(String name, Consumer<Throwable> broken) {
        this.broken = broken;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::work);
    }

    /** @param broken is called on the loop's thread with what a work threw; nothing runs on the loop after it */
    public static ThreadLoop start(String name, Consumer<Throwable> broken) {
        ThreadLoop loop = new ThreadLoop(name, broken);
        loop.thread.start();
        return loop;
    }

    /** Once the loop is closing, work from other threads is dropped, as if the process had ended a moment earlier. */
    @Override
    public void run(Runnable work) {
        lock.lock();
        try {
            boolean own = Thread.currentThread() == thread;
            while (!own && !closing && waiting.size() >= WAITING_MAX) {
                room.awaitUninterruptibly();
            }
            if (own || !closing) {
                waiting.add(work);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Timer after(long millis, Runnable work) {
        lock.lock();
        try {
            long due = monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
            Alarm alarm = new Alarm(due, alarmsSet++, work);
            alarms.add(alarm);
            changed.signal();
            return alarm;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime() - zeroNanos;
    }

    @Override
    public WallTime wallTime() {
        return new WallTime(System.currentTimeMillis());
    }

    /** Runs what was handed in before, drops timers, and ends the thread; waits at most {@link #DRAIN_MILLIS}. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread() != thread) {
            join();
        }
    }

    /** Whether nothing runs here any more. After closing it may be false: a work that takes longer than closing waits. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    private void join() {
        try {
            thread.join(DRAIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            for (Runnable next = next(); next != null; next = next()) {
                next.run();
            }
        } catch (Throwable failure) {
            end();
            broken.accept(failure);
        }
    }

    private void end() {
        lock.lock();
        try {
            closing = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (true) {
                takeDueAlarms();
                Runnable next = waiting.poll();
                if (next != null) {
                    room.signal();
                    return next;
                }
                if (closing) {
                    return null;
                }
                if (alarms.isEmpty()) {
                    changed.await();
                } else {
                    long _ = changed.awaitNanos(alarms.first().dueNanos - monotonicNanos());
                }
            }
        } catch (InterruptedException nobody) {
            throw new IllegalStateException("nobody interrupts the loop", nobody);
        } finally {
            lock.unlock();
        }
    }

    /** Timers that are due go behind the works that wait, so neither can starve the other. */
    private void takeDueAlarms() {
        long now = monotonicNanos();
        while (!closing && !alarms.isEmpty() && alarms.first().dueNanos <= now) {
            waiting.add(alarms.removeFirst());
        }
    }

    /** A timer: due at a moment of the monotonic clock, in order of setting where moments are equal. */
    private final class Alarm implements Timer, Runnable {

        private final long dueNanos;
        private final long number;
        private final Runnable work;
        private volatile boolean cancelled;

        Alarm(long dueNanos, long number, Runnable work) {
            this.dueNanos = dueNanos;
            this.number = number;
            this.work = work;
        }

        long dueNanos() {
            return dueNanos;
        }

        long number() {
            return number;
        }

        @Override
        public void run() {
            if (!cancelled) {
                work.run();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                alarms.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
