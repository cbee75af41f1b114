package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/** The few commands that drills run in one process say what they say in one of their own. */
@Isolated("it kills the process in which others run commands")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@ExtendWith(OnTrial.class)
class CommandsTest {

    /** Runs the command, and makes a process of it. */
    private static final List<String> OF_ITS_OWN = List.of("env");

    @Test
    void eachSaysAndEndsAsAProcessDoes(TrialHospital hospital) {
        for (String[] command : List.of(
                new String[] {"start", "nobody"},
                new String[] {"start", "access"},
                new String[] {"token", "--client", "unknown"},
                new String[] {"verify", "--what"},
                new String[] {"status", "--help"})) {
            Said own = hospital.runUnder(OF_ITS_OWN, command);
            assertThat(hospital.run(command)).as(String.join(" ", command)).isEqualTo(own);
        }
        assertThat(hospital.run("verify").isWell()).isTrue();
    }

    @Test
    void oneThatDiedIsBegunAnew(TrialHospital hospital) {
        hospital.run("token", "--client", "bench");
        List<ProcessHandle> running = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("trimaran.operations.ManyMain"))
                .toList();
        assertThat(running).isNotEmpty();
        running.forEach(ProcessHandle::destroyForcibly);
        running.forEach(one -> one.onExit().join());
        assertThat(hospital.token()).isNotEmpty();
    }
}
