package trimaran.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any bytes read by any sequence of the reader's methods give values or a {@link MalformedException}, and the values are
 * written as they were read. {@code -Dseed=} replays, {@code -Dfuzz.millis=} asks for more.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final long TEST_MILLIS = Long.getLong("fuzz.millis", 1000);
    private static final int STEPS = 6;

    static {
        System.out.println("kernel FuzzTest -Dseed=" + SEED);
    }

    private final Random random = new Random(SEED);
    private int accepted;
    private int refused;

    @Test
    void whateverIsReadIsWrittenAsItWas() {
        long end = System.nanoTime() + TEST_MILLIS * 1_000_000;
        for (int round = 0; round < 5000 || System.nanoTime() < end; round++) {
            attempt(bytes(), random.nextLong());
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void idsHaveOneSpelling() {
        String digits = "0123456789abcdefghjkmnpqrstvwxyzfABILOU-é\u0000";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text =
                    new StringBuilder(new ResourceId(new CellId(random.nextLong(), random.nextLong()), 5).toString());
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), digits.charAt(random.nextInt(digits.length())));
            }
            try {
                assertThat(ResourceId.parse(text.toString()).toString()).isEqualTo(text.toString());
                accepted++;
            } catch (MalformedException wrong) {
                refused++;
            }
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    private void attempt(byte[] source, long steps) {
        try {
            Reader reader = new Reader(source);
            Writer writer = new Writer(0);
            Random choice = new Random(steps);
            for (int i = 0; i < STEPS; i++) {
                copy(reader, writer, choice.nextInt(11));
            }
            assertThat(writer.toArray())
                    .isEqualTo(Bytes.ofRange(source, 0, reader.position()).toArray());
            assertThat(reader.remaining()).isNotNegative();
            accepted++;
        } catch (MalformedException wrong) {
            assertThat(wrong.getMessage()).isNotEmpty();
            refused++;
        } catch (RuntimeException | AssertionError fault) {
            throw new AssertionError(
                    "-Dseed=" + SEED + " on " + Bytes.of(source).hex() + " by " + steps, fault);
        }
    }

    private static void copy(Reader reader, Writer writer, int step) throws MalformedException {
        switch (step) {
            case 0 -> writer.u8(reader.u8());
            case 1 -> writer.u16(reader.u16());
            case 2 -> writer.u32(reader.u32());
            case 3 -> writer.i64(reader.i64());
            case 4 -> writer.i64(reader.count());
            case 5 -> writer.flag(reader.flag());
            case 6 -> writer.bytes(reader.bytes(64));
            case 7 -> writer.text(reader.text(64));
            case 8 -> writer.list(reader.list(8, item -> item.text(8)), Writer::text);
            case 9 -> ResourceId.read(reader).write(writer);
            default -> Refusal.read(reader).write(writer);
        }
    }

    /** Mostly zeros and small numbers, so that lengths often fit; some UTF-8, whole and torn. */
    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(80)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = switch (random.nextInt(8)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) random.nextInt(9);
                case 2 -> (byte) "é€😀".codePointAt(0);
                default -> 0;
            };
        }
        return bytes;
    }
}
