package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Party;
import trimaran.trial.TrialHospital;

/** A tier that runs twice and whose second program serves nobody has shown nobody another history: that must not pass. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ForkDrillsTest {

    @TempDir
    Path folder;

    @Test
    void aSecondProgramThatNobodyIsLedToForksNothing(TrialHospital hospital) {
        Drill idle = Drill.withstood(
                "idle", "–", "a program that runs twice", "–", scene -> ForkDrills.forked(scene, Party.ACCESS, false));
        try (DrillRun run = DrillRun.on(hospital, folder, 5, DrillMain::say)) {
            Result result = run.carryOut(idle);
            assertThat(result.isAsExpected()).isFalse();
            assertThat(result.verdict()).isEqualTo("NO ATTACK");
            assertThat(result.missing())
                    .isNotEmpty()
                    .first()
                    .asString()
                    .contains(" of another, of one ledger of access");
        }
    }
}
