package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/** What it takes two officers for. */
final class TwoOfficers {

    private TwoOfficers() {}

    static void reopen(TrialHospital hospital, String... target) {
        List<String> command = new ArrayList<>(List.of("reopen"));
        command.addAll(List.of(target));
        command.addAll(Scene.OFFICERS);
        Said said = run(hospital, command);
        assertThat(said.isWell()).as(said.toString()).isTrue();
    }

    static Said run(TrialHospital hospital, List<String> command) {
        return hospital.run(command.toArray(String[]::new));
    }
}
