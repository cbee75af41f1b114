package trimaran.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    /** Where Linux begins to lend ports to outgoing connections, unless it is told otherwise. */
    private static final int LENT_FROM = 32_768;

    @Test
    void noneIsOneThatTheSystemLendsToOthersMeanwhile() throws IOException {
        assertThat(TrialHospital.freePort() + 1).isLessThan(LENT_FROM);
    }

    @Test
    void noneComesTwiceNorBehindAnother() throws IOException {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            int port = TrialHospital.freePort();
            assertThat(given.add(port)).isTrue();
            assertThat(given.add(port + 1)).isTrue();
        }
    }

    @Test
    void oneWhoseNeighbourIsBusyIsPassedOver() throws IOException {
        int next = TrialHospital.freePort() + 2;
        try (ServerSocket busy = new ServerSocket(next + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThat(TrialHospital.freePort()).isNotEqualTo(next).isNotEqualTo(busy.getLocalPort());
        }
    }
}
