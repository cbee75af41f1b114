package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The command that runs seeds. */
final class SimulatorMainTest {

    @Test
    void aSeedIsReplayed() {
        assertThat(SimulatorMain.run(List.of("--seed", "1"))).isZero();
    }

    @Test
    void wrongUseIsSaid() {
        assertThat(SimulatorMain.run(List.of())).isEqualTo(64);
        assertThat(SimulatorMain.run(List.of("--seeds", "1"))).isEqualTo(64);
        assertThat(SimulatorMain.run(List.of("--seeds", "one..two"))).isEqualTo(64);
        assertThat(SimulatorMain.run(List.of("--seeds", "2..1"))).isEqualTo(64);
    }
}
