package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.kernel.Loop;

@Timeout(20)
class ThreadLoopTest {

    private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
    private final ThreadLoop loop = ThreadLoop.start("loop", broken::complete);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void worksRunOnOneThreadInTheirOrder() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.run(() -> {
                order.add(number);
                threads.add(Thread.currentThread());
            });
        }
        loop.close();
        assertThat(order).hasSize(100).isSorted();
        assertThat(threads).containsOnly(threads.getFirst()).doesNotContain(Thread.currentThread());
    }

    @Test
    void timersRunInTheOrderTheyAreDueAndNotBefore() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(3);
        long started = loop.monotonicNanos();
        for (long millis : new long[] {1200, 0, 600}) {
            loop.after(millis, () -> {
                assertThat(loop.monotonicNanos() - started).isGreaterThanOrEqualTo(millis * 1_000_000);
                order.add(millis + "");
                done.countDown();
            });
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("0", "600", "1200");
    }

    @Test
    void oneThatDoesNotComeToItsEndSaysSoOnceClosed() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        loop.run(() -> {
            taken.countDown();
            awaitQuietly(held);
        });
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        loop.close();
        assertThat(loop.hasEnded()).isFalse();
        held.countDown();
        loop.close();
        assertThat(loop.hasEnded()).isTrue();
    }

    @Test
    void aTimerCalledOffDoesNotRunEvenWhenItIsAlreadyDue() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        loop.run(() -> {
            taken.countDown();
            awaitQuietly(held);
        });
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        Loop.Timer due = loop.after(0, ran::incrementAndGet);
        Loop.Timer later = loop.after(20, ran::incrementAndGet);
        CountDownLatch done = new CountDownLatch(1);
        loop.run(due::cancel);
        later.cancel();
        held.countDown();
        loop.after(60, done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
    }

    @Test
    void aTimerThatSetsItselfAgainAtOnceDoesNotKeepOthersOut() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        loop.run(new Runnable() {
            @Override
            public void run() {
                loop.after(0, this);
            }
        });
        loop.run(() -> loop.run(done::countDown));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anExceptionEndsTheLoopAndGoesToTheHandler() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        loop.run(() -> awaitQuietly(held));
        loop.run(() -> {
            throw new IllegalStateException("planted");
        });
        loop.run(ran::incrementAndGet);
        held.countDown();
        assertThat(broken.get(10, TimeUnit.SECONDS)).hasMessage("planted");
        loop.run(ran::incrementAndGet);
        loop.close();
        assertThat(ran).hasValue(0);
    }

    @Test
    void closingRunsWhatWasHandedInWithWhatThatHandsInAndNothingAfter() {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        loop.run(() -> awaitQuietly(held));
        loop.run(() -> loop.run(ran::incrementAndGet));
        loop.after(10_000, ran::incrementAndGet);
        held.countDown();
        loop.close();
        assertThat(ran).hasValue(1);
        loop.run(ran::incrementAndGet);
        loop.close();
        assertThat(ran).hasValue(1);
    }

    @Test
    void atTheLimitOthersWaitForRoomAndTheLoopItselfDoesNot() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch taken = new CountDownLatch(1);
        loop.run(() -> {
            taken.countDown();
            awaitQuietly(held);
            loop.run(ran::incrementAndGet);
        });
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < ThreadLoop.WAITING_MAX; i++) {
            loop.run(ran::incrementAndGet);
        }
        Thread over = Thread.ofPlatform().start(() -> loop.run(ran::incrementAndGet));
        over.join(100);
        assertThat(over.isAlive()).as("one over the limit waits").isTrue();
        held.countDown();
        over.join();
        loop.close();
        assertThat(ran).hasValue(ThreadLoop.WAITING_MAX + 2);
    }

    @Test
    void theWallClockIsTheMachines() {
        assertThat(Math.abs(loop.wallTime().millis() - System.currentTimeMillis()))
                .isLessThan(1000);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException nobody) {
            throw new IllegalStateException(nobody);
        }
    }
}
