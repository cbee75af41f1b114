package trimaran.station.fhir;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Ends what a client draws out: a header or a body that does not come, an answer nobody reads. The server knows no such
 * limit of its own once a request line is read. A thread that waits too long is interrupted, which closes its line.
 */
final class Patience implements AutoCloseable {

    /** A thread reads one line, so it waits for the headers of one request at most. */
    private static final ThreadLocal<Wait> HEADERS = new ThreadLocal<>();

    private final long limitNanos;
    private final LongSupplier nanos;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final Thread watcher;

    /** One thing that is waited for by the thread that made it. */
    final class Wait implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final long deadline = nanos.getAsLong() + limitNanos;
        private boolean over;
        private boolean cut;

        private synchronized void cutIfLate(long now) {
            if (!over && now - deadline > 0) {
                over = true;
                cut = true;
                waits.remove(this);
                thread.interrupt();
            }
        }

        /** It came. Whatever the thread does next is not interrupted for this. */
        @Override
        public void close() {
            waits.remove(this);
            synchronized (this) {
                over = true;
                if (cut && thread.equals(Thread.currentThread())) {
                    Thread.interrupted();
                }
            }
        }
    }

    Patience(long limitMillis, LongSupplier nanos) {
        this.limitNanos = limitMillis * 1_000_000;
        this.nanos = nanos;
        this.watcher = Thread.ofVirtual().name("patience").start(() -> watch(Math.max(50, limitMillis / 8)));
    }

    private void watch(long everyMillis) {
        try {
            while (true) {
                Thread.sleep(everyMillis);
                long now = nanos.getAsLong();
                waits.forEach(wait -> wait.cutIfLate(now));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now until it is closed, the calling thread waits for a client. */
    Wait begin() {
        Wait wait = new Wait();
        waits.add(wait);
        return wait;
    }

    /** A request line was read: its headers are waited for. */
    void beginHeaders() {
        endHeaders();
        HEADERS.set(begin());
    }

    void endHeaders() {
        Wait wait = HEADERS.get();
        if (wait != null) {
            wait.close();
            HEADERS.remove();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
