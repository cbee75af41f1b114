package trimaran.line.tls;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.line.LineLimits;

/**
 * Frames on their way out, bounded in bytes. The loop puts, one writer takes as much as fills a TLS record, so that what
 * was sent together leaves together. Each frame goes out behind its length in 4 bytes.
 */
final class FrameQueue {

    private static final int LENGTH_BYTES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ArrayDeque<Bytes> frames = new ArrayDeque<>();
    private int waitingBytes;
    private int takenBytes;
    private boolean writerWaits;
    private boolean ended;
    private @Nullable Bytes current;
    private int currentAt;

    /**
     * Puts a frame behind the others.
     *
     * @param wake whether the writer is to take it now, or a later {@link #flush} will follow
     * @return false if it would be more than may wait
     */
    boolean put(Bytes frame, boolean wake) {
        lock.lock();
        try {
            int bytes = LENGTH_BYTES + frame.size();
            if (waitingBytes + bytes > LineLimits.OUTBOUND_MAX_BYTES) {
                return false;
            }
            waitingBytes += bytes;
            frames.add(frame);
            if (wake && writerWaits) {
                change.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void flush() {
        lock.lock();
        try {
            if (writerWaits && !frames.isEmpty()) {
                change.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** No more frames: {@link #take} returns what is left and then 0. */
    void end() {
        lock.lock();
        try {
            ended = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waitingBytes() {
        lock.lock();
        try {
            return waitingBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Fills the target with what waits; waits for something if nothing does. What was taken before counts as gone. */
    int take(byte[] target) throws InterruptedException {
        lock.lock();
        try {
            waitingBytes -= takenBytes;
            takenBytes = 0;
            while (frames.isEmpty() && current == null && !ended) {
                writerWaits = true;
                change.await();
                writerWaits = false;
            }
            takenBytes = fill(target);
            return takenBytes;
        } finally {
            lock.unlock();
        }
    }

    private int fill(byte[] target) {
        int size = 0;
        while (size < target.length) {
            if (current == null) {
                Bytes next = target.length - size < LENGTH_BYTES ? null : frames.poll();
                if (next == null) {
                    return size;
                }
                for (int shift = 24; shift >= 0; shift -= 8) {
                    target[size++] = (byte) (next.size() >>> shift);
                }
                if (next.isEmpty()) {
                    continue;
                }
                current = next;
                currentAt = 0;
            }
            int count = Math.min(target.length - size, current.size() - currentAt);
            System.arraycopy(current.unsafeArray(), currentAt, target, size, count);
            size += count;
            currentAt += count;
            if (currentAt == current.size()) {
                current = null;
            }
        }
        return size;
    }
}
