package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Many seeds on all cores. Each core takes the next seed that is left: a run may take ten times as long as another, and a
 * range cut into equal pieces beforehand leaves a core idle at the end.
 */
final class Seeds {

    private Seeds() {}

    /**
     * Returns when all have run.
     *
     * @param told hears of each result, in the order they come about and one at a time
     * @throws IllegalStateException if a run ended in anything but a result
     */
    static void run(long from, long to, Consumer<Run.Result> told) {
        int cores = Runtime.getRuntime().availableProcessors();
        AtomicLong taken = new AtomicLong();
        long count = to - from + 1;
        Object oneAtATime = new Object();
        Runnable work = () -> {
            for (long index = taken.getAndIncrement(); index < count; index = taken.getAndIncrement()) {
                Run.Result result = Run.of(from + index);
                synchronized (oneAtATime) {
                    told.accept(result);
                }
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            List<Future<?>> working = new ArrayList<>();
            for (int core = 0; core < cores; core++) {
                working.add(threads.submit(work));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a seed cannot be run", broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped among seeds", stopped);
        }
    }
}
