package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.shares.ShareEnvelope.Address;

/** Any bytes yield a value, a refusal or a {@link MalformedException}, and what is read writes the same bytes again. */
class ParserFuzzTest {

    private static final int ROUNDS = 3000;
    private static final int ENVELOPE_ROUNDS = 300;

    @FunctionalInterface
    private interface Parser {
        /** What the value writes again, or the input where nothing comes back. */
        Bytes reread(Bytes input) throws MalformedException;
    }

    @Test
    void codecsOfSharesSurviveAnyBytes() {
        SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
        var pair = new SharePair(Party.DATA, CellCommitmentsTest.filled(1), CellCommitmentsTest.filled(2));
        Bytes valid = new SharePackage(Party.DATA, List.of(new SharePackage.CellPair(new CellId(0, 3), pair))).encode();
        int read = 0;
        read += fuzz(
                entropy,
                ROUNDS,
                valid,
                input -> Reader.whole(input, SharePackage::read).encode());
        read += fuzz(entropy, ROUNDS, Bytes.wrap(new byte[CellCommitments.SIZE_BYTES]), input -> {
            Writer writer = new Writer();
            Reader.whole(input, CellCommitments::read).write(writer);
            return writer.toBytes();
        });
        read += fuzz(entropy, ROUNDS, Bytes.wrap(new byte[96]), input -> {
            Writer writer = new Writer();
            Reader.whole(input, Increments::read).write(writer);
            return writer.toBytes();
        });
        read += fuzz(entropy, ROUNDS, new Writer().u8(2).raw(new byte[32]).toBytes(), input -> {
            Writer writer = new Writer();
            Reader.whole(input, LookupPartial::read).write(writer);
            return writer.toBytes();
        });
        assertThat(read)
                .as("some inputs must get through, else nothing was tried")
                .isGreaterThan(ROUNDS);
    }

    @Test
    void sealedThingsSurviveAnyBytes() {
        SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
        SealingKeyPair keys = SealingKeyPair.generate(entropy);
        Address address = new Address(Party.DATA, 0, Bytes.EMPTY);
        Bytes envelope = ShareEnvelope.seal(keys.publicKey(), address, Bytes.ofText("shares"), entropy);
        fuzz(entropy, ENVELOPE_ROUNDS, envelope, input -> {
            var outcome = ShareEnvelope.open(keys, address, input);
            assertThat(outcome.isDone()).isEqualTo(input.equals(envelope));
            return input;
        });
        GenerationKey key = GenerationKey.draw(Party.DATA, 0, entropy);
        Bytes stored = key.sealSecret("s", CellCommitmentsTest.filled(5), entropy);
        fuzz(entropy, ROUNDS, stored, input -> {
            var outcome = key.openSecret("s", input);
            assertThat(outcome.isDone()).isEqualTo(input.equals(stored));
            return input;
        });
        fuzz(
                entropy,
                ENVELOPE_ROUNDS,
                keys.publicKey().raw(),
                input -> SealingPublicKey.of(input).raw());
    }

    private static int fuzz(SeededEntropy entropy, int rounds, Bytes valid, Parser parser) {
        int read = 0;
        for (int round = 0; round < rounds; round++) {
            Bytes input = mutated(entropy, valid);
            try {
                assertThat(parser.reread(input)).isEqualTo(input);
                read++;
            } catch (MalformedException refused) {
                assertThat(refused).hasMessageContaining(" ");
            }
        }
        return read;
    }

    private static Bytes mutated(SeededEntropy entropy, Bytes valid) {
        byte[] bytes = valid.toArray();
        switch (entropy.below(4)) {
            case 0 -> bytes = entropy.bytes(entropy.below(2 * bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, entropy.below(bytes.length * 2));
            case 2 -> {
                for (int i = entropy.below(4); i >= 0; i--) {
                    bytes[entropy.below(bytes.length)] = (byte) entropy.below(256);
                }
            }
            default -> bytes[entropy.below(Math.min(8, bytes.length))] ^= (byte) (1 << entropy.below(8));
        }
        return Bytes.wrap(bytes);
    }
}
