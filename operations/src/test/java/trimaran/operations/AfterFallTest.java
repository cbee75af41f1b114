package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trimaran.kernel.Code;
import trimaran.kernel.Party;

/** What a rebuild leaves to do, said in commands there are. */
class AfterFallTest {

    @ParameterizedTest
    @EnumSource(Party.class)
    void whatWasReleasedToAFallenHullIsSaidAndOfTheWitnessNothing(Party fallen) {
        assertThat(AfterFall.said(fallen).isPresent()).isEqualTo(fallen.isTier());
        AfterFall.said(fallen).ifPresent(line -> {
            assertThat(line.lines()).hasSize(1);
            assertThat(line).contains(fallen.word(), "is whole", "trimaran refresh --officer A --officer B");
            // No keys are handed to the two others: an order to roll for them would be refused.
            assertThat(line.contains("roll --party")).isEqualTo(fallen == Party.APPLICATION);
        });
    }

    @Test
    void theCommandsItNamesTakeTheseOptions() {
        for (String[] command : List.of(
                new String[] {"roll", "--party", "application", "--from", "2026-01-01"}, new String[] {"refresh"})) {
            StandIn.Said said = StandIn.run("", command);
            assertThat(said.status()).isEqualTo(Code.USAGE.exitCode());
            assertThat(said.err()).contains("Missing required option: '--officer=BADGE'");
        }
    }
}
