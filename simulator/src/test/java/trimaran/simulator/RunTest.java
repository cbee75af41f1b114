package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Seeds with every fault the simulator knows. {@code -Dseed=N} replays one. */
final class RunTest {

    private static final long SEEDS = 2_000;

    /** A liar that keeps a cut to itself meets one in every twentieth. */
    private static final int SEEDS_EACH = 30;

    /** Data has to lie, and a cut to come while it can place something: one seed in a hundred. */
    private static final int FORKS = 10;

    /** Signatures of the JDK cost a thousand times a stand-in's, so a short run has to do. */
    private static final int REAL_OPERATIONS = 60;

    @Test
    void noSeedBreaksAPromise() {
        Long one = Long.getLong("seed");
        long from = one == null ? 1 : one;
        long to = one == null ? SEEDS : one;
        System.out.println("seeds " + from + " to " + to + ", replay one with -Dseed=N");
        Map<String, Integer> events = new TreeMap<>();
        List<Run.Result> broken = new ArrayList<>();
        AtomicLong ran = new AtomicLong();
        Seeds.run(from, to, result -> {
            ran.incrementAndGet();
            result.events().forEach((event, count) -> events.merge(event, count, Integer::sum));
            if (!result.broken().isEmpty()) {
                broken.add(result);
            }
            if (one != null || result.tails() > 0 || !result.broken().isEmpty()) {
                System.out.println(result);
            }
        });
        System.out.println("took place: " + events);
        assertThat(broken).isEmpty();
        assertThat(ran).hasValue(to - from + 1);
        // What never takes place is not tested by any number of seeds.
        assertThat(events)
                .allSatisfy((event, count) ->
                        assertThat(count).as(event).isGreaterThanOrEqualTo(one == null ? least(event) : 0));
    }

    private static int least(String event) {
        return event.equals("fed alone") ? FORKS : SEEDS_EACH;
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

    /** Hashes that hang on the machine, as those of enums do, would make another order of what is kept by them. */
    @Test
    void aSeedIsTheSameRunInAnotherMachine() throws Exception {
        for (long seed : new long[] {47, 61}) {
            List<String> command = List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xshare:off",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    String.join(
                            File.pathSeparator,
                            System.getProperty("java.class.path", ""),
                            System.getProperty("jdk.module.path", "")),
                    "trimaran.simulator.SimulatorMain",
                    "--seed",
                    String.valueOf(seed));
            Process other =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).as(said).isZero();
            assertThat(said).contains(Run.of(seed).toString());
        }
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
