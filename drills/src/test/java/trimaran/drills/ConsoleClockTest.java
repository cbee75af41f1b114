package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import trimaran.kernel.Code;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;

/** A console whose clock is years off signs nothing for officers: what they sign would count from then on, for good. */
@ExtendWith(OnTrial.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ConsoleClockTest {

    @Test
    void nothingIsSignedUnderAClockYearsOff(TrialHospital hospital) {
        assumeTrue(ClockDrills.isInstalled(), "needs the program faketime (Debian package faketime)");
        for (String off : List.of("+3650d", "-3650d")) {
            Said cut = hospital.runUnder(
                    List.of("faketime", "-f", off), "cut", "client", "bench", "--officer", "direction");

            assertThat(cut.status()).as(cut.toString()).isEqualTo(Code.BAD_VALUE.exitCode());
            assertThat(cut.err())
                    .contains("this machine's clock says", "Set this machine's clock right")
                    .doesNotContain("\tat ");
            assertThat(cut.err().strip().lines()).as(cut.err()).hasSize(1);
        }
        try (FhirClient client = hospital.client()) {
            assertThat(client.create("Patient", Load.patient("clock-" + System.nanoTime()))
                            .isDone())
                    .as("the client is not cut")
                    .isTrue();
        }
    }
}
