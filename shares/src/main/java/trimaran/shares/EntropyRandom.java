package trimaran.shares;

import java.security.SecureRandom;
import trimaran.kernel.Entropy;

/** Lets the JDK's algorithms draw from a party's {@link Entropy}, so that a printed seed makes the same keys again. */
final class EntropyRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Entropy entropy;

    EntropyRandom(Entropy entropy) {
        this.entropy = entropy;
    }

    @Override
    public void nextBytes(byte[] target) {
        entropy.fill(target);
    }
}
