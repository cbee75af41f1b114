package trimaran.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.shares.ShareEnvelope.Address;

class ShareEnvelopeTest {

    private static final SealingKeyPair KEYS = SealingKeyPair.generate(new SeededEntropy(1));
    private static final Address ADDRESS = new Address(Party.DATA, 3, Bytes.ofText("entry"));
    private static final Bytes CONTENT = Bytes.ofText("two shares");

    private static Bytes sealed() {
        return ShareEnvelope.seal(KEYS.publicKey(), ADDRESS, CONTENT, new SeededEntropy(2));
    }

    @Test
    void whatIsSealedOpensForItsRecipient() throws MalformedException {
        assertThat(ShareEnvelope.open(KEYS, ADDRESS, sealed())).isEqualTo(Outcome.done(CONTENT));
        assertThat(sealed().size()).isEqualTo(CONTENT.size() + ShareEnvelope.OVERHEAD_BYTES);
    }

    @Test
    void theSameEntropyGivesTheSameBytes() {
        assertThat(Digest.sha256(KEYS.publicKey().raw()).hex())
                .isEqualTo("cb014b81d0e16b3a0df7ef686e1e90c6c437aa8e7770b1c23cabca23d33143c9");
        assertThat(Digest.sha256(sealed()).hex())
                .isEqualTo("a07a62dbaa305a94eb6e08142e18f271c2b330a19fe19ffbc6c71f8794cae487");
    }

    @Test
    void anotherKeyRecipientGenerationOrEntryIsRefused() throws MalformedException {
        var otherKeys = SealingKeyPair.generate(new SeededEntropy(9));
        assertRefused(otherKeys, ADDRESS, sealed());
        assertRefused(KEYS, new Address(Party.ACCESS, 3, ADDRESS.associatedData()), sealed());
        assertRefused(KEYS, new Address(Party.DATA, 4, ADDRESS.associatedData()), sealed());
        assertRefused(KEYS, new Address(Party.DATA, 3, Bytes.ofText("entrz")), sealed());
    }

    @Test
    void aFlippedBitAnywhereIsRefused() throws MalformedException {
        byte[] good = sealed().toArray();
        // Every bit outside the encapsulation, and one bit in each of its bytes.
        for (int bit = 0; bit < good.length * 8; bit++) {
            boolean inEncapsulation = bit / 8 >= 2 && bit / 8 < 2 + ShareEnvelope.ENCAPSULATION_BYTES;
            if (inEncapsulation && bit % 8 != (bit / 8) % 8) {
                continue;
            }
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            if (bit < 16) {
                assertThatThrownBy(() -> ShareEnvelope.open(KEYS, ADDRESS, Bytes.of(bad)))
                        .isInstanceOf(MalformedException.class);
            } else {
                assertRefused(KEYS, ADDRESS, Bytes.of(bad));
            }
        }
    }

    @Test
    void lengthsJustOutsideTheLimitsAreMalformed() throws MalformedException {
        byte[] tooShort = Arrays.copyOf(sealed().toArray(), ShareEnvelope.OVERHEAD_BYTES - 1);
        assertThatThrownBy(() -> ShareEnvelope.open(KEYS, ADDRESS, Bytes.of(tooShort)))
                .isInstanceOf(MalformedException.class);
        Bytes full = Bytes.wrap(new byte[ShareEnvelope.CONTENT_BYTES_MAX]);
        Bytes largest = ShareEnvelope.seal(KEYS.publicKey(), ADDRESS, full, new SeededEntropy(2));
        assertThat(ShareEnvelope.open(KEYS, ADDRESS, largest)).isEqualTo(Outcome.done(full));
        Bytes over = Bytes.wrap(Arrays.copyOf(largest.toArray(), largest.size() + 1));
        assertThatThrownBy(() -> ShareEnvelope.open(KEYS, ADDRESS, over)).isInstanceOf(MalformedException.class);
        Bytes tooMuch = Bytes.wrap(new byte[ShareEnvelope.CONTENT_BYTES_MAX + 1]);
        assertThatThrownBy(() -> ShareEnvelope.seal(KEYS.publicKey(), ADDRESS, tooMuch, new SeededEntropy(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysComeBackFromTheirEncodings() throws MalformedException {
        var again = SealingKeyPair.ofPkcs8(KEYS.pkcs8());
        assertThat(again.publicKey()).isEqualTo(KEYS.publicKey());
        assertThat(again.publicKey().raw().size()).isEqualTo(SealingPublicKey.SIZE_BYTES);
        assertThat(ShareEnvelope.open(again, ADDRESS, sealed())).isEqualTo(Outcome.done(CONTENT));
        var parsed = SealingPublicKey.of(KEYS.publicKey().raw());
        assertThat(ShareEnvelope.seal(parsed, ADDRESS, CONTENT, new SeededEntropy(2)))
                .isEqualTo(sealed());
    }

    @Test
    void damagedKeysAreMalformed() {
        byte[] outOfRange = KEYS.publicKey().raw().toArray();
        Arrays.fill(outOfRange, 0, 30, (byte) 0xff);
        assertThatThrownBy(() -> SealingPublicKey.of(Bytes.of(outOfRange))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SealingPublicKey.of(Bytes.of(new byte[SealingPublicKey.SIZE_BYTES - 1])))
                .isInstanceOf(MalformedException.class);
        byte[] pkcs8 = KEYS.pkcs8().expose().clone();
        byte[] damaged = pkcs8.clone();
        damaged[damaged.length - 800] ^= 1;
        assertThatThrownBy(() -> SealingKeyPair.ofPkcs8(SecretBytes.taking(damaged)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SealingKeyPair.ofPkcs8(SecretBytes.taking(Arrays.copyOf(pkcs8, 100))))
                .isInstanceOf(MalformedException.class);
        byte[] foreign = pkcs8.clone();
        foreign[0] ^= 1;
        assertThatThrownBy(() -> SealingKeyPair.ofPkcs8(SecretBytes.taking(foreign)))
                .isInstanceOf(MalformedException.class);
    }

    private static void assertRefused(SealingKeyPair keys, Address address, Bytes envelope) throws MalformedException {
        assertThat(CellCommitmentsTest.code(ShareEnvelope.open(keys, address, envelope)))
                .isEqualTo(Code.BAD_SHARE);
    }
}
