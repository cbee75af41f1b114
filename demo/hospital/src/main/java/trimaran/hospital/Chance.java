package trimaran.hospital;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Draws out of a seed. Each subject has a chance of its own, so that a change to one leaves the others as they are. */
final class Chance {

    private final SplittableRandom random;

    private Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * @param subject what is drawn for
     * @param number which one of them
     */
    static Chance of(long seed, String subject, int number) {
        return new Chance((seed * 1_000_003L + subject.hashCode()) * 6_364_136_223_846_793_005L + number);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    double between(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    boolean percent(int likely) {
        return random.nextInt(100) < likely;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A urn that nothing else of this hospital has: RFC 9562, version 4. */
    String urn() {
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return "urn:uuid:" + new UUID(high, low);
    }
}
