package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** Mutated resources: a value or a refusal, never an exception, never slow, and never JSON that another parser refuses. */
class FuzzTest {

    private static final String TOKENS = "{}[]:,\"\\0123456789.-+eEtrufalsn_# /";
    private static final long TEST_MILLIS = Long.getLong("fuzz.millis", 3000);
    /** A thousand times what such a resource takes, so that a busy machine does not fail the test. */
    private static final long SLOW_NANOS = 5_000_000_000L;

    @Test
    void mutatedResourcesGiveAValueOrARefusal() throws IOException {
        long seed = Long.getLong("seed", new SplittableRandom().nextLong());
        System.out.println("fuzz seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + TEST_MILLIS * 1_000_000;
        int accepted = 0;
        int refused = 0;
        for (int round = 0; round < 2000 || System.nanoTime() < end; round++) {
            byte[] json = mutated(random);
            long before = System.nanoTime();
            Outcome<Resource> outcome = StrictParser.parse(json);
            long took = System.nanoTime() - before;
            assertThat(took).isLessThan(SLOW_NANOS);
            assertThat(BundleReader.read(json)).isNotNull();
            switch (outcome) {
                case Outcome.Done<Resource>(Resource resource) -> {
                    accepted++;
                    Object expected = JsonText.read(json);
                    byte[] authored = ResourceWriter.authored(resource, "n", _ -> null);
                    Resource again = Samples.accepted(authored);
                    assertThat(JsonText.object(authored).keySet()).contains("resourceType", "id");
                    assertThat(ResourceWriter.authored(again, "n", _ -> null)).isEqualTo(authored);
                    assertThat(expected).isNotNull();
                }
                case Outcome.Refused<Resource>(Refusal refusal) -> {
                    refused++;
                    assertThat(refusal.sentence()).isNotEmpty();
                    if (refusal.code() == Code.MALFORMED && !refusal.sentence().contains("twice")) {
                        assertThat(anotherParserReads(json) && isStrictUtf8(json))
                                .as(refusal.toString())
                                .isFalse();
                    }
                }
            }
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] mutated(SplittableRandom random) {
        byte[] json = Samples.bytes(Samples.VALID.get(random.nextInt(Samples.VALID.size())));
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && json.length > 2; i++) {
            int at = random.nextInt(json.length);
            int until = Math.min(json.length, at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> json[at] = (byte) random.nextInt(256);
                case 1 -> json[at] = (byte) TOKENS.charAt(random.nextInt(TOKENS.length()));
                case 2 -> json = joined(Arrays.copyOf(json, at), Arrays.copyOfRange(json, until, json.length));
                case 3 -> json = joined(Arrays.copyOf(json, until), Arrays.copyOfRange(json, at, json.length));
                default -> json = Arrays.copyOf(json, at);
            }
        }
        return json;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private static boolean anotherParserReads(byte[] json) {
        try {
            JsonText.read(json);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isStrictUtf8(byte[] json) {
        String text = new String(json, java.nio.charset.StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), json);
    }
}
