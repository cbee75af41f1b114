package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;
import trimaran.ledger.Cosignature;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.NoteSigner;
import trimaran.record.PublicKey;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.shares.ShareGeneration;

/** Which generation of shares a keeper works with. */
class KeeperKeysTest {

    private static final Entropy ENTROPY = target -> target[0]++;

    @Test
    void theGenerationInUseIsTheOneTheRegistryNames() {
        KeeperKeys keys = keys(1, 2, 3);
        assertThat(keys.present(2).number()).isEqualTo(2);
        assertThat(keys.present(3).number()).isEqualTo(3);
    }

    @Test
    void aGenerationThatIsPreparedAndNotNamedIsNotUsed() {
        assertThat(keys(1, 2).present(1).number()).isEqualTo(1);
    }

    @Test
    void beforeTheKeysOfANamedGenerationAreHereTheNewestOneIsUsed() {
        assertThat(keys(1, 2).present(7).number()).isEqualTo(2);
    }

    @Test
    void aRebuiltKeeperWhoseCopyStillNamesAnOldGenerationUsesItsFirst() {
        assertThat(keys(4, 5).present(1).number()).isEqualTo(4);
    }

    @Test
    void anEnvelopeIsOpenedWithTheKeyOfItsOwnGenerationOrNone() {
        assertThat(keys(1, 2).generation(1)).map(ShareGeneration::number).contains(1L);
        assertThat(keys(2).generation(1)).isEmpty();
    }

    @Test
    void generationsAscendAndThereIsOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> keys());
        assertThatIllegalArgumentException().isThrownBy(() -> keys(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> keys(2, 2));
    }

    private static KeeperKeys keys(long... numbers) {
        List<ShareGeneration> generations = Stream.of(numbers)
                .flatMap(each -> java.util.Arrays.stream(each).boxed())
                .map(number -> ShareGeneration.draw(Party.DATA, number, ENTROPY))
                .toList();
        NoteSigner cosigner = Cosignature.signer(
                "data",
                MlDsa44.SUITE,
                MlDsa44.SUITE.signingKey(
                        trimaran.kernel.SecretBytes.taking(new byte[MlDsa44.SUITE.seedSizeBytes()]), ENTROPY));
        return new KeeperKeys(Party.DATA, cosigner, Optional.empty(), new NoSigner(), generations);
    }

    /** Signs nothing in these tests. */
    private record NoSigner() implements Signer {
        @Override
        public PublicKey publicKey() {
            return new PublicKey(Suite.ML_DSA_44, Bytes.EMPTY);
        }

        @Override
        public Signature sign(byte[] message) {
            throw new AssertionError("nothing is signed here");
        }
    }
}
