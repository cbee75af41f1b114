package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/** Vector: FiloSottile/torchwood v0.10.0, cmd/litewitness/testdata/mldsa.txt (a log's note, and the seed of its key). */
class CosignatureTest {

    private static final String SEED = "2886adc2b0eabfce67c0472939127998bf886cf256bfee8ba76a253fce1146e0";
    private static final String NAME = "example.com/mldsa-log";
    private static final long TIME = 1_679_315_147;

    private final Checkpoint checkpoint =
            new Checkpoint("hospital.example/record", Trees.ofBytes(9).frontier.head());

    @Test
    void aSeedGivesTheKeyOtherImplementationsDerive() {
        assertThat(vectorKey().toString()).isEqualTo(NAME + "+b5df45c5");
        assertThat(vectorKey().text()).startsWith(NAME + "+b5df45c5+BuhtcL97l3dcitjZ8Y9J54gmQ1TWn/BMF0yePKpTzhlFCkN6");
    }

    @Test
    void aNoteOfAnotherImplementationVerifies() throws Exception {
        Note note = Note.parse(vectorNote());
        NoteVerifier verifier = Cosignature.verifier(vectorKey(), MlDsa44.SUITE);
        Bytes signature = note.by(vectorKey()).getFirst().signature();

        assertThat(verifier.verifies(note.text(), signature)).isTrue();
        assertThat(verifier.timestampSeconds(signature)).isZero();
        assertThat(note.encode()).isEqualTo(vectorNote());
        assertThat(Checkpoint.parse(note.text()).root()).isEqualTo(Merkle.leaf(Bytes.ofText("testonly")));

        String other = note.text().replace("\n1\n", "\n2\n");
        assertThat(verifier.verifies(other, signature)).isFalse();
    }

    @Test
    void theSignedMessageHasTheLayoutOfTheSpecification() {
        assertThat(Cosignature.message("w.example/1", TIME, checkpoint).hex())
                .isEqualTo(
                        "737562747265652f76310a00" // label
                                + "0b772e6578616d706c652f31" // cosigner name
                                + "00000000641850cb" // timestamp
                                + "17686f73706974616c2e6578616d706c652f7265636f7264" // log origin
                                + "0000000000000000" // start
                                + "0000000000000009" // end
                                + checkpoint.root().hex());
    }

    @Test
    void aCosignatureVerifiesAndStatesItsTime() throws MalformedException {
        NoteSigner signer = signer("hospital.example/access", 1);
        NoteVerifier verifier = Cosignature.verifier(signer.key(), MlDsa44.SUITE);
        NoteSignature signature = signer.sign(checkpoint, TIME);

        assertThat(verifier.verifies(checkpoint.text(), signature.signature())).isTrue();
        assertThat(verifier.timestampSeconds(signature.signature())).isEqualTo(TIME);
        assertThat(signature.isBy(signer.key())).isTrue();
        assertThat(signature.signature().size()).isEqualTo(2428);
    }

    @Test
    void aCosignatureIsBoundToNameTimeOriginSizeAndRoot() throws MalformedException {
        NoteSigner signer = signer("hospital.example/access", 1);
        NoteVerifier verifier = Cosignature.verifier(signer.key(), MlDsa44.SUITE);
        NoteSignature signature = signer.sign(checkpoint, TIME);
        byte[] later = signature.signature().toArray();
        later[7]++;
        VerifierKey renamed =
                new VerifierKey("hospital.example/data", 6, signer.key().publicKey());
        TreeHead head = checkpoint.head();

        assertThat(verifier.verifies(checkpoint.text(), Bytes.of(later))).isFalse();
        assertThat(Cosignature.verifier(renamed, MlDsa44.SUITE).verifies(checkpoint.text(), signature.signature()))
                .isFalse();
        for (Checkpoint other : List.of(
                new Checkpoint("elsewhere.example/record", head),
                new Checkpoint(checkpoint.origin(), new TreeHead(8, head.root())),
                new Checkpoint(checkpoint.origin(), new TreeHead(9, Trees.flip(head.root()))),
                new Checkpoint(checkpoint.origin(), head, List.of("extension")))) {
            assertThat(verifier.verifies(other.text(), signature.signature())).isFalse();
        }
    }

    @Test
    void signaturesOfOtherLengthsOrTimesBefore1970DoNotVerify() throws MalformedException {
        NoteSigner signer = signer("hospital.example/access", 1);
        NoteVerifier verifier = Cosignature.verifier(signer.key(), MlDsa44.SUITE);
        byte[] whole = signer.sign(checkpoint, TIME).signature().toArray();
        byte[] negative = whole.clone();
        negative[0] = (byte) 0x80;

        assertThat(verifier.verifies(checkpoint.text(), Bytes.ofRange(whole, 0, whole.length - 1)))
                .isFalse();
        assertThat(verifier.verifies(checkpoint.text(), Bytes.ofRange(whole, 0, whole.length + 1)))
                .isFalse();
        assertThat(verifier.verifies(checkpoint.text(), Bytes.EMPTY)).isFalse();
        assertThat(verifier.verifies(checkpoint.text(), Bytes.of(negative))).isFalse();
        assertThat(verifier.verifies("no checkpoint\n", Bytes.of(whole))).isFalse();
        assertThatThrownBy(() -> signer.sign(checkpoint, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeFrom2To63OnDoesNotVerifyEvenWhenSigned() throws MalformedException {
        NoteSuite.SigningKey key = key(counting());
        NoteSigner signer = Cosignature.signer("a", MlDsa44.SUITE, key);
        Bytes bare = key.sign(Cosignature.message("a", Long.MIN_VALUE, checkpoint));
        Writer timed = new Writer().i64(Long.MIN_VALUE).raw(bare.toArray());

        assertThat(Cosignature.verifier(signer.key(), MlDsa44.SUITE).verifies(checkpoint.text(), timed.toBytes()))
                .isFalse();
    }

    @Test
    void nothingSignsACheckpointWithExtensionLines() {
        Checkpoint extended = new Checkpoint(checkpoint.origin(), checkpoint.head(), List.of("more"));
        assertThatThrownBy(() -> signer("a", 1).sign(extended, TIME)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysOfAnotherTypeOrLengthAreRefused() {
        Bytes key = vectorKey().publicKey();
        assertThatThrownBy(() -> Cosignature.verifier(new VerifierKey(NAME, 4, key), MlDsa44.SUITE))
                .isInstanceOf(MalformedException.class);
        Bytes shorter = Bytes.ofRange(key.toArray(), 0, key.size() - 1);
        assertThatThrownBy(() -> Cosignature.verifier(new VerifierKey(NAME, 6, shorter), MlDsa44.SUITE))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> MlDsa44.SUITE.signingKey(SecretBytes.taking(new byte[31]), target -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rawKeysAndTheJdksFormAreOneKey() throws MalformedException {
        assertThat(MlDsa44.raw(MlDsa44.ofRaw(vectorKey().publicKey())))
                .isEqualTo(vectorKey().publicKey());
    }

    @Test
    void keysAndSignaturesRepeatFromOneEntropy() {
        Entropy counting = counting();
        Entropy again = counting();
        NoteSigner first = Cosignature.signer("a", MlDsa44.SUITE, key(counting));
        NoteSigner second = Cosignature.signer("a", MlDsa44.SUITE, key(again));

        assertThat(first.key()).isEqualTo(second.key());
        assertThat(first.sign(checkpoint, TIME)).isEqualTo(second.sign(checkpoint, TIME));
        assertThat(first.sign(checkpoint, TIME)).isNotEqualTo(first.sign(checkpoint, TIME));
    }

    private static NoteSuite.SigningKey key(Entropy entropy) {
        return MlDsa44.SUITE.signingKey(SecretBytes.random(entropy, MlDsa44.SUITE.seedSizeBytes()), entropy);
    }

    private static NoteSigner signer(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Cosignature.signer(name, MlDsa44.SUITE, MlDsa44.SUITE.signingKey(SecretBytes.taking(bytes), counting()));
    }

    private static Entropy counting() {
        int[] next = {0};
        return target -> {
            for (int i = 0; i < target.length; i++) {
                target[i] = (byte) next[0]++;
            }
        };
    }

    private static VerifierKey vectorKey() {
        SecretBytes seed = SecretBytes.taking(HexFormat.of().parseHex(SEED));
        return Cosignature.signer(NAME, MlDsa44.SUITE, MlDsa44.SUITE.signingKey(seed, counting()))
                .key();
    }

    private static Bytes vectorNote() throws IOException {
        try (InputStream in = CosignatureTest.class.getResourceAsStream("mldsa-log.txt")) {
            return Bytes.of(Objects.requireNonNull(in).readAllBytes());
        }
    }
}
