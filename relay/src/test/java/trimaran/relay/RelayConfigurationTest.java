package trimaran.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Address;

class RelayConfigurationTest {

    private static Outcome<RelayConfiguration> read(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return RelayConfiguration.of(properties);
    }

    @Test
    void listenAndDestinationsAreRead() {
        assertThat(read("listen", "0.0.0.0:7000", "destination.data", "data.hopital:7001 "))
                .isEqualTo(Outcome.done(new RelayConfiguration(
                        new Address("0.0.0.0", 7000), Map.of("data", new Address("data.hopital", 7001)))));
    }

    @Test
    void anythingMissingUnknownOrMalformedRefusesTheStart() {
        String[][] bad = {
            {},
            {"listen", "a:1"},
            {"destination.data", "a:1"},
            {"listen", "a:1", "destination.data", "a:1", "colour", "b:1"},
            {"listen", "a:1", "destination.Data", "a:1"},
            {"listen", "a:1", "destination.", "a:1"},
            {"listen", "a:1", "destination.data", "a"},
            {"listen", "a", "destination.data", "a:1"}
        };
        for (String[] pairs : bad) {
            assertThat(read(pairs))
                    .as(String.join(" ", pairs))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal())
                                    .isInstanceOfSatisfying(
                                            Refusal.class,
                                            refusal ->
                                                    assertThat(refusal.code()).isEqualTo(Code.USAGE)));
        }
    }
}
