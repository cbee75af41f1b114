package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages of one line beside each other: answers in order, one patient's messages in order, never too many. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PipelineTest {

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());

    private Pipeline pipeline() {
        return new Pipeline(answer -> written.add(new String(answer, StandardCharsets.UTF_8)), () -> {}, faults::add);
    }

    private static void add(Pipeline pipeline, Reception.Task task) throws InterruptedException {
        pipeline.reserve();
        pipeline.add(task, () -> {});
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void answersGoOutInTheOrderOfTheMessages() throws InterruptedException {
        Pipeline pipeline = pipeline();
        CountDownLatch second = new CountDownLatch(1);
        add(pipeline, () -> {
            try {
                second.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return text("first");
        });
        add(pipeline, () -> {
            second.countDown();
            return text("second");
        });
        pipeline.end();
        assertThat(written).containsExactly("first", "second");
        assertThat(pipeline.isEmpty()).isTrue();
    }

    @Test
    void oneMoreThanMayBeUnderWayWaits() throws InterruptedException {
        Pipeline pipeline = pipeline();
        Semaphore let = new Semaphore(0);
        for (int i = 0; i < Hl7Limits.UNDER_WAY_MAX; i++) {
            String name = String.valueOf(i);
            add(pipeline, () -> {
                let.acquireUninterruptibly();
                return text(name);
            });
        }
        CountDownLatch passed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                pipeline.reserve();
                passed.countDown();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(passed.await(200, TimeUnit.MILLISECONDS)).isFalse();
        let.release(Hl7Limits.UNDER_WAY_MAX);
        assertThat(passed.await(30, TimeUnit.SECONDS)).isTrue();
        pipeline.end();
        assertThat(written).hasSize(Hl7Limits.UNDER_WAY_MAX);
    }

    @Test
    void aFaultEndsTheLineAndWhatComesBehindIsNotAnswered() throws InterruptedException {
        Pipeline pipeline = pipeline();
        add(pipeline, () -> {
            throw new IllegalStateException("planted");
        });
        add(pipeline, () -> text("behind"));
        pipeline.end();
        assertThat(written).isEmpty();
        assertThat(faults).hasSize(1);
    }

    @Test
    void whoSpeaksOfTwoWaitsForBoth() throws InterruptedException {
        Turns turns = new Turns();
        Turns.Turn one = turns.take(Set.of("a"));
        Turns.Turn other = turns.take(Set.of("b"));
        Turns.Turn both = turns.take(Set.of("a", "b"));
        Turns.Turn beside = turns.take(Set.of("c"));
        beside.await();
        CountDownLatch passed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            both.await();
            passed.countDown();
        });
        one.end();
        assertThat(passed.await(200, TimeUnit.MILLISECONDS)).isFalse();
        other.end();
        assertThat(passed.await(30, TimeUnit.SECONDS)).isTrue();
        both.end();
        beside.end();
        assertThat(turns.taken()).isZero();
    }

    @Test
    void aMergeSpeaksOfBothPatients() {
        byte[] merge = Messages.identity("A40", "P1", "Quatrevent", "19510203", "MRG|P2^^^CHDEMO");
        Message message = Reading.read(merge, 100).message().orElseThrow();
        assertThat(Turns.subjects(message)).contains("patient P1", "patient P2", "name QUATREVENT 19510203");
    }

    /** A sender that does not wait: all messages of a patient in one go, interleaved with another's. */
    @Test
    void whatASenderSendsInOneGoIsDealtWithInItsOrder() {
        Counters here = new Counters();
        List<Reception.Task> tasks = new ArrayList<>();
        String[] times = {"080000", "090000", "100000", "110000"};
        for (int i = 0; i < times.length; i++) {
            for (String patient : List.of("P1", "P2")) {
                tasks.add(here.counter.take(Messages.move(
                        i == 0 ? "A01" : "A02",
                        patient,
                        "REA^" + i + "^^CHDEMO",
                        "V" + patient,
                        "m" + patient + i,
                        "20261127" + times[i],
                        "INSERT",
                        "")));
            }
        }
        List<Thread> threads = tasks.reversed().stream()
                .map(task -> Thread.ofVirtual().start(task::answer))
                .toList();
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(here.record.all("Encounter")).hasSize(2);
        assertThat(here.record.resources.values().stream()
                        .filter(all -> all.getLast().type().equals("Encounter")))
                .allSatisfy(all -> assertThat(all).hasSize(times.length));
        assertThat(here.events).isEmpty();
    }
}
