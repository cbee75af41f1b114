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

    private static final CellId CELL = new CellId(0, 7);
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
                        "010139722cbbf8b91a4b9045c5e6175f10015d5ef85e3de5c44469effa583e846deadfb005da0b2f40f16019df4e82707c72a85f5e1102a5dc9200d4810e105855233162df9003b1132fe56fd872c11518c4f1af43033aa200cb676332b6ea0191cc");
    }

    @Test
    void anotherKeyGenerationKeeperOrCellIsRefused() throws MalformedException {
        SecretBytes secret = key().secret();
        assertRefused(GenerationKey.draw(Party.DATA, 1, new SeededEntropy(9)).openPair(CELL, stored()));
        assertRefused(new GenerationKey(Party.DATA, 2, secret).openPair(CELL, stored()));
        assertRefused(new GenerationKey(Party.ACCESS, 1, secret).openPair(CELL, stored()));
        assertRefused(key().openPair(new CellId(0, 8), stored()));
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
