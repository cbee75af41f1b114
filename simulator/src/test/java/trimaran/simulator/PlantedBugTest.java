package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing proves nothing: each planted bug is found, and the seed that shows it is printed. */
final class PlantedBugTest {

    private static final int SEEDS_MAX = 1_000;

    @ParameterizedTest
    @EnumSource
    void isFoundWithinAThousandSeeds(PlantedBug bug) {
        long seed = 0;
        boolean found = false;
        while (!found && seed < SEEDS_MAX) {
            seed++;
            Run.Result result = Run.of(seed, Suites.standIn(), bug.plants(), Run.OPERATIONS);
            found = !result.broken().isEmpty();
            if (found) {
                System.out.println(
                        bug + " found by seed " + seed + ": " + result.broken().getFirst());
            }
        }
        assertThat(found).as("%s within %d seeds", bug, SEEDS_MAX).isTrue();
    }
}
