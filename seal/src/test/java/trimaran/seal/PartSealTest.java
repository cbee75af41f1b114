package trimaran.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.Domain;
import trimaran.shares.KeyDerivation;

class PartSealTest {

    private static final CellKey KEY = key(7, 1);
    private static final Digest ORIGIN = Digest.sha256(new byte[] {1});
    private static final Digest NONCE = Digest.sha256(new byte[] {2});
    private static final PartPlace PLACE = new PartPlace(ORIGIN, NONCE, 3);
    private static final Bytes CONTENT = Bytes.ofText("{\"resourceType\":\"Patient\"}");
    private static final int MAX = 1 << 20;

    private static CellKey key(long cell, int seed) {
        return new CellKey(new CellId(0, cell), SecretBytes.random(new SeededEntropy(seed), CellKey.SIZE_BYTES));
    }

    private static Bytes sealed(Bytes content) {
        return PartSeal.seal(KEY, PLACE, content, new SeededEntropy(2));
    }

    @Test
    void whatIsSealedOpens() throws MalformedException {
        SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
        for (int size : new int[] {0, 1, 2, 15, 16, 17, 255, 256, 5000, 65_536, 300_001}) {
            Bytes random = Bytes.wrap(entropy.bytes(size));
            assertThat(PartSeal.open(KEY, PLACE, PartSeal.seal(KEY, PLACE, random, entropy), MAX))
                    .isEqualTo(Outcome.done(random));
            Bytes even = Bytes.wrap(new byte[size]);
            assertThat(PartSeal.open(KEY, PLACE, PartSeal.seal(KEY, PLACE, even, entropy), MAX))
                    .isEqualTo(Outcome.done(even));
        }
    }

    @Test
    void aBlobSealedLongAgoStillOpens() throws MalformedException {
        Bytes old = Bytes.ofHex("0101cc426b0a8b006cd64b73ddc361cdfd8ff0bc69c979b726ff90a72f40a37"
                + "8d1abdd81a1acab4308a1c05da114113ef3e2eaad0ec128116f52b2c67add07"
                + "82ff700d8d42d965c76356bd4f8ade968145f48d314ac888f77b255dc5526f4"
                + "02cac153e536175f246a74938c48912c778");
        assertThat(PartSeal.open(KEY, PLACE, old, MAX)).isEqualTo(Outcome.done(CONTENT));
    }

    @Test
    void theLayoutIsTheDocumentedOne() {
        byte[] blob = sealed(CONTENT).toArray();
        byte[] associatedData = new Writer()
                .u8(1)
                .u8(1)
                .digest(ORIGIN)
                .i64(0)
                .i64(7)
                .digest(NONCE)
                .u16(3)
                .toArray();
        SecretBytes keys = KeyDerivation.derive(
                KEY.secret(),
                Arrays.copyOfRange(blob, 2, 34),
                Domain.PART_KEY.begin().toArray(),
                64);
        assertThat(Arrays.copyOfRange(blob, 34, 66)).isEqualTo(Arrays.copyOf(keys.expose(), 32));
        SecretBytes onceKey = SecretBytes.taking(Arrays.copyOfRange(keys.expose(), 32, 64));
        byte[] padded = AuthenticatedEncryption.open(onceKey, associatedData, blob, 66, blob.length)
                .orElseThrow();
        assertThat(padded).hasSize(blob.length - PartSeal.OVERHEAD_BYTES);
        assertThat(PartSeal.OVERHEAD_BYTES).isEqualTo(82);
    }

    @Test
    void anotherKeyIsRefusedBeforeAnythingIsDecrypted() throws MalformedException {
        assertThat(Outcomes.code(PartSeal.open(key(7, 9), PLACE, sealed(CONTENT), MAX)))
                .isEqualTo(Code.BAD_SHARE);
    }

    @Test
    void anotherCellOriginEntryOrIndexIsRefused() throws MalformedException {
        Bytes sealed = sealed(CONTENT);
        CellKey sameKeyElsewhere = new CellKey(new CellId(0, 8), KEY.secret());
        assertThat(Outcomes.code(PartSeal.open(sameKeyElsewhere, PLACE, sealed, MAX)))
                .isEqualTo(Code.BAD_PROOF);
        for (PartPlace other : new PartPlace[] {
            new PartPlace(NONCE, NONCE, 3), new PartPlace(ORIGIN, ORIGIN, 3), new PartPlace(ORIGIN, NONCE, 4)
        }) {
            assertThat(Outcomes.code(PartSeal.open(KEY, other, sealed, MAX))).isEqualTo(Code.BAD_PROOF);
        }
    }

    @Test
    void aFlippedBitAnywhereIsRefused() throws MalformedException {
        byte[] good = sealed(CONTENT).toArray();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            Bytes altered = Bytes.wrap(bad);
            if (bit < 16) {
                assertThatThrownBy(() -> PartSeal.open(KEY, PLACE, altered, MAX))
                        .isInstanceOf(MalformedException.class);
            } else {
                // Version and suite; then salt and commitment; then ciphertext and tag.
                assertThat(Outcomes.code(PartSeal.open(KEY, PLACE, altered, MAX)))
                        .isEqualTo(bit < 66 * 8 ? Code.BAD_SHARE : Code.BAD_PROOF);
            }
        }
    }

    @Test
    void anyShorterOrLongerBlobIsRefused() throws MalformedException {
        byte[] good = sealed(CONTENT).toArray();
        for (int size = 0; size <= good.length + 1; size++) {
            if (size == good.length) {
                continue;
            }
            Bytes cut = Bytes.wrap(Arrays.copyOf(good, size));
            if (size < PartSeal.OVERHEAD_BYTES) {
                assertThatThrownBy(() -> PartSeal.open(KEY, PLACE, cut, MAX)).isInstanceOf(MalformedException.class);
            } else {
                assertThat(Outcomes.code(PartSeal.open(KEY, PLACE, cut, MAX))).isEqualTo(Code.BAD_PROOF);
            }
        }
    }

    @Test
    void repeatedRandomnessNeverSealsTwoContentsUnderOneKey() {
        Entropy stuck = target -> Arrays.fill(target, (byte) 0);
        Bytes one = PartSeal.seal(KEY, PLACE, Bytes.ofText("one"), stuck);
        Bytes two = PartSeal.seal(KEY, PLACE, Bytes.ofText("two"), stuck);
        assertThat(Bytes.ofRange(one.toArray(), 2, 34)).isNotEqualTo(Bytes.ofRange(two.toArray(), 2, 34));
        assertThat(PartSeal.seal(KEY, PLACE, Bytes.ofText("one"), stuck)).isEqualTo(one);
    }

    @Test
    void contentAtTheLimitOpensAndOneByteOverIsRefused() throws MalformedException {
        Bytes thousand = Bytes.wrap(new byte[1000]);
        assertThat(PartSeal.open(KEY, PLACE, sealed(thousand), 1000)).isEqualTo(Outcome.done(thousand));
        assertThat(Outcomes.code(PartSeal.open(KEY, PLACE, sealed(thousand), 999)))
                .isEqualTo(Code.TOO_LARGE);
        assertThat(PartSeal.open(KEY, PLACE, sealed(Bytes.EMPTY), 0)).isEqualTo(Outcome.done(Bytes.EMPTY));
    }

    @Test
    void anInflationBombIsRefused() throws MalformedException {
        Bytes bomb = sealed(Bytes.wrap(new byte[32 << 20]));
        assertThat(bomb.size()).isLessThan(64 << 10);
        assertThat(Outcomes.code(PartSeal.open(KEY, PLACE, bomb, MAX))).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void contentOverTheLimitOfAPartIsNotSealed() {
        Bytes over = Bytes.wrap(new byte[PartSeal.CONTENT_BYTES_MAX + 1]);
        assertThatThrownBy(() -> sealed(over)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PartSeal.open(KEY, PLACE, Bytes.EMPTY, PartSeal.CONTENT_BYTES_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartPlace(ORIGIN, NONCE, PartPlace.INDEX_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyBytesAreRefusedOrMalformed() {
        SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
        byte[] good = sealed(CONTENT).toArray();
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] bad = Arrays.copyOf(good, 1 + entropy.below(2 * good.length));
            bad[entropy.below(bad.length)] ^= (byte) (1 + entropy.below(255));
            try {
                assertThat(PartSeal.open(KEY, PLACE, Bytes.wrap(bad), MAX).isDone())
                        .isFalse();
                refused++;
            } catch (MalformedException malformed) {
                assertThat(malformed).hasMessageContaining(" ");
            }
        }
        assertThat(refused).isPositive();
    }
}
