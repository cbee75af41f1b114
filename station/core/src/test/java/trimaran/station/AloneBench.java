package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import trimaran.kernel.CellId;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;

/** A ward that loses everybody, with one patient it knows. */
class AloneBench extends StationBench {

    ResourceId patient = new ResourceId(CellId.NONE, 0);

    @BeforeEach
    void aPatientSomebodyWroteOf() {
        OwnSession session = ready();
        patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.loops.runMillis(StationLimits.POSITION_MILLIS + 1_000);
    }

    /** Nobody is reached, for so long. */
    void alone(long millis) {
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(millis);
    }

    void reached() {
        Party.TIERS.forEach(hospital::up);
        hospital.loops.runMillis(120_000);
    }

    /** What its author is told at once, since nobody is waited for. */
    WriteResult.Waiting promised(OwnSession session, String json) {
        List<WriteResult> results = new ArrayList<>();
        station.write(session, creation(json), results::add);
        hospital.loops.runMillis(1_000);
        assertThat(results).singleElement().isInstanceOf(WriteResult.Waiting.class);
        return (WriteResult.Waiting) results.getFirst();
    }

    /** A ward's copy that has this patient, as whoever opened one hands it over. */
    static WardCopy copyOf(ResourceId patient) {
        WardPlace ward = new WardPlace(
                new ResourceId(new CellId(1, 1), 1), List.of("MED"), "Médecine", "MED", "", "", List.of());
        WardBoard board = new WardBoard(ward, List.of(), List.of(), List.of(), 0, 0);
        return new WardCopy("test", new WallTime(0), board, List.of(ward), Map.of(patient, List.of()));
    }
}
