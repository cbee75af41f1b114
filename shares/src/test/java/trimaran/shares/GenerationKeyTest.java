package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;

class GenerationKeyTest {

    private static final CellId CELL = new CellId(7);
    private static final SharePair PAIR =
            new SharePair(Party.DATA, CellCommitmentsTest.filled(1), CellCommitmentsTest.filled(2));

    private static GenerationKey key() {
        return GenerationKey.draw(Party.DATA, 1, new SeededEntropy(1));
    }

    private static Bytes stored() {
        return key().sealPair(CELL, PAIR, new SeededEntropy(2));
    }

    @Test
    void aStoredPairOpensUnderItsKey() throws MalformedException {
        assertThat(key().openPair(CELL, stored())).isEqualTo(Outcome.done(PAIR));
        assertThat(stored().size()).isEqualTo(98);
    }

    @Test
    void theStoredBytesStay() {
        assertThat(stored().hex())
                .isEqualTo(
                        "010139722cbbf8b91a4b9045c5e6175f1001fc25960c67f73f9fe07246964c9838c233b4ebb3b701710005b8d248c5175c6f478c754699021f6aba3614e581bc4ad485a00766e51dff53d183f35a64cc4aa006948a6cb4dad76ece88cec44decd346");
    }

    @Test
    void anotherKeyGenerationKeeperOrCellIsRefused() throws MalformedException {
        SecretBytes secret = key().secret();
        assertRefused(GenerationKey.draw(Party.DATA, 1, new SeededEntropy(9)).openPair(CELL, stored()));
        assertRefused(new GenerationKey(Party.DATA, 2, secret).openPair(CELL, stored()));
        assertRefused(new GenerationKey(Party.ACCESS, 1, secret).openPair(CELL, stored()));
        assertRefused(key().openPair(new CellId(8), stored()));
    }

    @Test
    void aDestroyedKeyOpensNothing() throws MalformedException {
        GenerationKey key = key();
        Bytes stored = key.sealPair(CELL, PAIR, new SeededEntropy(2));
        key.destroy();
        assertRefused(key.openPair(CELL, stored));
    }

    @Test
    void aFlippedBitAnywhereIsRefused() throws MalformedException {
        byte[] good = stored().toArray();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            if (bit < 16) {
                assertThatThrownBy(() -> key().openPair(CELL, Bytes.of(bad))).isInstanceOf(MalformedException.class);
            } else {
                assertRefused(key().openPair(CELL, Bytes.of(bad)));
            }
        }
    }

    @Test
    void aSecretIsStoredUnderItsName() throws MalformedException {
        SecretBytes content = SecretBytes.random(new SeededEntropy(4), 2428);
        Bytes stored = key().sealSecret("sealing", content, new SeededEntropy(5));
        assertThat(key().openSecret("sealing", stored)).isEqualTo(Outcome.done(content));
        assertThat(CellCommitmentsTest.code(key().openSecret("lookup", stored))).isEqualTo(Code.KEY_FILE);
    }

    @Test
    void lengthsJustOutsideTheLimitsAreRefused() throws MalformedException {
        SecretBytes full = SecretBytes.taking(new byte[GenerationKey.CONTENT_BYTES_MAX]);
        Bytes stored = key().sealSecret("full", full, new SeededEntropy(5));
        assertThat(key().openSecret("full", stored)).isEqualTo(Outcome.done(full));
        Bytes over = Bytes.wrap(Arrays.copyOf(stored.toArray(), stored.size() + 1));
        assertThatThrownBy(() -> key().openSecret("full", over)).isInstanceOf(MalformedException.class);
        Bytes under = Bytes.wrap(Arrays.copyOf(stored.toArray(), GenerationKey.OVERHEAD_BYTES - 1));
        assertThatThrownBy(() -> key().openSecret("full", under)).isInstanceOf(MalformedException.class);
        SecretBytes tooMuch = SecretBytes.taking(new byte[GenerationKey.CONTENT_BYTES_MAX + 1]);
        assertThatThrownBy(() -> key().sealSecret("full", tooMuch, new SeededEntropy(5)))
                .isInstanceOf(IllegalArgumentException.class);
        Bytes longPair = Bytes.wrap(Arrays.copyOf(stored().toArray(), 99));
        assertThatThrownBy(() -> key().openPair(CELL, longPair)).isInstanceOf(MalformedException.class);
    }

    private static void assertRefused(Outcome<SharePair> outcome) {
        assertThat(CellCommitmentsTest.code(outcome)).isEqualTo(Code.BAD_SHARE);
    }
}
