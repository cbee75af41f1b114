package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** What is told to be no stream gives nothing that could hold a canary, by the engine's own word. */
class DeflatePeekTest {

    private static final long SEED = 20261130;
    private static final int LEAST = Canary.LENGTH_MIN;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void whatWasDeflatedIsNeverPassedOver() {
        for (int round = 0; round < 3_000; round++) {
            byte[] content = content(LEAST + random.nextInt(2_000));
            for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY}) {
                byte[] deflated = deflated(content, random.nextInt(10), strategy);
                byte[] cut = Arrays.copyOf(deflated, Math.max(1, deflated.length - random.nextInt(8)));
                assertThat(given(cut) < LEAST || DeflatePeek.mayGive(cut, 0, cut.length, LEAST))
                        .as("round " + round + " of seed " + SEED)
                        .isTrue();
            }
        }
    }

    @Test
    void whatChanceMakesIsPassedOverWhereTheEngineGetsNothingOutOfIt() {
        int passed = 0;
        int good = 0;
        int rounds = 300_000;
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = new byte[16 + random.nextInt(80)];
            random.nextBytes(bytes);
            boolean may = DeflatePeek.mayGive(bytes, 0, bytes.length, LEAST);
            boolean gives = given(bytes) >= LEAST;
            assertThat(may || !gives).as("round " + round + " of seed " + SEED).isTrue();
            passed += may ? 1 : 0;
            good += gives ? 1 : 0;
        }
        System.out.println("of " + rounds + " " + passed + " may be streams, " + good + " give enough; seed " + SEED);
        assertThat(good).isPositive();
        assertThat(passed).isLessThan(rounds / 20);
    }

    /** Bytes such as programs keep: words, repeated and not, and noise. */
    private byte[] content(int size) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            return noise;
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append(random.nextBoolean() ? "observation " : Long.toString(random.nextLong(), Character.MAX_RADIX));
        }
        return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] deflated(byte[] content, int level, int strategy) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        deflater.setInput(content);
        deflater.finish();
        byte[] room = new byte[2 * content.length + 1_000];
        int size = deflater.deflate(room);
        deflater.end();
        return Arrays.copyOf(room, size);
    }

    private static long given(byte[] bytes) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(bytes);
        byte[] room = new byte[1 << 16];
        try {
            inflater.inflate(room);
        } catch (DataFormatException ends) {
            // What came before counts.
        }
        long given = inflater.getBytesWritten();
        inflater.end();
        return given;
    }
}
