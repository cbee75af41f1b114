package trimaran.ledger;

import java.security.SecureRandom;
import trimaran.kernel.Entropy;

/** Lets the JDK's cryptography draw from a party's {@link Entropy}, so that a simulation repeats from its seed. */
public final class EntropyRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Entropy entropy;

    public EntropyRandom(Entropy entropy) {
        super(null, null);
        this.entropy = entropy;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        entropy.fill(bytes);
    }

    @Override
    public byte[] generateSeed(int count) {
        return entropy.bytes(count);
    }

    @Override
    public String getAlgorithm() {
        return "Entropy";
    }
}
