package trimaran.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** One kind of work done by some clients in a closed loop: each asks again as soon as it is answered. */
final class Phase {

    /**
     * What a phase cost.
     *
     * @param wrong requests that were not answered as they should
     * @param cpuMillis of all processes of the hospital, for one request
     * @param compilerMillis the part of it that the JVMs' compilers took
     */
    record Figure(
            String name,
            int requests,
            int wrong,
            double perSecond,
            double p50,
            double p99,
            double cpuMillis,
            double compilerMillis) {}

    private final String name;
    private final int requests;
    private final IntPredicate work;

    /** @param work does the request of this number and says whether the answer was right */
    Phase(String name, int requests, IntPredicate work) {
        this.name = name;
        this.requests = requests;
        this.work = work;
    }

    Figure run(int clients, Map<String, Long> processes) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        long[] nanos = new long[requests];
        Costs before = Costs.of(processes);
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
                    long asked = System.nanoTime();
                    if (!work.test(number)) {
                        wrong.incrementAndGet();
                    }
                    nanos[number] = System.nanoTime() - asked;
                }
            }));
        }
        threads.forEach(Phase::join);
        double seconds = (System.nanoTime() - start) / 1e9;
        Costs after = Costs.of(processes);
        Arrays.sort(nanos);
        return new Figure(
                name,
                requests,
                wrong.get(),
                requests / seconds,
                nanos[requests / 2] / 1e6,
                nanos[(int) (requests * 0.99)] / 1e6,
                (double) after.sinceMillis(before) / requests,
                (double) after.compilersSinceMillis(before) / requests);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
