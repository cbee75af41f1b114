package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;

class KeyFileTest {

    private static final int FEW = KeyFile.MACHINE_ITERATIONS;
    private static final SystemEntropy ENTROPY = new SystemEntropy();

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-44", "EC", "X25519"})
    void aPairComesBackAndSignsAsBefore(String kind) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(kind).generateKeyPair();
        Path file = folder.resolve("key");
        assertThat(KeyFile.write(file, "session", keys, password(), FEW, ENTROPY)
                        .isDone())
                .isTrue();
        KeyPair read = value(KeyFile.read(file, "session", password()));
        assertThat(read.getPublic()).isEqualTo(keys.getPublic());
        assertThat(read.getPrivate().getEncoded()).isEqualTo(keys.getPrivate().getEncoded());
    }

    @Test
    void aKeyReadFromItsFileVerifiesAgainstTheOldPublicKey() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        KeyPair read = value(KeyFile.read(write(keys), "session", password()));
        Signature signing = Signature.getInstance("ML-DSA-44");
        signing.initSign(read.getPrivate());
        signing.update(new byte[] {1});
        byte[] signed = signing.sign();
        signing.initVerify(keys.getPublic());
        signing.update(new byte[] {1});
        assertThat(signing.verify(signed)).isTrue();
    }

    @Test
    void aPlainSecretComesBack() {
        SecretBytes secret = SecretBytes.random(ENTROPY, 32);
        Path file = folder.resolve("secret");
        assertThat(KeyFile.writeSecret(file, "file key", secret, password(), FEW, ENTROPY)
                        .isDone())
                .isTrue();
        assertThat(value(KeyFile.readSecret(file, "file key", password()))).isEqualTo(secret);
        assertThat(refusal(KeyFile.read(file, "file key", password())).code()).isEqualTo(Code.KEY_FILE);
    }

    @Test
    void theFileIsItsOwnersAloneAndDoesNotHoldTheKeyInTheClear() throws Exception {
        KeyPair keys = pair();
        Path file = write(keys);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] encoded = Objects.requireNonNull(keys.getPrivate().getEncoded());
        String secret = new String(encoded, StandardCharsets.ISO_8859_1);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret.substring(secret.length() - 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
    void aFileOthersCouldUseIsRefused(String mode) throws Exception {
        Path file = write(pair());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Refusal refusal = refusal(KeyFile.read(file, "session", password()));
        assertThat(refusal.code()).isEqualTo(Code.KEY_FILE);
        assertThat(refusal.sentence()).contains("0600");
    }

    @Test
    void aWrongPasswordIsAWrongPin() throws Exception {
        Path file = write(pair());
        for (String wrong : new String[] {"", "a", "correct hors", "correct horse "}) {
            assertThat(refusal(KeyFile.read(file, "session", wrong.toCharArray()))
                            .code())
                    .isEqualTo(Code.WRONG_PIN);
        }
    }

    @Test
    void anotherPurposeIsRefusedAndCannotBeWrittenIntoTheFile() throws Exception {
        Path file = write(pair());
        assertThat(refusal(KeyFile.read(file, "lession", password())).code()).isEqualTo(Code.KEY_FILE);
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("session");
        bytes[at] = 'l';
        Files.write(file, withDigest(bytes));
        // The digest was made to fit, so only the seal can tell.
        assertThat(KeyFile.read(file, "lession", password()).isDone()).isFalse();
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsAKeyFileRefusal() throws Exception {
        Path file = write(pair());
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertRefused(file, changed);
        }
        for (int size = 0; size < whole.length; size++) {
            assertRefused(file, Arrays.copyOf(whole, size));
        }
        assertRefused(file, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(file, "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertRefused(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        assertThat(refusal(KeyFile.read(file, "session", password())).code()).isEqualTo(Code.KEY_FILE);
    }

    @Test
    void aMissingFileAFolderALinkAndATooLargeFileAreRefused() throws Exception {
        Path file = write(pair());
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path large = folder.resolve("large");
        Files.write(large, new byte[KeyFile.FILE_MAX + 1]);
        Files.setPosixFilePermissions(large, PosixFilePermissions.fromString("rw-------"));
        for (Path wrong : new Path[] {folder.resolve("absent"), folder, link, large}) {
            assertThat(refusal(KeyFile.read(wrong, "session", password())).code())
                    .isEqualTo(Code.KEY_FILE);
        }
    }

    @Test
    void aFileIsNeverOverwritten() throws Exception {
        Path file = write(pair());
        byte[] before = Files.readAllBytes(file);
        assertThat(refusal(KeyFile.write(file, "session", pair(), password(), FEW, ENTROPY))
                        .code())
                .isEqualTo(Code.KEY_FILE);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aChangedPasswordOpensTheSameKeyAndTheOldOneNoLonger() throws Exception {
        KeyPair keys = pair();
        Path file = write(keys);
        char[] fresh = "a new one".toCharArray();
        assertThat(KeyFile.changePassword(file, "session", fresh, fresh, FEW, ENTROPY)
                        .isDone())
                .isFalse();
        assertThat(KeyFile.changePassword(file, "session", password(), fresh, FEW, ENTROPY)
                        .isDone())
                .isTrue();
        assertThat(value(KeyFile.read(file, "session", fresh)).getPublic()).isEqualTo(keys.getPublic());
        assertThat(refusal(KeyFile.read(file, "session", password())).code()).isEqualTo(Code.WRONG_PIN);
    }

    @Test
    void limitsOfIterationsPurposeAndPasswordHold() throws Exception {
        KeyPair keys = pair();
        Path file = folder.resolve("never");
        String longest = "p".repeat(KeyFile.PURPOSE_MAX);
        for (int iterations : new int[] {FEW - 1, KeyFile.ITERATIONS_MAX + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyFile.write(file, "p", keys, password(), iterations, ENTROPY));
        }
        for (String purpose : new String[] {"", longest + "p"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyFile.write(file, purpose, keys, password(), FEW, ENTROPY));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFile.write(file, "p", keys, new char[0], FEW, ENTROPY));
        SecretBytes tooLarge = SecretBytes.random(ENTROPY, KeyFile.FILE_MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFile.writeSecret(file, "p", tooLarge, password(), FEW, ENTROPY));
        assertThat(file).doesNotExist();
        assertThat(KeyFile.write(file, longest, keys, password(), FEW, ENTROPY).isDone())
                .isTrue();
        assertThat(KeyFile.read(file, longest, password()).isDone()).isTrue();
    }

    @Test
    void aBadgeIsStretchedAtLeastAsOftenAsTheHouseAsksAndOpensWithinASecondOrTwo() throws Exception {
        assertThat(KeyFile.BADGE_ITERATIONS).isGreaterThanOrEqualTo(210_000);
        Path file = folder.resolve("badge");
        KeyFile.write(file, "badge", pair(), password(), KeyFile.BADGE_ITERATIONS, ENTROPY);
        long started = System.nanoTime();
        assertThat(KeyFile.read(file, "badge", password()).isDone()).isTrue();
        System.out.println("FIGURE badge opened in " + (System.nanoTime() - started) / 1_000_000 + " ms");
    }

    @Test
    void aMachineSecretOpensTheKeyFilesBesideItAfterARestart() throws Exception {
        Path file = folder.resolve("machine");
        MachineSecret made = value(MachineSecret.create(file, ENTROPY));
        KeyPair keys = pair();
        KeyFile.write(folder.resolve("key"), "line", keys, made.password(), FEW, ENTROPY);
        char[] again = value(MachineSecret.read(file)).password();
        assertThat(value(KeyFile.read(folder.resolve("key"), "line", again)).getPublic())
                .isEqualTo(keys.getPublic());
        assertThat(refusal(MachineSecret.create(file, ENTROPY)).code()).isEqualTo(Code.KEY_FILE);
    }

    /** On another volume, so that who takes this one has the key files alone. */
    @Test
    void aMachineSecretMayLieElsewhere() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("volume")).resolve("secret");
        MachineSecret made = value(MachineSecret.create(elsewhere, ENTROPY));
        Path file = Files.createSymbolicLink(folder.resolve("machine"), elsewhere);
        assertThat(value(MachineSecret.read(file)).password()).isEqualTo(made.password());
        assertThat(refusal(MachineSecret.create(file, ENTROPY)).sentence()).contains("is there already");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(refusal(MachineSecret.read(file)).sentence()).contains("set its mode to 0600");
        Files.delete(elsewhere);
        assertThat(refusal(MachineSecret.read(file)).sentence()).contains("bring in the volume it lies on");
    }

    @Test
    void aDamagedForeignMissingOrOpenMachineSecretIsRefused() throws Exception {
        Path file = folder.resolve("machine");
        assertThat(refusal(MachineSecret.read(file)).code()).isEqualTo(Code.KEY_FILE);
        value(MachineSecret.create(file, ENTROPY));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThat(refusal(MachineSecret.read(file)).code()).isEqualTo(Code.KEY_FILE);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThat(refusal(MachineSecret.read(file)).sentence()).contains("larger than");
        Files.write(file, whole);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(refusal(MachineSecret.read(file)).code()).isEqualTo(Code.KEY_FILE);
    }

    private Path write(KeyPair keys) {
        return value(KeyFile.write(folder.resolve("key"), "session", keys, password(), FEW, ENTROPY));
    }

    private static byte[] withDigest(byte[] bytes) {
        byte[] body = Arrays.copyOf(bytes, bytes.length - Digest.SIZE);
        byte[] result = bytes.clone();
        System.arraycopy(Digest.sha256(body).toArray(), 0, result, body.length, Digest.SIZE);
        return result;
    }

    private static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("EC").generateKeyPair();
    }

    private static char[] password() {
        return "correct horse".toCharArray();
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> throw new AssertionError("not refused");
            case Outcome.Refused<?>(Refusal refusal) -> refusal;
        };
    }
}
