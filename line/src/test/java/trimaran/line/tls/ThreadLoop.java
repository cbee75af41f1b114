package trimaran.line.tls;

import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Loop;
import trimaran.kernel.WallTime;

/** A loop on a thread of its own, for tests and measurements over real sockets. */
final class ThreadLoop implements Loop, AutoCloseable {

    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Thread thread;
    private volatile boolean parked;
    private volatile boolean closed;

    private static final class Alarm implements Timer, Comparable<Alarm> {
        private final long atNanos;
        private @Nullable Runnable work;

        Alarm(long atNanos, Runnable work) {
            this.atNanos = atNanos;
            this.work = work;
        }

        @Override
        public void cancel() {
            work = null;
        }

        @Override
        public int compareTo(Alarm other) {
            return Long.compare(atNanos, other.atNanos);
        }
    }

    ThreadLoop(String name) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::turn);
    }

    @Override
    public void run(Runnable task) {
        work.add(task);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** To be called on the loop, as cores do. */
    @Override
    public Timer after(long millis, Runnable task) {
        Alarm alarm = new Alarm(System.nanoTime() + millis * 1_000_000, task);
        if (Thread.currentThread() == thread) {
            alarms.add(alarm);
        } else {
            run(() -> alarms.add(alarm));
        }
        return alarm;
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public WallTime wallTime() {
        return new WallTime(System.currentTimeMillis());
    }

    /** Runs on the loop and waits for the result. */
    <T> T ask(Supplier<T> question) {
        CountDownLatch done = new CountDownLatch(1);
        Object[] result = new Object[1];
        run(() -> {
            result[0] = question.get();
            done.countDown();
        });
        try {
            if (!done.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the loop stands still");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        @SuppressWarnings("unchecked")
        T answer = (T) result[0];
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void turn() {
        while (!closed) {
            Runnable next = work.poll();
            if (next != null) {
                next.run();
            }
            long waitNanos = ring();
            if (next == null) {
                parked = true;
                if (work.isEmpty() && !closed) {
                    LockSupport.parkNanos(waitNanos);
                }
                parked = false;
            }
        }
    }

    /** Runs what is due and says how long until the next alarm. */
    private long ring() {
        for (Alarm first = alarms.peek(); first != null; first = alarms.peek()) {
            if (first.work == null) {
                alarms.poll();
                continue;
            }
            long leftNanos = first.atNanos - System.nanoTime();
            if (leftNanos > 0) {
                return leftNanos;
            }
            alarms.poll();
            first.work.run();
        }
        return TimeUnit.SECONDS.toNanos(1);
    }
}
