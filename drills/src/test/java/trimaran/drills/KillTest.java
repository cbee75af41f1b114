package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import trimaran.trial.TrialHospital;

/** Every process killed at random moments under load, twice each; fifty times by {@code ./trimaran drill kill}. */
@ExtendWith(OnTrial.class)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class KillTest {

    private static final int TIMES = 2;

    @Test
    void nothingPromisedIsLostOrTwiceAndTheOthersGoOn(TrialHospital hospital) {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        KillDrill.Result result = new KillDrill(hospital, System.out::println).run(TIMES, seed);
        System.out.println(result);
        assertThat(result.faults()).isEmpty();
        assertThat(result.promised()).isGreaterThan(TIMES * TrialHospital.PROCESSES.size());
    }
}
