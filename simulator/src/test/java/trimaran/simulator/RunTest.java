package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Seeds with every fault the simulator knows. {@code -Dseed=N} replays one. */
final class RunTest {

    private static final long SEEDS = 500;

    /** A liar that keeps a cut to itself meets one in every twentieth. */
    private static final int SEEDS_EACH = 10;

    /** Signatures of the JDK cost a thousand times a stand-in's, so a short run has to do. */
    private static final int REAL_OPERATIONS = 60;

    @Test
    void noSeedBreaksAPromise() {
        Long one = Long.getLong("seed");
        long from = one == null ? 1 : one;
        long to = one == null ? SEEDS : one;
        System.out.println("seeds " + from + " to " + to + ", replay one with -Dseed=N");
        Map<String, Integer> events = new ConcurrentHashMap<>();
        List<Run.Result> notable = LongStream.rangeClosed(from, to)
                .parallel()
                .mapToObj(Run::of)
                .peek(result -> result.events().forEach((event, count) -> events.merge(event, count, Integer::sum)))
                .filter(result ->
                        one != null || result.tails() > 0 || !result.broken().isEmpty())
                .peek(System.out::println)
                .toList();
        System.out.println("took place: " + events);
        assertThat(notable).allMatch(result -> result.broken().isEmpty());
        // What never takes place is not tested by any number of seeds.
        assertThat(events)
                .allSatisfy((event, count) ->
                        assertThat(count).as(event).isGreaterThanOrEqualTo(one == null ? SEEDS_EACH : 0));
    }

    @Test
    void aSeedIsTheSameRunEachTime() {
        for (long seed : new long[] {3, 8, 17}) {
            Run.Result first = Run.of(seed);
            Run.Result second = Run.of(seed);
            assertThat(second).isEqualTo(first);
        }
        assertThat(Run.of(4).trace()).isNotEqualTo(Run.of(5).trace());
    }

    @Test
    void aRunWithRealSignaturesKeepsThePromise() {
        Run.Result result = Run.of(1, Suites.real(), new Plants(), REAL_OPERATIONS);
        System.out.println("with ML-DSA-44 and P-256: " + result);
        assertThat(result.broken()).isEmpty();
        assertThat(result.acknowledged()).isPositive();
    }

    @Test
    void aRunThatCannotGoOnIsABrokenSeedAndNamed() {
        Plants planted = new Plants() {
            @Override
            void founded(Hospital hospital) {
                throw new IllegalStateException("planted");
            }
        };
        Run.Result result = Run.of(77, Suites.standIn(), planted, 1);
        assertThat(result.broken()).singleElement().asString().contains("runsToItsEnd", "planted");
        assertThat(result.toString()).contains("seed 77:", "BROKEN");
    }
}
