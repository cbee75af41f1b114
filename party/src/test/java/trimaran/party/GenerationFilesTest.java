package trimaran.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.process.SystemEntropy;
import trimaran.record.PartyKeys;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

class GenerationFilesTest {

    @TempDir
    Path temp;

    private final SystemEntropy entropy = new SystemEntropy();

    private OwnKeys made(Party party, long generation) {
        assertThat(OwnKeys.make(party, generation, folder(), entropy).isDone()).isTrue();
        return opened(party);
    }

    private OwnKeys opened(Party party) {
        return ((Outcome.Done<OwnKeys>) OwnKeys.open(party, folder(), entropy)).value();
    }

    private Path folder() {
        return temp.resolve("party");
    }

    private static ShareKeys shares(OwnKeys keys) {
        return ((Outcome.Done<ShareKeys>) keys.shares()).value();
    }

    private ShareKeys afterARestart() {
        return shares(opened(Party.DATA));
    }

    @Test
    void theCardNamesTheGenerationAndSealingKeyThatAreOnDisk() throws Exception {
        OwnKeys keys = made(Party.ACCESS, 7);
        PartyKeys card = Reader.whole(Bytes.of(Files.readAllBytes(folder().resolve(OwnKeys.CARD))), PartyKeys::read);
        ShareGeneration only = shares(keys).generation(7).orElseThrow();
        assertThat(card.generation()).isEqualTo(7);
        assertThat(card.sealing()).isEqualTo(only.sealing().publicKey().raw());
    }

    @Test
    void aNewGenerationIsKeptBesideTheOldAndBothAreReadInOrder() {
        ShareKeys keys = shares(made(Party.DATA, 1));
        keys.draw(2);
        keys.draw(12);
        assertThat(afterARestart().numbers()).containsExactly(1L, 2L, 12L);
        assertThat(afterARestart()
                        .generation(12)
                        .orElseThrow()
                        .sealing()
                        .publicKey()
                        .raw())
                .isEqualTo(keys.draw(12).sealing().publicKey().raw());
    }

    @Test
    void goingOverToAGenerationLeavesNoFileKeyBeforeAndTheSealingKeyForTheLate() {
        ShareKeys keys = shares(made(Party.DATA, 1));
        Bytes first = keys.generation(1).orElseThrow().sealing().publicKey().raw();
        keys.draw(2);
        keys.advance(2);
        assertThat(Files.exists(folder().resolve("keys/shares-1.key"))).isFalse();
        assertThat(Files.exists(folder().resolve("keys/sealing-1.key"))).isFalse();
        ShareKeys after = afterARestart();
        assertThat(after.numbers()).containsExactly(2L);
        assertThat(after.sealing(1).orElseThrow().publicKey().raw()).isEqualTo(first);
        after.draw(3);
        after.advance(3);
        assertThat(afterARestart().sealing(1)).isPresent();
        after.lateNumbers().forEach(after::forgetLate);
        assertThat(Files.exists(folder().resolve("keys/late-1"))).isFalse();
        assertThat(afterARestart().sealing(1)).isEmpty();
    }

    @Test
    void aCrashBetweenTheTwoFilesOfAGenerationLeavesNoneThatCounts() throws Exception {
        ShareKeys keys = shares(made(Party.DATA, 1));
        keys.draw(2);
        Files.delete(folder().resolve("keys/shares-2.key"));
        assertThat(afterARestart().numbers()).containsExactly(1L);
        assertThat(afterARestart().draw(2).number()).isEqualTo(2);
        assertThat(afterARestart().numbers()).containsExactly(1L, 2L);
    }

    /** The power went when its file had its last name and was zeros already, or was not yet. */
    @Test
    void aGenerationWhoseDestructionWasBrokenOffIsGoneAtTheNextStart() throws Exception {
        ShareKeys keys = shares(made(Party.DATA, 1));
        keys.draw(2);
        Path file = folder().resolve("keys/shares-1.key");
        Path condemned = folder().resolve("keys/shares-1.key.gone~");
        Files.move(file, condemned);
        assertThat(afterARestart().numbers()).containsExactly(2L);
        assertThat(Files.exists(condemned)).isFalse();
        Files.write(condemned, new byte[300]);
        assertThat(afterARestart().numbers()).containsExactly(2L);
        assertThat(Files.exists(condemned)).isFalse();
    }

    @Test
    void withoutItsFileKeyAGenerationIsGoneAndItsSealingKeyWithIt() throws Exception {
        OwnKeys keys = made(Party.DATA, 1);
        Files.delete(folder().resolve("keys/shares-1.key"));
        assertThat(keys.shares().isDone()).isFalse();
    }

    @Test
    void theWitnessHasNoGeneration() {
        assertThat(made(Party.WITNESS, 1).shares().isDone()).isFalse();
    }
}
