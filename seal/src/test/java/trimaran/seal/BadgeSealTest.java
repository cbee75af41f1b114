package trimaran.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.shares.SealingKeyPair;

/** What is sealed to a badge opens with that badge, as it was, and with nothing else. */
class BadgeSealTest {

    private static final Bytes WARD = Bytes.ofText("ward");
    private static final Bytes CONTENT = Bytes.ofText("Dupont Anne ".repeat(50));

    private final SeededEntropy entropy = new SeededEntropy(SeededEntropy.printedSeed());
    private final SealingKeyPair badge = SealingKeyPair.generate(entropy);

    private Bytes sealed() {
        return Outcomes.done(BadgeSeal.seal(badge.publicKey(), WARD, CONTENT, entropy));
    }

    @Test
    void itOpensAsItWas() throws Exception {
        assertThat(Outcomes.done(BadgeSeal.open(badge, WARD, sealed()))).isEqualTo(CONTENT);
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void anotherBadgeOrAnotherWardOpensNothing() throws Exception {
        assertThat(Outcomes.code(BadgeSeal.open(SealingKeyPair.generate(entropy), WARD, sealed())))
                .isEqualTo(Code.BAD_PROOF);
        assertThat(Outcomes.code(BadgeSeal.open(badge, Bytes.ofText("other"), sealed())))
                .isEqualTo(Code.BAD_PROOF);
    }

    @Test
    void aByteThatTurnedOpensNothing() throws Exception {
        Bytes sealed = sealed();
        for (int at = 2; at < sealed.size(); at += 11) {
            byte[] turned = sealed.toArray();
            turned[at] ^= 4;
            assertThat(Outcomes.code(BadgeSeal.open(badge, WARD, Bytes.wrap(turned))))
                    .isEqualTo(Code.BAD_PROOF);
        }
    }

    @Test
    void whatIsNoSealIsMalformed() {
        byte[] foreign = sealed().toArray();
        foreign[0] = 2;
        assertThatThrownBy(() -> BadgeSeal.open(badge, WARD, Bytes.wrap(foreign)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> BadgeSeal.open(badge, WARD, Bytes.ofText("short")))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void moreThanASealTakesInIsRefused() {
        Bytes large = Bytes.wrap(new byte[BadgeSeal.CONTENT_BYTES_MAX + 1]);
        assertThat(Outcomes.code(BadgeSeal.seal(badge.publicKey(), WARD, large, entropy)))
                .isEqualTo(Code.TOO_LARGE);
    }
}
