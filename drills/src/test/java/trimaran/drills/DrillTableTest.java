package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is said of a row of drills, and whether it passes. */
class DrillTableTest {

    private static final Drill DRILL = Drill.withstood("one", "–", "nothing", "nothing", scene -> {});

    private static Result result(List<String> evidence, List<Breach> breaches, String skipped) {
        return new Result(
                DRILL,
                evidence,
                List.of(),
                breaches,
                Optional.empty(),
                "",
                OptionalLong.empty(),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                skipped);
    }

    private static final Result HELD = result(List.of("done"), List.of(), "");
    private static final Result SKIPPED = result(List.of(), List.of(), "a program is missing");
    private static final Result BREACHED = result(List.of("done"), List.of(new Breach(Breach.Kind.LOST, "gone")), "");

    @Test
    void aRowWithADrillThatWasSkippedIsNotWholeUnlessThatIsAllowed() {
        assertThat(DrillTable.isWell(List.of(HELD), false)).isTrue();
        assertThat(DrillTable.isWell(List.of(HELD, SKIPPED), false)).isFalse();
        assertThat(DrillTable.isWell(List.of(HELD, SKIPPED), true)).isTrue();
    }

    @Test
    void toAllowWhatWasSkippedForgivesNoBreach() {
        assertThat(DrillTable.isWell(List.of(SKIPPED, BREACHED), true)).isFalse();
        Result both = result(List.of(), List.of(new Breach(Breach.Kind.BROKEN_OFF, "so")), "a program is missing");
        assertThat(DrillTable.isWell(List.of(both), true)).isFalse();
    }

    /** Before the first drill, and not after it. */
    @Test
    void aFileThatCannotBeWrittenIsSaidBeforeAnythingIsFounded(@TempDir Path folder) throws IOException {
        Path founded = folder.resolve("founded");
        Path nowhere = folder.resolve("nowhere/table.json");
        int status = DrillMain.commandLine()
                .execute("forge-entry", "--folder", founded.toString(), "--json", nowhere.toString());
        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(founded).doesNotExist();
    }

    @Test
    void whatWasSkippedIsCountedAndEachReasonSaidOnce() {
        assertThat(DrillTable.skipped(List.of(HELD, BREACHED))).isEmpty();
        assertThat(DrillTable.skipped(List.of(SKIPPED, HELD, SKIPPED)))
                .contains("2 skipped, because a program is missing: the row is not whole");
    }
}
