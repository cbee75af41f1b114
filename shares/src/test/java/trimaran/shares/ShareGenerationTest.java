package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;

class ShareGenerationTest {

    private final SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
    private final ShareGeneration generation = ShareGeneration.draw(Party.DATA, 3, entropy);

    @Test
    void aGenerationComesBackFromItsTwoFiles() {
        Bytes sealed = generation.sealedSealingKey(entropy);
        ShareGeneration again =
                ((Outcome.Done<ShareGeneration>) ShareGeneration.open(generation.file(), sealed)).value();
        assertThat(again.number()).isEqualTo(3);
        assertThat(again.sealing().publicKey().raw())
                .isEqualTo(generation.sealing().publicKey().raw());
    }

    @Test
    void withoutItsFileKeyTheSealingKeyIsNoiseAndSoIsEveryEnvelope() throws Exception {
        ShareEnvelope.Address address = new ShareEnvelope.Address(Party.DATA, 3, Bytes.ofText("entry"));
        Bytes content = Bytes.ofText("pairs");
        Bytes envelope = ShareEnvelope.seal(generation.sealing().publicKey(), address, content, entropy);
        Bytes sealed = generation.sealedSealingKey(entropy);
        Bytes pair = generation.file().sealPair(new CellId(0, 7), pair(), entropy);
        assertThat(ShareEnvelope.open(generation.sealing(), address, envelope)).isEqualTo(Outcome.done(content));

        generation.file().destroy();

        Outcome<ShareGeneration> gone = ShareGeneration.open(generation.file(), sealed);
        assertThat(((Outcome.Refused<ShareGeneration>) gone).refusal().code()).isEqualTo(Code.KEY_FILE);
        assertThat(generation.file().openPair(new CellId(0, 7), pair)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void theFileKeyOfAnotherGenerationDoesNotOpenTheSealingKey() {
        ShareGeneration other = ShareGeneration.draw(Party.DATA, 4, entropy);
        assertThat(ShareGeneration.open(other.file(), generation.sealedSealingKey(entropy)))
                .isInstanceOf(Outcome.Refused.class);
        GenerationKey renumbered =
                new GenerationKey(Party.DATA, 4, generation.file().secret());
        assertThat(ShareGeneration.open(renumbered, generation.sealedSealingKey(entropy)))
                .isInstanceOf(Outcome.Refused.class);
    }

    private SharePair pair() {
        return new SharePair(Party.DATA, CellCommitmentsTest.filled(1), CellCommitmentsTest.filled(2));
    }
}
