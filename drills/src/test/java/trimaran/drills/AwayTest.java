package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import trimaran.kernel.Party;

/** What the command takes; {@link DrillsTest} carries one out. */
class AwayTest {

    @Test
    void itIsMeasuredOverASpanThatMakesSense() {
        for (int seconds : new int[] {AwayCommand.SECONDS_MIN - 1, AwayCommand.SECONDS_MAX + 1}) {
            assertThat(new CommandLine(new AwayCommand()).execute("--seconds", String.valueOf(seconds)))
                    .isEqualTo(CommandLine.ExitCode.USAGE);
        }
    }

    @Test
    void eachTierIsSwitchedOff() {
        List<Drill> drills = AwayCommand.drills(AwayCommand.SECONDS_MAX);
        assertThat(drills).extracting(Drill::name).containsExactly("away-access", "away-application", "away-data");
        assertThat(drills).hasSameSizeAs(Party.TIERS).noneMatch(Drill::isHarmful);
    }
}
