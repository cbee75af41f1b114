package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.CellKind;

/**
 * An input comes again while its first entry is under way, where no tier can find it: neither of two that are held would be refused, so
 * the station that has the first lets the second wait.
 */
class RepeatedInputTest extends StationBench {

    private static final Transaction INPUT = creation(PATIENT).named("import/1");

    private void deaf(boolean deaf) {
        hospital.tiers.values().forEach(tier -> tier.deafToContent = deaf);
    }

    private List<WriteResult> begun(OwnSession session) {
        List<WriteResult> results = new ArrayList<>();
        station.write(session, INPUT, results::add);
        return results;
    }

    private WriteResult awaited(List<WriteResult> results) {
        assertThat(hospital.loops.runUntil(() -> !results.isEmpty(), 60_000)).isTrue();
        return results.getFirst();
    }

    private long patients() {
        return hospital.record.openings.values().stream()
                .filter(cell -> cell.kind() == CellKind.IDENTITY)
                .count();
    }

    private static boolean existed(WriteResult result) {
        return result instanceof WriteResult.Recorded recorded
                && recorded.versions().getFirst().existed();
    }

    /** The sender heard nothing, since the station died with its entry in the outbox alone. */
    private OwnSession restartedWithItInTheOutbox() {
        OwnSession session = ready();
        deaf(true);
        begun(session);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 1, 20_000))
                .isTrue();
        // Until it is on the disk.
        hospital.loops.runMillis(100);
        hospital.network.crash(SimulatedNetwork.peer("station"));
        station = hospital.station("station again");
        return ready();
    }

    @Test
    void whatAnEarlierLifeLeftInTheOutboxIsNotWrittenTwice() {
        OwnSession session = restartedWithItInTheOutbox();
        List<WriteResult> again = begun(session);
        hospital.loops.runMillis(5_000);
        assertThat(again).isEmpty();
        assertThat(station.state().waiting()).isEqualTo(1);

        deaf(false);

        assertThat(existed(awaited(again))).isTrue();
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void whoWaitedLongIsToldToAskAgainAndIsAnsweredOnceItIsThere() {
        OwnSession session = restartedWithItInTheOutbox();
        List<WriteResult> again = begun(session);

        assertThat(awaited(again))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.UNAVAILABLE));
        assertThat(station.state().waiting()).isEqualTo(1);

        deaf(false);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(again).hasSize(1);
        assertThat(existed(awaited(begun(session)))).isTrue();
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void ofTwoThatComeTogetherOneIsWritten() {
        OwnSession session = ready();
        List<WriteResult> first = begun(session);
        List<WriteResult> second = begun(session);

        assertThat(existed(awaited(first))).isFalse();
        assertThat(existed(awaited(second))).isTrue();
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void afterARefusalTheNextOneIsTried() {
        OwnSession session = ready();
        hospital.tiers.values().forEach(tier -> tier.denial = Code.RULE);
        List<WriteResult> first = begun(session);
        List<WriteResult> second = begun(session);
        assertThat(awaited(first)).isInstanceOf(WriteResult.Refused.class);
        assertThat(awaited(second)).isInstanceOf(WriteResult.Refused.class);
        hospital.tiers.values().forEach(tier -> tier.denial = null);

        assertThat(existed(awaited(begun(session)))).isFalse();
        assertThat(patients()).isEqualTo(1);
    }
}
