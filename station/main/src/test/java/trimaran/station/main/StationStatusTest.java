package trimaran.station.main;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts that cannot be served cost a station nothing, neither at its start nor at its end. */
class StationStatusTest {

    @TempDir
    Path folder = Path.of("");

    /** What stands where the socket belongs and does not go. */
    private void blocked() throws IOException {
        Files.createDirectories(folder.resolve("status.sock/inside"));
    }

    @Test
    void aSocketThatCannotBeOpenedDoesNotKeepTheStationFromItsService() throws Exception {
        blocked();

        assertThatCode(() -> new StationStatus(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void aSocketThatCannotBeRemovedDoesNotKeepItFromItsEnd() throws Exception {
        StationStatus status = new StationStatus(folder);
        Files.deleteIfExists(folder.resolve("status.sock"));
        blocked();

        assertThatCode(status::close).doesNotThrowAnyException();
    }
}
