package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;

/** A signature that verified is not verified again; anything else always is. */
class RememberingVerifierTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    private final StandInSigner signer = StandInSigner.named("signer");
    private final Signature good = signer.sign(MESSAGE);
    private int asked;
    private final Verifier remembering = new RememberingVerifier((key, message, signature) -> {
        asked++;
        return StandInSigner.verify(key, message, signature);
    });

    @Test
    void aTrueSignatureIsVerifiedOnce() {
        assertThat(remembering.verify(signer.publicKey(), MESSAGE, good)).isTrue();
        assertThat(remembering.verify(signer.publicKey(), MESSAGE.clone(), good))
                .isTrue();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aFalseSignatureIsRefusedEachTime() {
        Signature bad = new Signature(Suite.STAND_IN, Bytes.of((byte) 1));
        for (int i = 1; i <= 3; i++) {
            assertThat(remembering.verify(signer.publicKey(), MESSAGE, bad)).isFalse();
            assertThat(asked).isEqualTo(i);
        }
    }

    @Test
    void anotherKeyMessageSignatureOrSuiteIsNotTakenForTheRememberedOne() {
        remembering.verify(signer.publicKey(), MESSAGE, good);
        PublicKey other = StandInSigner.named("other").publicKey();
        assertThat(remembering.verify(other, MESSAGE, good)).isFalse();
        assertThat(remembering.verify(signer.publicKey(), new byte[] {1, 2}, good))
                .isFalse();
        byte[] longer = Bytes.of(good.value().toArray()).toArray();
        longer[0] ^= 1;
        assertThat(remembering.verify(signer.publicKey(), MESSAGE, new Signature(Suite.STAND_IN, Bytes.of(longer))))
                .isFalse();
        assertThat(remembering.verify(signer.publicKey(), MESSAGE, new Signature(Suite.P256, good.value())))
                .isFalse();
        assertThat(asked).isEqualTo(5);
    }

    @Test
    void bytesMovedFromTheMessageIntoTheSignatureDoNotPass() {
        Verifier everything = new RememberingVerifier((key, message, signature) -> message.length == 3);
        assertThat(everything.verify(signer.publicKey(), MESSAGE, signature(4, 5)))
                .isTrue();
        assertThat(everything.verify(signer.publicKey(), new byte[] {1, 2}, signature(3, 4, 5)))
                .isFalse();
        assertThat(everything.verify(signer.publicKey(), new byte[] {1, 2, 3, 4}, signature(5)))
                .isFalse();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i <= RememberingVerifier.SIGNATURES_REMEMBERED; i++) {
            byte[] message = Bytes.ofText("message " + i).toArray();
            remembering.verify(signer.publicKey(), message, signer.sign(message));
        }
        asked = 0;
        byte[] eldest = Bytes.ofText("message 0").toArray();
        assertThat(remembering.verify(signer.publicKey(), eldest, signer.sign(eldest)))
                .isTrue();
        assertThat(asked).as("the eldest was forgotten").isEqualTo(1);
        byte[] latest = Bytes.ofText("message " + RememberingVerifier.SIGNATURES_REMEMBERED)
                .toArray();
        assertThat(remembering.verify(signer.publicKey(), latest, signer.sign(latest)))
                .isTrue();
        assertThat(asked).as("the latest was not").isEqualTo(1);
    }

    private static Signature signature(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return new Signature(Suite.STAND_IN, Bytes.of(value));
    }
}
