package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;

/** Which generation of shares a keeper works with, and what goes when the next one is whole. */
class ShareKeysTest {

    private static final Entropy ENTROPY = target -> target[0]++;

    /** What was made durable, in order. */
    private final List<String> kept = new ArrayList<>();

    private final ShareKeys.Keeping keeping = new ShareKeys.Keeping() {
        @Override
        public void keep(ShareGeneration drawn) {
            kept.add("keep " + drawn.number());
        }

        @Override
        public void keepLate(long number, Bytes sealed) {
            kept.add("late " + number);
        }

        @Override
        public void destroyFile(long number) {
            kept.add("destroy " + number);
        }

        @Override
        public void destroyLate(long number) {
            kept.add("forget " + number);
        }
    };

    @Test
    void theGenerationInUseIsTheOneTheRegistryNames() {
        ShareKeys keys = keys(1, 2, 3);
        assertThat(keys.present(2).number()).isEqualTo(2);
        assertThat(keys.present(3).number()).isEqualTo(3);
    }

    @Test
    void aGenerationThatIsDrawnAndNotNamedIsNotUsed() {
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
        assertThat(keys(1, 2).sealing(1)).isPresent();
        assertThat(keys(2).sealing(1)).isEmpty();
    }

    @Test
    void aGenerationIsDrawnOnceAndKeptBeforeItIsUsed() {
        ShareKeys keys = keys(1);
        ShareGeneration drawn = keys.draw(2);
        assertThat(keys.draw(2)).isSameAs(drawn);
        assertThat(kept).containsExactly("keep 2");
        assertThat(keys.lowest()).isEqualTo(1);
    }

    @Test
    void goingOverToAGenerationDestroysTheFileKeysBeforeOnceTheSealingKeysAreKeptElsewhere() {
        ShareKeys keys = keys(1, 2, 3);
        keys.advance(3);
        assertThat(kept)
                .as("the oldest, which is in use, goes last: a power cut in between changes nothing")
                .containsExactly("late 1", "late 2", "destroy 2", "destroy 1");
        assertThat(keys.lowest()).isEqualTo(3);
        assertThat(keys.generation(2)).isEmpty();
        assertThat(keys.sealing(2)).isPresent();
        kept.clear();
        keys.lateNumbers().forEach(keys::forgetLate);
        assertThat(kept).containsExactly("forget 1", "forget 2");
        assertThat(keys.sealing(2)).isEqualTo(Optional.empty());
        assertThat(keys.lateNumbers()).isEmpty();
    }

    @Test
    void whatStaysForTheLateOutlivesTheNextRefresh() {
        ShareKeys keys = keys(1, 2);
        keys.advance(2);
        keys.draw(3);
        kept.clear();
        keys.advance(3);
        assertThat(kept).containsExactly("late 1", "late 2", "destroy 2");
    }

    @Test
    void nobodyGoesOverToAGenerationWithoutKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> keys(1).advance(2));
    }

    @Test
    void generationsAscendAndThereIsOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> keys());
        assertThatIllegalArgumentException().isThrownBy(() -> keys(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> keys(2, 2));
    }

    private ShareKeys keys(long... numbers) {
        List<ShareGeneration> generations = Arrays.stream(numbers)
                .mapToObj(number -> ShareGeneration.draw(Party.DATA, number, ENTROPY))
                .toList();
        return new ShareKeys(Party.DATA, ENTROPY, keeping, generations, new java.util.TreeMap<>());
    }
}
