package trimaran.shares;

import java.util.Random;
import trimaran.kernel.Entropy;

/** Randomness that comes again: the same seed gives the same bytes. {@code -Dseed=} replays a printed one. */
final class SeededEntropy implements Entropy {

    private final Random random;

    SeededEntropy(long seed) {
        this.random = new Random(seed);
    }

    static long printedSeed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
