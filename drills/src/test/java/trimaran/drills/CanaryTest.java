package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.trial.TrialHospital;

/** What is written at the door is readable at the station and nowhere behind it. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CanaryTest {

    @TempDir
    Path scratch;

    @Test
    void nothingReadableStandsBehindTheStation(TrialHospital hospital) {
        long seed = Long.getLong("seed", System.nanoTime() & 0xfffff);
        System.out.println("seed " + seed);
        CanaryDrill.Result result =
                new CanaryDrill(hospital, System.out::println).run(seed, scratch.resolve("canaries"));
        System.out.println(result);
        assertThat(result.unseen()).as("seen in the station's heap").isEmpty();
        assertThat(result.leaks()).isEmpty();
    }
}
