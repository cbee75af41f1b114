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
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Refusal;
import trimaran.station.WriteResult;

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

    /** As where a message is nested so deeply, or memory is so short, that the machine gives up. */
    @Test
    void anErrorGivesBackItsPlaceAndItsRoomToo() throws InterruptedException {
        Pipeline pipeline = pipeline();
        CountDownLatch given = new CountDownLatch(1);
        pipeline.reserve();
        pipeline.add(
                () -> {
                    throw new StackOverflowError("planted");
                },
                given::countDown);
        assertThat(given.await(10, TimeUnit.SECONDS)).isTrue();
        pipeline.end();
        assertThat(pipeline.isEmpty()).isTrue();
        assertThat(faults).hasSize(1);
    }

    @Test
    void whoSpeaksOfTwoWaitsForBoth() throws InterruptedException {
        Turns turns = new Turns();
        Turns.Turn one = turns.take(Set.of("a"), "line", Digest.ZERO);
        Turns.Turn other = turns.take(Set.of("b"), "line", Digest.ZERO);
        Turns.Turn both = turns.take(Set.of("a", "b"), "line", Digest.ZERO);
        Turns.Turn beside = turns.take(Set.of("c"), "line", Digest.ZERO);
        beside.await();
        CountDownLatch passed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            both.await();
            passed.countDown();
        });
        one.end(false);
        assertThat(passed.await(200, TimeUnit.MILLISECONDS)).isFalse();
        other.end(false);
        assertThat(passed.await(30, TimeUnit.SECONDS)).isTrue();
        both.end(false);
        beside.end(false);
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
                byte[] message = Messages.move(
                        i == 0 ? "A01" : "A02",
                        patient,
                        "REA^" + i + "^^CHDEMO",
                        "V" + patient,
                        "m" + patient + i,
                        "20261127" + times[i],
                        "INSERT",
                        "");
                tasks.add(here.counter.take(message, "line"));
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

    private static byte[] potassium(String number, String status, String value) {
        return Messages.bytes(
                "MSH|^~\\&|LABO|CHDEMO|TRIMARAN|CHDEMO|20261127093000||ORU^R01^ORU_R01|" + number
                        + "|P|2.5|||||FRA|UNICODE UTF-8|FR",
                Messages.pid("P1", "Quatrevent", "19510203"),
                "OBR|1||A77^LABO|IONO^Ionogramme^L|||20261127080000|||||||||||||||20261127092500||LAB|" + status,
                "OBX|1|NM|2823-3^Potassium^LN||" + value + "|mmol/L^^UCUM|3.5 - 5.1|H|||" + status
                        + "|||20261127080000");
    }

    private static String answered(Reception.Task task) {
        return new String(task.answer(), StandardCharsets.UTF_8);
    }

    /** The record is away for a moment: the correction that came behind the first result must not be recorded before it. */
    @Test
    void whatIsToldToComeAgainIsNotOvertakenByWhatItsLineSentBehindIt() {
        Counters here = new Counters();
        here.taken(Messages.move("A01", "P1", "CARDIO^12^P", "V1", "m1", "20261127070000", "INSERT", ""));
        byte[] first = potassium("L1", "F", "3.0");
        byte[] corrected = potassium("L2", "C", "5.0");
        Reception.Task one = here.counter.take(first, "line");
        Reception.Task two = here.counter.take(corrected, "line");
        Reception.Task elsewhere = here.counter.take(Messages.identity("A31", "P1", "Quatrevent", "19510203"), "other");
        Reception.Task oneAgain = here.counter.take(first, "line");
        Reception.Task twoAgain = here.counter.take(corrected, "line");
        here.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "two tiers are away"));
        assertThat(answered(one)).contains("MSA|AR|");
        assertThat(answered(two)).contains("MSA|AR|").contains(Code.UNAVAILABLE.tag());
        assertThat(answered(elsewhere)).contains("MSA|AA|");
        assertThat(answered(oneAgain)).contains("MSA|AA|");
        assertThat(answered(twoAgain)).contains("MSA|AA|");
        assertThat(new String(
                        here.record.resources.values().stream()
                                .map(List::getLast)
                                .filter(last -> last.type().equals("Observation"))
                                .findFirst()
                                .orElseThrow()
                                .json()
                                .toArray(),
                        StandardCharsets.UTF_8))
                .contains("5.0");
    }

    /** A message at fault does not come again as it is: the others do not wait for it, nor does a sender that waits for each. */
    @Test
    void onlyWhatComesAgainHoldsOthersBackAndOnlyWhileTheyAreUnderWay() {
        Counters here = new Counters();
        Reception.Task wrong = here.counter.take(
                Messages.move("A01", "P1", "REA^1^^CHDEMO", "V1", "m1", "20261127080000", "AJOUT", ""), "line");
        byte[] right = Messages.move("A01", "P1", "REA^1^^CHDEMO", "V1", "m2", "20261127080000", "INSERT", "");
        Reception.Task behind = here.counter.take(right, "line");
        assertThat(answered(wrong)).contains("MSA|AE|");
        here.record.nextWrite = new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "two tiers are away"));
        assertThat(answered(behind)).contains("MSA|AR|");
        Reception.Task later = here.counter.take(
                Messages.move("A01", "P1", "REA^2^^CHDEMO", "V1", "m3", "20261127090000", "INSERT", ""), "line");
        assertThat(answered(later)).contains("MSA|AA|");
    }
}
