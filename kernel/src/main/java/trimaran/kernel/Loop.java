package trimaran.kernel;

/**
 * The one thread of a party's core, its timers and its clocks. All state of a core belongs to its loop; whoever stands
 * outside hands work in with {@link #run}. In a process it is a thread, in the simulator the seeded queue of events:
 * the core cannot tell.
 */
public interface Loop {

    /** Runs the work on the loop, after what was handed in before it. MAY be called from any thread. */
    void run(Runnable work);

    /** Runs the work on the loop once, not before {@code millis} have passed on the monotonic clock. */
    Timer after(long millis, Runnable work);

    /** The monotonic clock, for timeouts only: its zero means nothing. */
    long monotonicNanos();

    /** The wall clock. */
    WallTime wallTime();

    /** A timer that has not run yet can be called off. */
    interface Timer {
        void cancel();
    }
}
