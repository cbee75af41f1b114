package trimaran.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.MalformedException;

class DeflationTest {

    private static final byte[] TEXT = "une allergie, deux allergies, trois allergies".getBytes(StandardCharsets.UTF_8);

    /** Lengths from the paper's rule, counted by hand: kept bits of the exponent, the rest rounded up. */
    @Test
    void paddedLengthsFollowPadme() {
        assertThat(Padding.padded(0)).isZero();
        assertThat(Padding.padded(1)).isEqualTo(1);
        assertThat(Padding.padded(8)).isEqualTo(8);
        assertThat(Padding.padded(9)).isEqualTo(10);
        assertThat(Padding.padded(100)).isEqualTo(104);
        assertThat(Padding.padded(1000)).isEqualTo(1024);
        assertThat(Padding.padded(5000)).isEqualTo(5120);
        assertThat(Padding.padded(PartSeal.CONTENT_BYTES_MAX)).isEqualTo(PartSeal.CONTENT_BYTES_MAX);
    }

    @Test
    void paddingNeverShrinksKeepsOrderAndCostsAtMostTwelvePercent() {
        int before = 0;
        int distinct = 0;
        for (int length = 0; length <= 1 << 20; length++) {
            int padded = Padding.padded(length);
            assertThat(padded >= length && padded >= before && padded - length <= length * 0.12)
                    .as("length %s", length)
                    .isTrue();
            distinct += padded == before ? 0 : 1;
            assertThat(Padding.padded(padded)).isEqualTo(padded);
            before = padded;
        }
        // A million lengths show as a few hundred.
        assertThat(distinct).isLessThan(400);
    }

    @Test
    void aStreamWithTheWrongPaddingIsMalformed() throws MalformedException {
        byte[] good = Deflation.deflateAndPad(TEXT);
        assertThat(Deflation.inflate(good, 100)).hasValue(TEXT);
        byte[] longer = Arrays.copyOf(good, good.length * 2);
        assertThatThrownBy(() -> Deflation.inflate(longer, 100))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("padded length");
        byte[] notZero = good.clone();
        notZero[notZero.length - 1] = 1;
        assertThatThrownBy(() -> Deflation.inflate(notZero, 100))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("not zero");
    }

    @Test
    void aStreamThatDoesNotEndIsMalformed() {
        byte[] good = Deflation.deflateAndPad(TEXT);
        for (int size = 0; size < 20; size++) {
            byte[] cut = Arrays.copyOf(good, size);
            assertThatThrownBy(() -> Deflation.inflate(cut, 100)).isInstanceOf(MalformedException.class);
        }
        byte[] noBlockType = {(byte) 0xff, (byte) 0xff, 0};
        assertThatThrownBy(() -> Deflation.inflate(noBlockType, 100)).isInstanceOf(MalformedException.class);
    }

    @Test
    void anyStreamIsContentTooLargeOrMalformed() {
        SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
        int malformed = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] stream = entropy.bytes(entropy.below(200));
            try {
                Deflation.inflate(stream, 1000)
                        .ifPresent(content -> assertThat(content.length).isLessThanOrEqualTo(1000));
            } catch (MalformedException refused) {
                malformed++;
            }
        }
        assertThat(malformed).isGreaterThan(1000);
    }

    @Test
    void manyThreadsShareThePoolWithoutMixingContents() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        byte[] content =
                                ("content " + number + " ").repeat(50 + number).getBytes(StandardCharsets.UTF_8);
                        return Arrays.equals(
                                content,
                                Deflation.inflate(Deflation.deflateAndPad(content), 10_000)
                                        .orElseThrow());
                    })
                    .toList();
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }
}
