package trimaran.drills;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lends what is costly to make again and again. What came back is settled before anybody else has it: whoever had it before may have
 * failed half way. What cannot be settled is thrown away, and another is made. MAY be used from many threads.
 */
final class Loans<T> implements AutoCloseable {

    /** What is done with the things that are lent. */
    interface Keeper<T> {

        T made();

        /** @throws IllegalStateException if it is not as it was when it was made */
        void settle(T thing);

        void throwAway(T thing);
    }

    private final Keeper<T> keeper;
    private final List<T> all = new ArrayList<>();
    private final Deque<T> free = new ArrayDeque<>();

    Loans(Keeper<T> keeper) {
        this.keeper = keeper;
    }

    T lend() {
        for (T old = free(); old != null; old = free()) {
            try {
                keeper.settle(old);
                return old;
            } catch (IllegalStateException | UncheckedIOException unsettled) {
                System.out.println("not lent again: " + unsettled.getMessage());
                forget(old);
                keeper.throwAway(old);
            }
        }
        T fresh = keeper.made();
        keep(fresh);
        keeper.settle(fresh);
        return fresh;
    }

    private synchronized @Nullable T free() {
        return free.poll();
    }

    private synchronized void keep(T fresh) {
        all.add(fresh);
    }

    private synchronized void forget(T old) {
        all.remove(old);
    }

    synchronized void back(T thing) {
        free.add(thing);
    }

    @Override
    public synchronized void close() {
        all.forEach(keeper::throwAway);
        all.clear();
        free.clear();
    }
}
