package trimaran.drills;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Carries drills out on several hospitals at a time, one drill on each: much of a drill is waiting for somebody to notice. Whoever
 * has done with one takes the next. A hospital beside another is slower, so figures of a quiet machine are made with one lane.
 */
final class DrillLanes {

    /** Where drills are carried out one after another. */
    interface Lane extends AutoCloseable {

        Result carryOut(Drill drill);

        @Override
        void close();
    }

    /** Makes a lane in a folder of its own, with somebody to tell things. */
    @FunctionalInterface
    interface Opening {
        Lane open(Path folder, Consumer<String> say);
    }

    /** More would have the hospitals wait for the machine and not for each other. */
    static final int LANES_MAX = 4;

    private final Path folder;
    private final Opening opening;
    private final int lanes;
    private final Consumer<String> say;
    private final Consumer<List<Result>> kept;

    /**
     * @param folder where hospitals are founded
     * @param lanes hospitals at a time
     * @param kept is told after each drill what there is so far, in the order of the drills
     */
    DrillLanes(Path folder, Opening opening, int lanes, Consumer<String> say, Consumer<List<Result>> kept) {
        if (lanes < 1 || lanes > LANES_MAX) {
            throw new IllegalArgumentException("from 1 to " + LANES_MAX + " drills are carried out at a time");
        }
        this.folder = folder;
        this.opening = opening;
        this.lanes = lanes;
        this.say = say;
        this.kept = kept;
    }

    /** What came of each, in their order. Where one lane cannot go on, the others end their drill and take no other. */
    List<Result> carryOut(List<Drill> drills) {
        AtomicReferenceArray<Result> results = new AtomicReferenceArray<>(drills.size());
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService workers = Executors.newFixedThreadPool(lanes)) {
            List<Future<?>> working = new ArrayList<>();
            for (int lane = 1; lane <= Math.min(lanes, drills.size()); lane++) {
                Path own = folder.resolve("lane-" + lane);
                working.add(workers.submit(() -> {
                    try {
                        work(drills, next, results, own);
                    } catch (RuntimeException | Error broken) {
                        next.set(drills.size());
                        throw broken;
                    }
                }));
            }
            for (Future<?> lane : working) {
                await(lane);
            }
        }
        return soFar(results);
    }

    private void work(List<Drill> drills, AtomicInteger next, AtomicReferenceArray<Result> results, Path own) {
        String[] name = {""};
        try (Lane run = opening.open(own, sentence -> say.accept(lanes == 1 ? sentence : name[0] + ": " + sentence))) {
            for (int at = next.getAndIncrement(); at < drills.size(); at = next.getAndIncrement()) {
                Drill drill = drills.get(at);
                name[0] = drill.name();
                say.accept(drill.name() + ": " + drill.holds());
                Result result = run.carryOut(drill);
                String before = lanes == 1 ? "  " : drill.name() + ": ";
                result.breaches()
                        .forEach(breach -> say.accept(before + (drill.isHarmful() ? "harm " : "BREACH ") + breach));
                say.accept(before + result.verdict() + " after " + result.tookMillis() / 1000 + " s");
                synchronized (results) {
                    results.set(at, result);
                    kept.accept(soFar(results));
                }
            }
        }
    }

    private static List<Result> soFar(AtomicReferenceArray<Result> results) {
        List<Result> done = new ArrayList<>();
        for (int i = 0; i < results.length(); i++) {
            Result one = results.get(i);
            if (Objects.nonNull(one)) {
                done.add(one);
            }
        }
        return done;
    }

    private static void await(Future<?> lane) {
        try {
            lane.get();
        } catch (ExecutionException broken) {
            Throwable cause = Objects.requireNonNullElse(broken.getCause(), broken);
            throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
