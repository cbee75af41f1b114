package trimaran.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.TreeHead;
import trimaran.process.SystemEntropy;
import trimaran.record.JdkVerifier;
import trimaran.record.PartyKeys;
import trimaran.record.Quorum;
import trimaran.record.Signer;

/** A party's own keys: what is on the card is what signs, and a key that is not its own is refused in one line. */
class OwnKeysTest {

    private static final Digest ORIGIN = Digest.sha256(Bytes.ofText("origin"));

    private final SystemEntropy entropy = new SystemEntropy();

    @TempDir
    private Path home;

    @Test
    void theCardNamesTheKeysThatSign() throws IOException, MalformedException {
        Path folder = made(Party.DATA);
        PartyKeys card = card(folder);
        OwnKeys keys = done(OwnKeys.open(Party.DATA, folder, entropy));
        NoteSigner cosigner = done(keys.cosigner(ORIGIN));
        assertThat(cosigner.key().publicKey()).isEqualTo(card.cosigner());
        assertThat(cosigner.key().name()).isEqualTo(Quorum.cosignerName(ORIGIN, Party.DATA));
        NoteSigner log = done(keys.log(ORIGIN));
        assertThat(log.key().publicKey()).isEqualTo(card.log()).isNotEqualTo(card.cosigner());
        assertThat(log.key().name()).isEqualTo(Quorum.originOf(ORIGIN));
        Signer statements = done(keys.statements());
        assertThat(statements.publicKey()).isEqualTo(card.statements());
        assertThat(done(keys.line()).peerId().keyDigest()).isEqualTo(card.line());
        assertThat(done(keys.shares()).present(1).sealing().publicKey().raw()).isEqualTo(card.sealing());
        assertThat(card.party()).isEqualTo(Party.DATA);
        assertThat(card.generation()).isEqualTo(1);
    }

    @Test
    void whatTheKeysSignVerifies() throws IOException, MalformedException {
        Path folder = made(Party.ACCESS);
        OwnKeys keys = done(OwnKeys.open(Party.ACCESS, folder, entropy));
        byte[] message = {1, 2, 3};
        Signer statements = done(keys.statements());
        assertThat(new JdkVerifier().verify(card(folder).statements(), message, statements.sign(message)))
                .isTrue();
        NoteSigner cosigner = done(keys.cosigner(ORIGIN));
        Checkpoint checkpoint = new Checkpoint(Quorum.originOf(ORIGIN), new TreeHead(1, ORIGIN));
        assertThat(NoteVerifiers.ML_DSA_44
                        .cosigner(cosigner.key())
                        .verifies(
                                checkpoint.text(), cosigner.sign(checkpoint, 7).signature()))
                .isTrue();
    }

    @Test
    void onlyDataHasALogKeyAndTheWitnessHoldsNoShares() throws IOException, MalformedException {
        PartyKeys access = card(made(Party.ACCESS));
        assertThat(access.log()).isEqualTo(Bytes.EMPTY);
        PartyKeys witness = card(made(Party.WITNESS));
        assertThat(witness.log()).isEqualTo(Bytes.EMPTY);
        assertThat(witness.sealing()).isEqualTo(Bytes.EMPTY);
        assertThat(witness.statements().key()).isEqualTo(Bytes.EMPTY);
        OwnKeys keys = done(OwnKeys.open(Party.WITNESS, home.resolve("witness"), entropy));
        for (Outcome<?> none : List.of(keys.log(ORIGIN), keys.statements(), keys.shares())) {
            assertKeyFileRefused(none);
        }
    }

    @Test
    void filesAreTheirOwnersAlone() throws IOException {
        Path folder = made(Party.DATA);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("machine.secret"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void keysAreMadeOnce() throws IOException {
        Path folder = made(Party.ACCESS);
        Bytes before = Bytes.wrap(Files.readAllBytes(folder.resolve("card")));
        assertKeyFileRefused(OwnKeys.make(Party.ACCESS, folder, entropy));
        assertThat(Bytes.wrap(Files.readAllBytes(folder.resolve("card")))).isEqualTo(before);
    }

    @Test
    void aKeyOthersMayReadIsRefused() throws IOException {
        Path folder = made(Party.ACCESS);
        Path file = folder.resolve("keys/cosigner.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertKeyFileRefused(done(OwnKeys.open(Party.ACCESS, folder, entropy)).cosigner(ORIGIN));
    }

    @Test
    void aDamagedKeyIsRefused() throws IOException {
        Path folder = made(Party.ACCESS);
        OwnKeys keys = done(OwnKeys.open(Party.ACCESS, folder, entropy));
        for (String name : List.of("line", "cosigner", "statements", "sealing-1")) {
            Path file = folder.resolve("keys/" + name + ".key");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
        for (Outcome<?> none : List.of(keys.line(), keys.cosigner(ORIGIN), keys.statements(), keys.shares())) {
            assertKeyFileRefused(none);
        }
    }

    @Test
    void aKeyOfAnotherPurposeIsRefused() throws IOException {
        Path folder = made(Party.DATA);
        OwnKeys keys = done(OwnKeys.open(Party.DATA, folder, entropy));
        copy(folder.resolve("keys/log.key"), folder.resolve("keys/cosigner.key"));
        assertKeyFileRefused(keys.cosigner(ORIGIN));
        copy(folder.resolve("keys/cosigner.key"), folder.resolve("keys/line.key"));
        assertKeyFileRefused(keys.line());
    }

    @Test
    void anotherMachinesKeyIsRefused() throws IOException {
        Path own = made(Party.ACCESS);
        Path foreign = made(Party.APPLICATION);
        copy(foreign.resolve("keys/statements.key"), own.resolve("keys/statements.key"));
        Refusal refusal = refused(done(OwnKeys.open(Party.ACCESS, own, entropy)).statements());
        assertThat(refusal.code()).isIn(Code.WRONG_PIN, Code.KEY_FILE);
        assertThat(refusal.sentence()).doesNotContain("\n");
    }

    @Test
    void withoutItsMachineSecretNothingOpens() throws IOException {
        Path folder = made(Party.ACCESS);
        Files.delete(folder.resolve("machine.secret"));
        assertKeyFileRefused(OwnKeys.open(Party.ACCESS, folder, entropy));
    }

    @Test
    void aSignerPrintsNothingOfItsKey() throws IOException {
        OwnKeys keys = done(OwnKeys.open(Party.ACCESS, made(Party.ACCESS), entropy));
        assertThat(done(keys.statements()).toString()).isEqualTo("statement signer");
    }

    private Path made(Party party) throws IOException {
        Path folder = home.resolve(party.word());
        assertThat(OwnKeys.make(party, folder, entropy)).isInstanceOf(Outcome.Done.class);
        return folder;
    }

    private static PartyKeys card(Path folder) throws IOException, MalformedException {
        return Reader.whole(Bytes.wrap(Files.readAllBytes(folder.resolve(OwnKeys.CARD))), PartyKeys::read);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private static void assertKeyFileRefused(Outcome<?> outcome) {
        Refusal refusal = refused(outcome);
        assertThat(refusal.code()).isEqualTo(Code.KEY_FILE);
        assertThat(refusal.sentence()).isNotEmpty().doesNotContain("\n");
    }
}
