package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing proves nothing: each planted bug is found, and the seed that shows it is printed. */
final class PlantedBugTest {

    private static final int SEEDS_MAX = 1_000;

    @ParameterizedTest
    @EnumSource
    void isFoundWithinAThousandSeeds(PlantedBug bug) {
        assertThat(found(bug, "")).as("%s within %d seeds", bug, SEEDS_MAX).isTrue();
    }

    /** Others might notice these bugs first, by chance; what is meant to notice them does so itself. */
    @ParameterizedTest
    @CsvSource({
        "RELEASES_BEFORE_ITS_LINE, everyReleaseIsOnASurvivingLedger",
        "RELEASES_BEFORE_ITS_LINE, everyDraftShownIsOnASurvivingLedger",
        "GIVES_RECEIPTS_WITHOUT_A_LINE, everyDraftShownIsOnASurvivingLedger",
        "TAKES_ANY_SHARE, openedIsWhatWasSigned",
        "BELIEVES_ONE_TIERS_PARTS, whatIsShownIsWhole"
    })
    void isFoundByWhatItBreaks(PlantedBug bug, String invariant) {
        assertThat(found(bug, invariant + ":"))
                .as("%s by %s within %d seeds", bug, invariant, SEEDS_MAX)
                .isTrue();
    }

    private static boolean found(PlantedBug bug, String begins) {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            Optional<String> broken = Run.of(seed, Suites.standIn(), bug.plants(), Run.OPERATIONS).broken().stream()
                    .filter(one -> one.startsWith(begins))
                    .findFirst();
            if (broken.isPresent()) {
                System.out.println(bug + " found by seed " + seed + ": " + broken.get());
                return true;
            }
        }
        return false;
    }
}
