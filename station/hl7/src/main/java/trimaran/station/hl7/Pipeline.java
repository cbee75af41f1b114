package trimaran.station.hl7;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The messages of one line that are under way: dealt with beside each other, answered in the order in which they came, as a sender
 * that does not wait for each answer must be able to count on. One that waits never has more than one here.
 */
final class Pipeline {

    /** Puts an answer on the line. */
    interface Out {
        void write(byte[] answer) throws IOException;
    }

    /** What becomes an answer, and what is to be done once it is written or cannot be any more. */
    private record Step(CompletableFuture<byte[]> answer, Runnable then) {}

    private static final byte[] LAST = new byte[0];
    private static final Step END = new Step(CompletableFuture.completedFuture(LAST), () -> {});

    private final Out out;
    private final Runnable broken;
    private final Consumer<Throwable> faults;
    private final Semaphore places = new Semaphore(Hl7Limits.UNDER_WAY_MAX);
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final Thread writer;

    /**
     * @param broken told once, when the line takes no answer any more
     * @param faults of this program
     */
    Pipeline(Out out, Runnable broken, Consumer<Throwable> faults) {
        this.out = out;
        this.faults = faults;
        this.broken = broken;
        this.writer = Thread.ofVirtual().name("hl7-answers").start(this::write);
    }

    /** Whether nothing is under way. */
    boolean isEmpty() {
        return places.availablePermits() == Hl7Limits.UNDER_WAY_MAX;
    }

    /**
     * Has an answer worked out on a thread of its own; waits while as many are under way as may be.
     *
     * @param then done once it is answered, or nobody is there to be answered
     */
    void add(Reception.Task task, Runnable then) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("hl7-message").start(() -> {
            try {
                answer.complete(task.answer());
            } catch (Throwable fault) {
                // Also where the machine has no memory left: its place and its room are given back.
                answer.completeExceptionally(fault);
                faults.accept(fault);
            }
        });
        steps.add(new Step(answer, then));
    }

    /** A place for one more; MUST be followed by {@link #add}. */
    void reserve() throws InterruptedException {
        places.acquire();
    }

    /** Waits until what is under way is answered; whether there was anything. */
    boolean drain() throws InterruptedException {
        boolean any = !isEmpty();
        places.acquire(Hl7Limits.UNDER_WAY_MAX);
        places.release(Hl7Limits.UNDER_WAY_MAX);
        return any;
    }

    /** Answers what is under way, then ends. */
    void end() throws InterruptedException {
        steps.add(END);
        writer.join();
    }

    private void write() {
        boolean open = true;
        try {
            for (Step step = steps.take(); !step.equals(END); step = steps.take()) {
                open = answer(step, open);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answer(Step step, boolean open) {
        boolean goesOn = open;
        try {
            byte[] answer = step.answer().join();
            if (open) {
                out.write(answer);
            }
        } catch (IOException | CompletionException gone) {
            // The sender went, or it is a fault of this program: what was not acknowledged comes again.
            goesOn = false;
        } finally {
            step.then().run();
            places.release();
        }
        if (open && !goesOn) {
            broken.run();
        }
        return goesOn;
    }
}
