package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;

class SystemEntropyTest {

    @Test
    void noTwoNoncesAreEqual() {
        SystemEntropy entropy = new SystemEntropy();
        Set<Digest> nonces = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            nonces.add(entropy.nonce());
        }
        assertThat(nonces).hasSize(1000).doesNotContain(Digest.ZERO);
    }
}
