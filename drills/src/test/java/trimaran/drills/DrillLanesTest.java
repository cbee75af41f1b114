package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trimaran.trial.Waiting;

/** Who carries which drill out, and in what order it is told. */
class DrillLanesTest {

    /** For the broken lane to end, while the other carries one out. */
    private static final long BREATH_MILLIS = 200;

    private final List<Drill> drills = IntStream.rangeClosed(1, 8)
            .mapToObj(number -> Drill.withstood("drill-" + number, "–", "nothing", "nothing", scene -> {}))
            .toList();

    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final Set<Path> opened = ConcurrentHashMap.newKeySet();
    private final Set<Path> closed = ConcurrentHashMap.newKeySet();

    @Test
    void twoAreCarriedOutAtATimeAndTheTableIsInTheirOrder() {
        CountDownLatch both = new CountDownLatch(2);
        ConcurrentLinkedQueue<Integer> kept = new ConcurrentLinkedQueue<>();
        List<Result> results = lanes(
                        2,
                        drill -> {
                            both.countDown();
                            assertThat(isOver(both)).as("nobody is beside it").isTrue();
                            return result(drill);
                        },
                        some -> kept.add(some.size()))
                .carryOut(drills);
        assertThat(results).extracting(Result::drill).isEqualTo(drills);
        assertThat(kept).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(opened).hasSize(2).isEqualTo(closed);
        assertThat(said).contains("drill-8: told", "drill-1: held after 0 s");
    }

    @Test
    void aLaneThatCannotGoOnStopsTheOthersAndAllAreClosed() {
        assertThatThrownBy(() -> lanes(
                                2,
                                drill -> {
                                    if (drill.name().equals("drill-3")) {
                                        throw new IllegalStateException("no hospital");
                                    }
                                    return result(drill);
                                },
                                some -> {})
                        .carryOut(drills))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no hospital");
        assertThat(opened).isEqualTo(closed);
    }

    @Test
    void aLaneThatIsBrokenStopsTheOthersAsWell() {
        CountDownLatch broke = new CountDownLatch(1);
        assertThatThrownBy(() -> lanes(
                                2,
                                drill -> {
                                    if (drill.name().equals("drill-1")) {
                                        broke.countDown();
                                        throw new AssertionError("broken");
                                    }
                                    assertThat(isOver(broke)).isTrue();
                                    Waiting.pause(BREATH_MILLIS);
                                    return result(drill);
                                },
                                some -> {})
                        .carryOut(drills))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(said.stream().filter(one -> one.endsWith(": told")).count())
                .as("drills that were begun")
                .isLessThan(drills.size());
    }

    @Test
    void oneLaneIsOneHospitalAndTooManyAreRefused() {
        assertThat(lanes(1, DrillLanesTest::result, some -> {}).carryOut(drills))
                .hasSize(drills.size());
        assertThat(opened).hasSize(1);
        assertThat(said).contains("told", "  held after 0 s");
        for (int lanes : new int[] {0, DrillLanes.LANES_MAX + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> lanes(lanes, DrillLanesTest::result, some -> {}));
        }
        assertThat(lanes(DrillLanes.LANES_MAX, DrillLanesTest::result, some -> {})
                        .carryOut(drills))
                .hasSize(drills.size());
    }

    private DrillLanes lanes(int lanes, Function<Drill, Result> carrying, Consumer<List<Result>> kept) {
        return new DrillLanes(
                Path.of("nowhere"),
                (folder, say) -> {
                    opened.add(folder);
                    return new DrillLanes.Lane() {
                        @Override
                        public Result carryOut(Drill drill) {
                            say.accept("told");
                            return carrying.apply(drill);
                        }

                        @Override
                        public void close() {
                            closed.add(folder);
                        }
                    };
                },
                lanes,
                said::add,
                kept);
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Result result(Drill drill) {
        return new Result(
                drill,
                List.of("done"),
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                OptionalLong.empty(),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                "");
    }
}
