package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the measure of growth takes for a fault. */
class GrowthTest {

    private static GrowthCommand.Step step(int resources, long rebuildMillis) {
        return new GrowthCommand.Step(resources, 1, List.of(1L, rebuildMillis, 2L), 1, 1);
    }

    @Test
    void twiceTheRecordTakesTwiceTheTimeAndALittleMore() {
        int whole = GrowthCommand.WHOLE_HOSPITAL;
        long most = Math.round(20_000 * (1 + GrowthCommand.SLACK));
        assertThat(GrowthCommand.faults(List.of(step(whole, 10_000), step(2 * whole, most))))
                .isEmpty();
        assertThat(GrowthCommand.faults(List.of(step(whole, 10_000), step(2 * whole, most + 1))))
                .hasSize(1)
                .first()
                .asString()
                .contains("grows faster");
    }

    @Test
    void aWholeHospitalIsBackWithinAMinute() {
        long most = TimeUnit.SECONDS.toMillis(GrowthCommand.REBUILD_SECONDS_MAX);
        assertThat(GrowthCommand.faults(List.of(step(GrowthCommand.WHOLE_HOSPITAL, most))))
                .isEmpty();
        assertThat(GrowthCommand.faults(List.of(step(GrowthCommand.WHOLE_HOSPITAL, most + 1))))
                .hasSize(1);
        int madeOfWholePatients = GrowthCommand.WHOLE_HOSPITAL + Crowd.RESOURCES_EACH;
        assertThat(GrowthCommand.faults(List.of(step(madeOfWholePatients, most + 1))))
                .hasSize(1);
        assertThat(GrowthCommand.faults(List.of(step(madeOfWholePatients + 1, most + 1))))
                .isEmpty();
    }

    @Test
    void aPatientOfTheCrowdHasAsManyResourcesAsIsCounted() {
        assertThat(Crowd.bundle(7).split("\"method\":\"POST\"", -1)).hasSize(Crowd.RESOURCES_EACH + 1);
    }
}
