package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ward's station that was alone for long dies before anybody is back. */
class AloneBuddyTest extends BuddyBench {

    @Test
    void aSessionOpenedAloneIsBroughtWithWhatWasWrittenUnderIt() {
        alone();
        hospital.loops.runMillis(3_600_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(AloneBench.copyOf(patient));
        List<WriteResult> results = new ArrayList<>();
        station.write(session, creation(observation(patient)), results::add);
        allAtTheBuddy(2);
        assertThat(results).singleElement().isInstanceOf(WriteResult.Waiting.class);
        crashWard();

        tiersBack();

        until(() -> keeping.state().entries() == 0);
        assertThat(recordedOnce()).isEqualTo(3);
        assertThat(hospital.record.registry.session(session.id())).isPresent();
    }
}
