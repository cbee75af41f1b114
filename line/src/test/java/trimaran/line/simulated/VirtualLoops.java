package trimaran.line.simulated;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.WallTime;

/**
 * Time for several parties at once: one queue of events on one virtual clock, everything else drawn from a seed. The same
 * seed and the same calls give the same run, byte for byte; {@link #trace} is the proof. One thread.
 */
public final class VirtualLoops {

    /** 1 January 2026: where virtual time begins for a party whose clock is right. */
    public static final long START_MILLIS = 1_767_225_600_000L;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final MessageDigest trace = Digest.hash();
    private long nowNanos;
    private long sequence;
    private long ran;

    /** @param owner whose death makes the event void; null for the world's own */
    private record Event(
            long atNanos, long sequence, @Nullable VirtualLoop owner, Runnable work) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    public VirtualLoops(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * A loop for one party, until it crashes; a restarted party gets a new one.
     *
     * @param wallOffsetMillis how much its wall clock is ahead of true time
     */
    public VirtualLoop loop(String name, long wallOffsetMillis) {
        return new VirtualLoop(this, name, wallOffsetMillis, random.nextLong(1L << 40));
    }

    /** Randomness for a party's core; each call a stream of its own. */
    public Entropy entropy() {
        SplittableRandom own = random.split();
        return own::nextBytes;
    }

    /** Randomness for whatever the world decides: weather, crashes, the next operation. */
    public SplittableRandom random() {
        return random;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public WallTime trueTime() {
        return new WallTime(START_MILLIS + nowNanos / 1_000_000);
    }

    /** Something the world does later, whoever lives then. */
    public void after(long delayNanos, Runnable work) {
        schedule(nowNanos + delayNanos, null, work);
    }

    /** Runs the next event; false if there is none. */
    public boolean step() {
        Event next = head();
        if (next == null) {
            return false;
        }
        events.remove();
        nowNanos = next.atNanos;
        ran++;
        note(next.owner == null ? "world" : next.owner.name());
        next.work.run();
        return true;
    }

    /** Lets this much virtual time pass. */
    public void runMillis(long millis) {
        long untilNanos = nowNanos + millis * 1_000_000;
        for (Event next = head(); next != null && next.atNanos <= untilNanos; next = head()) {
            step();
        }
        nowNanos = Math.max(nowNanos, untilNanos);
    }

    /** Runs until the condition holds; false if it does not within this much virtual time. */
    public boolean runUntil(BooleanSupplier condition, long maxMillis) {
        long untilNanos = nowNanos + maxMillis * 1_000_000;
        while (!condition.getAsBoolean()) {
            Event next = head();
            if (next == null || next.atNanos > untilNanos) {
                return false;
            }
            step();
        }
        return true;
    }

    public long eventsRun() {
        return ran;
    }

    /** Adds to the trace; for whoever wants more in it than times and names. */
    public void note(String text) {
        trace.update(text.getBytes(StandardCharsets.UTF_8));
        trace.update(ByteBuffer.allocate(Long.BYTES).putLong(0, nowNanos).array());
    }

    public void note(Bytes bytes) {
        trace.update(bytes.unsafeArray());
    }

    /** The digest of everything that happened so far. */
    public Digest trace() {
        try {
            return Digest.of(((MessageDigest) trace.clone()).digest());
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", missing);
        }
    }

    /** The next event, events of the dead put aside. */
    private @Nullable Event head() {
        Event head = events.peek();
        while (head != null && head.owner != null && head.owner.isDead()) {
            events.remove();
            head = events.peek();
        }
        return head;
    }

    void schedule(long atNanos, @Nullable VirtualLoop owner, Runnable work) {
        events.add(new Event(atNanos, sequence++, owner, work));
    }
}
