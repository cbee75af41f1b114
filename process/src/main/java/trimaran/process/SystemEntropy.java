package trimaran.process;

import java.security.SecureRandom;
import trimaran.kernel.Entropy;

/** Randomness of the operating system, for keys, nonces and salts. MAY be used from any thread. */
public final class SystemEntropy implements Entropy {

    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }
}
