package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Registry;

/** A cell is closed while somebody writes into it, or while its later keys are asked for. */
class KeyingTest extends StationBench {

    private final OwnSession session = ready();
    private final ResourceId patient = create(session, PATIENT);
    private final CellId cell = create(session, observation(patient)).cell();
    private final List<WriteResult> results = new ArrayList<>();

    private void silence(Class<? extends Request> kind) {
        Party.TIERS.forEach(tier -> hospital.tier(tier).silentTo = kind);
    }

    /** Nothing was rolled: the key it had when it was placed is the one there is. */
    @Test
    void whatIsWrittenIntoACellThatIsClosedMeanwhileNeedsNobodyToOpenItAgain() {
        silence(Request.Partials.class);
        String named = observation(patient)
                .replace("\"status\"", "\"identifier\":[{\"system\":\"urn:n\",\"value\":\"1\"}],\"status\"");
        station.write(session, creation(named), results::add);
        hospital.loops.runMillis(500);
        assertThat(results).isEmpty();

        station.cells().forget(station.cells().get(cell).orElseThrow());
        silence(Request.Open.class);

        assertThat(hospital.loops.runUntil(() -> !results.isEmpty(), 10_000)).isTrue();
        assertThat(results).last().isInstanceOf(WriteResult.Recorded.class);
    }

    /** In nobody's name a key cannot be had; somebody opens the cell a moment later, and gets it. */
    @Test
    void aKeyNobodyHadTheCellOpenForIsAskedForAgain() {
        OpenCell open = station.cells().get(cell).orElseThrow();
        CellId key = new CellId(5, 5);
        open.leases().end(session.id());
        List<String> told = new ArrayList<>();
        AskedHulls hulls = new AskedHulls();
        VirtualLoop loop = hospital.loops.loop("keys", 0);
        LaterKeys keys = new LaterKeys(
                hospital.setting("keys", loop, new MemoryDisk()), hulls, station.cells(), (tier, size) -> true);

        keys.bring(open, List.of(key), () -> told.add("told"));
        hospital.loops.runMillis(10);
        assertThat(told).hasSize(1);
        assertThat(open.keys().missed()).containsExactly(key);
        assertThat(hulls.asked).isZero();

        open.leases().add(session.id(), Long.MAX_VALUE);
        hospital.loops.runMillis(LaterKeys.AGAIN_MILLIS);
        assertThat(hulls.asked).isOne();
    }

    /** Nobody is reached; how often somebody is looked for is counted. */
    private final class AskedHulls implements Folders.Hulls {
        private int asked;

        @Override
        public List<TierLine> readers() {
            asked++;
            return List.of();
        }

        @Override
        public Registry registry() {
            return station.registry();
        }

        @Override
        public Optional<OwnSession> session(Digest id) {
            return Optional.of(session);
        }
    }
}
