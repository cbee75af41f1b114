package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Any bytes give an answer or a closed line. The seed is printed and replays with {@code -Dseed=}. */
class FuzzTest {

    private static final int ROUNDS = 4_000;
    private static final byte[] BITS =
            "|^~\\&\r\n\u000b\u001c\"MSHPIDZBEA01 0123\u00c3\u00e9".getBytes(StandardCharsets.UTF_8);

    private static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("fuzz of the HL7 door, -Dseed=" + seed);
        return seed;
    }

    private static byte[] spoiled(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(12);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = BITS[random.nextInt(BITS.length)];
                case 2 -> {
                    int to = at + random.nextInt(bytes.length - at);
                    byte[] shorter = new byte[bytes.length - (to - at)];
                    System.arraycopy(bytes, 0, shorter, 0, at);
                    System.arraycopy(bytes, to, shorter, at, bytes.length - to);
                    bytes = shorter.length == 0 ? bytes : shorter;
                }
                case 3 -> {
                    byte[] longer = new byte[bytes.length + 1];
                    System.arraycopy(bytes, 0, longer, 0, at);
                    longer[at] = BITS[random.nextInt(BITS.length)];
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes.clone(), from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private static List<byte[]> samples() {
        return List.of(
                Messages.move("A01", "P1", "C^1^P", "V1", "m1", "20261127080000", "INSERT", ""),
                Messages.move("A12", "P1", "C^1^P", "V1", "m2", "20261127080000", "CANCEL", "A02"),
                Messages.move("Z99", "P1", "R^2^F", "V1", "m1", "20261127080000", "UPDATE", "A01"),
                Messages.identity("A40", "P1", "Quatrevent", "19510203", "MRG|P2^^^CHDEMO&1.2.250.1.999.1&ISO^PI"),
                Messages.identity("A47", "P1", "Quatrevent", "19510203", "MRG|P2^^^CHDEMO&1.2.250.1.999.1&ISO^PI"),
                Messages.identity("A31", "P1", "Ébène", "19510203"));
    }

    @Test
    void everyMessageIsAnswered() {
        SplittableRandom random = new SplittableRandom(seed());
        Counters here = new Counters();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] sample = samples().get(random.nextInt(samples().size()));
            byte[] message = random.nextInt(4) == 0 ? sample : spoiled(sample, random);
            String answer = here.ask(message);
            assertThat(answer).startsWith("MSH").contains("\rMSA");
            assertThat(here.events.stream().filter(Hl7Event.Broken.class::isInstance))
                    .isEmpty();
        }
    }

    @Test
    void everyLineEndsOrGivesBlocks() throws IOException {
        SplittableRandom random = new SplittableRandom(seed());
        Hl7Limits limits = new Hl7Limits(2_000, 200_000, 50, 1, 1, 1, 1);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] line = new byte[random.nextInt(6_000)];
            for (int j = 0; j < line.length; j++) {
                line[j] = random.nextInt(3) == 0 ? BITS[random.nextInt(BITS.length)] : (byte) random.nextInt(256);
            }
            MessageRoom room = new MessageRoom(limits.messagesBytes());
            Blocks blocks = new Blocks(new ByteArrayInputStream(line), limits, room, new Blocks.Line() {
                @Override
                public void began() {}

                @Override
                public boolean waited() {
                    return false;
                }
            });
            boolean over = false;
            while (!over) {
                Blocks.Block block = blocks.next();
                if (block instanceof Blocks.Block.Message(trimaran.kernel.Bytes bytes, long taken)) {
                    assertThat(bytes.size()).isLessThanOrEqualTo(limits.messageBytes());
                    room.give(taken);
                } else {
                    over = true;
                }
            }
            assertThat(room.taken()).isZero();
        }
    }
}
