package trimaran.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.process.SystemEntropy;
import trimaran.record.PartyKeys;
import trimaran.shares.ShareGeneration;

class GenerationFilesTest {

    @TempDir
    Path temp;

    private final SystemEntropy entropy = new SystemEntropy();

    private OwnKeys made(Party party) {
        assertThat(OwnKeys.make(party, folder(), entropy).isDone()).isTrue();
        return ((Outcome.Done<OwnKeys>) OwnKeys.open(party, folder(), entropy)).value();
    }

    private Path folder() {
        return temp.resolve("party");
    }

    private static List<ShareGeneration> generations(OwnKeys keys) {
        return ((Outcome.Done<List<ShareGeneration>>) keys.generations()).value();
    }

    @Test
    void theCardNamesTheGenerationAndSealingKeyThatAreOnDisk() throws Exception {
        OwnKeys keys = made(Party.ACCESS);
        PartyKeys card = Reader.whole(Bytes.of(Files.readAllBytes(folder().resolve(OwnKeys.CARD))), PartyKeys::read);
        ShareGeneration only = generations(keys).getFirst();
        assertThat(card.generation()).isEqualTo(only.number());
        assertThat(card.sealing()).isEqualTo(only.sealing().publicKey().raw());
    }

    @Test
    void aNewGenerationIsKeptBesideTheOldAndBothAreReadInOrder() {
        OwnKeys keys = made(Party.DATA);
        assertThat(keys.keep(ShareGeneration.draw(Party.DATA, 12, entropy)).isDone())
                .isTrue();
        assertThat(keys.keep(ShareGeneration.draw(Party.DATA, 2, entropy)).isDone())
                .isTrue();
        assertThat(generations(keys)).extracting(ShareGeneration::number).containsExactly(1L, 2L, 12L);
    }

    @Test
    void withoutItsFileKeyAGenerationIsGoneAndItsSealingKeyWithIt() throws Exception {
        OwnKeys keys = made(Party.DATA);
        assertThat(keys.keep(ShareGeneration.draw(Party.DATA, 2, entropy)).isDone())
                .isTrue();
        Files.delete(folder().resolve("keys/shares-1.key"));
        assertThat(generations(keys)).extracting(ShareGeneration::number).containsExactly(2L);
        Files.delete(folder().resolve("keys/shares-2.key"));
        assertThat(keys.generations().isDone()).isFalse();
    }

    @Test
    void theWitnessHasNoGeneration() {
        assertThat(made(Party.WITNESS).generations().isDone()).isFalse();
    }
}
