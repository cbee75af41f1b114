package trimaran.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.line.tls.TlsLimits;

/** The limits lines are run with are the named ones; that each holds is shown with smaller ones beside TLS. */
class LineLimitTest {

    @Test
    void aLineIsRunWithTheNamedLimits() {
        assertThat(TlsLimits.STANDARD.channelsPerPeerMax()).isEqualTo(LineLimits.CHANNELS_PER_PEER_MAX);
        assertThat(TlsLimits.STANDARD.channelsMax()).isEqualTo(LineLimits.CHANNELS_MAX);
    }

    @Test
    void aPreambleLongerThanTheLongestIsNone() {
        Bytes longest = RelayPreamble.of("a".repeat(32));
        assertThat(longest.size()).isLessThanOrEqualTo(RelayPreamble.SIZE_MAX);
        String line = "TRIMARAN-RELAY/1 " + "a".repeat(RelayPreamble.SIZE_MAX) + "\n";
        assertThat(RelayPreamble.destination(Bytes.ofText(line))).isEmpty();
    }
}
