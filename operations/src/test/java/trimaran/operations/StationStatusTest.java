package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Outcome;
import trimaran.process.Counters;
import trimaran.process.StatusSocket;

/** What the command says of the station on this machine. */
class StationStatusTest {

    private enum Count {
        WAITING,
        BUDDY_REACHED,
        BUDDY_KEPT
    }

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWaitsAndHowTheBuddyIsIsReadFromTheStationItself() {
        Counters counters = new Counters();
        counters.set(Count.WAITING, 3);
        counters.set(Count.BUDDY_REACHED, 0);
        counters.set(Count.BUDDY_KEPT, 2);
        if (!(StatusSocket.open(folder.resolve("status.sock"), counters)
                instanceof Outcome.Done<StatusSocket>(var socket))) {
            throw new AssertionError("no socket");
        }
        try (socket) {
            StationStatus status = StationStatus.ask(folder, true);
            assertThat(status.text())
                    .startsWith("up, ")
                    .contains("3 writes wait", "its buddy is NOT reached", "keeps 2 of them")
                    .doesNotContain("ward");
            assertThat(status.json()).containsEntry("up", true).containsEntry("waiting", 3L);
        }
    }

    @Test
    void aStationThatTellsNothingIsUpOrDown() {
        assertThat(StationStatus.ask(folder.resolve("elsewhere"), true).text()).isEqualTo("up");
        assertThat(StationStatus.ask(folder, false).text()).isEqualTo("down");
        assertThat(StationStatus.ask(folder, false).json()).isEqualTo(Map.of("up", false));
    }

    /** No count is no nought. */
    @Test
    void oneHereThatCannotBeAskedIsNotTakenForOneWithNothingWaiting() {
        assertThat(StationStatus.ask(folder, true).text())
                .startsWith("up, and what waits there is not known: no process answers at ");
        assertThat(StationStatus.ask(folder, true).json()).containsKey("silence");
        Path deep = folder.resolve("d".repeat(StatusSocket.PATH_MAX)).resolve("station");
        assertThat(deep.toFile().mkdirs()).isTrue();
        assertThat(StationStatus.ask(deep, true).text()).contains("is too long for a socket");
    }

    @Test
    void whatIsToBeReviewedIsSaid() {
        assertThat(new StationStatus(true, Map.of("to-review", 2L), "").text())
                .isEqualTo("up, 2 written without application are to be reviewed");
        assertThat(new StationStatus(true, Map.of("to-review", 0L), "").text()).isEqualTo("up");
    }

    @Test
    void aWardThatIsSilentAndWhatIsKeptOfItIsSaid() {
        StationStatus status = new StationStatus(
                true,
                Map.of("waiting", 0L, "ward-heard", 0L, "ward-entries", 5L, "ward-stay", 1L, "ward-brought", 4L),
                "");
        assertThat(status.text())
                .contains("the ward it is buddy of is SILENT", "keeps 5", "brought 4", "1 stay")
                .doesNotContain("wait for the hulls");
    }
}
