package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;

/** A note's signature that verified, or that this party made itself, is not verified again; anything else always is. */
class RememberingVerifiersTest {

    private final StandIn suite = new StandIn();
    private final Counting counting = new Counting();
    private final RememberingVerifiers remembering = new RememberingVerifiers(NoteVerifiers.of(counting));
    private final NoteSigner signer = signer("access");
    private final Checkpoint checkpoint = checkpoint(5);
    private final Bytes good = signer.sign(checkpoint, 7).signature();

    /** The stand-in, counting what it is asked. */
    private final class Counting implements NoteSuite {
        private int asked;

        @Override
        public int type() {
            return suite.type();
        }

        @Override
        public int seedSizeBytes() {
            return suite.seedSizeBytes();
        }

        @Override
        public int publicKeySizeBytes() {
            return suite.publicKeySizeBytes();
        }

        @Override
        public int signatureSizeBytes() {
            return suite.signatureSizeBytes();
        }

        @Override
        public SigningKey signingKey(SecretBytes seed, Entropy entropy) {
            return suite.signingKey(seed, entropy);
        }

        @Override
        public MessageVerifier verifier(Bytes publicKey) throws MalformedException {
            MessageVerifier inner = suite.verifier(publicKey);
            return (message, signature) -> {
                asked++;
                return inner.verifies(message, signature);
            };
        }
    }

    @Test
    void aTrueSignatureIsVerifiedOnceByWhoeverAsks() throws MalformedException {
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint.text(), good))
                .isTrue();
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint.text(), good))
                .isTrue();
        assertThat(counting.asked).isEqualTo(1);
    }

    @Test
    void aFalseSignatureIsRefusedEachTime() throws MalformedException {
        NoteVerifier verifier = remembering.cosigner(signer.key());
        byte[] bytes = good.toArray();
        bytes[bytes.length - 1] ^= 1;
        for (int i = 1; i <= 3; i++) {
            assertThat(verifier.verifies(checkpoint.text(), Bytes.of(bytes))).isFalse();
            assertThat(counting.asked).isEqualTo(i);
        }
    }

    @Test
    void anotherTextTimeKeyOrNameIsNotTakenForTheRememberedOne() throws MalformedException {
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint.text(), good))
                .isTrue();
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint(6).text(), good))
                .isFalse();
        byte[] later = good.toArray();
        later[7] ^= 1;
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint.text(), Bytes.of(later)))
                .isFalse();
        assertThat(remembering.cosigner(signer("data").key()).verifies(checkpoint.text(), good))
                .isFalse();
        VerifierKey renamed =
                new VerifierKey("other", signer.key().type(), signer.key().publicKey());
        assertThat(remembering.cosigner(renamed).verifies(checkpoint.text(), good))
                .isFalse();
    }

    @Test
    void whatThisPartySignedItselfNeedsNoVerification() throws MalformedException {
        NoteSigner own = remembering.remembered(signer);
        assertThat(own.key()).isEqualTo(signer.key());
        Bytes signature = own.sign(checkpoint, 8).signature();
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint.text(), signature))
                .isTrue();
        assertThat(counting.asked).isZero();
        assertThat(remembering.cosigner(signer.key()).verifies(checkpoint(6).text(), signature))
                .isFalse();
    }

    @Test
    void theTimeOfARememberedSignatureIsStillRead() throws MalformedException {
        assertThat(remembering.cosigner(signer.key()).timestampSeconds(good)).isEqualTo(7);
    }

    @Test
    void whatIsRememberedIsBounded() throws MalformedException {
        NoteVerifier verifier = remembering.cosigner(signer.key());
        int more = RememberingVerifiers.SIGNATURES_REMEMBERED + 1;
        for (int size = 1; size <= more; size++) {
            Checkpoint one = checkpoint(size);
            verifier.verifies(one.text(), signer.sign(one, 7).signature());
        }
        counting.asked = 0;
        assertThat(verifier.verifies(
                        checkpoint(more).text(),
                        signer.sign(checkpoint(more), 7).signature()))
                .isTrue();
        assertThat(counting.asked).as("the latest").isZero();
        assertThat(verifier.verifies(
                        checkpoint(1).text(), signer.sign(checkpoint(1), 7).signature()))
                .isTrue();
        assertThat(counting.asked).as("the eldest").isEqualTo(1);
    }

    private NoteSigner signer(String name) {
        SecretBytes seed = SecretBytes.taking(Digest.sha256(Bytes.ofText(name)).toArray());
        return Cosignature.signer(name, suite, suite.signingKey(seed, target -> {}));
    }

    private static Checkpoint checkpoint(long size) {
        return new Checkpoint("o.example", new TreeHead(size, Digest.sha256(Bytes.ofText("root " + size))));
    }
}
