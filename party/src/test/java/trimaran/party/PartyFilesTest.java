package trimaran.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.Route;
import trimaran.line.message.Ground.Trait;
import trimaran.process.FileDisk;
import trimaran.record.JdkKeys;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.PublicKey;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** What a party was given with its folder: configuration, founding, membership statements. */
class PartyFilesTest {

    private static final String WHOLE = """
        # where the parties are
        listen = 127.0.0.1:7001
        access = 127.0.0.1:7001
        application = 127.0.0.1:7002
        data = [::1]:7003
        witness = 127.0.0.1:7004
        """;

    @TempDir
    private Path folder;

    @Test
    void aConfigurationSaysWhereItListensAndWhereTheOthersAre() throws IOException {
        Outcome<PartyConfiguration> read = configuration(WHOLE);
        assertThat(read).isInstanceOf(Outcome.Done.class);
        PartyConfiguration conf = ((Outcome.Done<PartyConfiguration>) read).value();
        assertThat(conf.listen()).isEqualTo(new Address("127.0.0.1", 7001));
        assertThat(conf.routes()).containsOnlyKeys(Party.APPLICATION, Party.DATA, Party.WITNESS);
        assertThat(conf.routes()).containsEntry(Party.APPLICATION, new Route.Direct(new Address("127.0.0.1", 7002)));
    }

    @Test
    void whatNoMachineShowsIsReadWhereItIsWrittenDown() throws IOException {
        Outcome<PartyConfiguration> read = configuration(WHOLE + "ground.storage = baie 2\nground.host = esx-7\n");
        assertThat(((Outcome.Done<PartyConfiguration>) read).value().ground())
                .isEqualTo(Map.of(Trait.STORAGE, "baie 2", Trait.HOST, "esx-7"));
        // What the machine shows nobody may write over.
        assertUsage(configuration(WHOLE + "ground.machine = mine\n"), PartyConfiguration.FILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"liste = 127.0.0.1:1", "Access = 127.0.0.1:1", "relay = 127.0.0.1:1", "listen = 127.0.0.1:2"})
    void aKeyThatIsUnknownOrThereTwiceRefusesTheStart(String line) throws IOException {
        assertUsage(configuration(WHOLE + line + "\n"), PartyConfiguration.FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listen", "access", "witness"})
    void aKeyThatIsMissingRefusesTheStart(String key) throws IOException {
        assertUsage(configuration(WHOLE.replaceAll("(?m)^" + key + " = .*\n", "")), key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", ":7001", "127.0.0.1:x"})
    void anAddressThatIsNoneRefusesTheStart(String address) throws IOException {
        assertUsage(configuration(WHOLE.replace("127.0.0.1:7002", address)), PartyConfiguration.FILE);
    }

    @Test
    void aConfigurationThatIsNotThereRefusesTheStart() {
        assertThat(refused(PartyConfiguration.read(folder, Party.ACCESS)).sentence())
                .doesNotContain("\n");
    }

    @Test
    void aFoundingThreeOfItsOfficersSignedIsRead() {
        List<Signer> officers = List.of(officer(), officer(), officer());
        SignedStatement founding = founding(officers, officers);
        FileDisk.in(folder).replace(FoundingFile.NAME, founding.encode());
        assertThat(FoundingFile.read(folder)).isEqualTo(Outcome.done(founding));
    }

    @Test
    void aFoundingOfTwoOfficersIsRefused() {
        List<Signer> officers = List.of(officer(), officer(), officer());
        FileDisk.in(folder)
                .replace(
                        FoundingFile.NAME,
                        founding(officers, List.of(officers.get(0), officers.get(1), officers.get(1)))
                                .encode());
        assertThat(refused(FoundingFile.read(folder)).code()).isEqualTo(Code.OFFICERS_MISSING);
    }

    @Test
    void aFoundingThatIsMissingOrDamagedIsRefusedInOneLine() {
        List<Refusal> refusals = new ArrayList<>();
        refusals.add(refused(FoundingFile.read(folder)));
        List<Signer> officers = List.of(officer(), officer(), officer());
        Bytes good = founding(officers, officers).encode();
        for (int size : new int[] {0, 10, good.size() - 1}) {
            FileDisk.in(folder).replace(FoundingFile.NAME, Bytes.ofRange(good.unsafeArray(), 0, size));
            refusals.add(refused(FoundingFile.read(folder)));
        }
        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.HOME_DAMAGED);
            assertThat(refusal.sentence()).doesNotContain("\n");
        });
    }

    @Test
    void oneChangedBitInAFoundingIsRefused() {
        List<Signer> officers = List.of(officer(), officer(), officer());
        byte[] bytes = founding(officers, officers).encode().toArray();
        bytes[20] ^= 1;
        FileDisk.in(folder).replace(FoundingFile.NAME, Bytes.of(bytes));
        assertThat(FoundingFile.read(folder)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aStatementThatIsNoFoundingIsRefused() {
        Signer officer = officer();
        SignedStatement other = SignedStatement.signed(
                Digest.ZERO,
                new Statement.Revocation(Digest.ZERO, RecordTime.ZERO),
                List.of(officer, officer, officer));
        FileDisk.in(folder).replace(FoundingFile.NAME, other.encode());
        assertThat(refused(FoundingFile.read(folder)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void membershipStatementsAreReadOldestFirstAndTheFoldersOwnLast() {
        FileDisk disk = FileDisk.in(folder);
        assertThat(EpochFiles.read(folder)).isEmpty();
        disk.replace("epoch", Bytes.ofText("own"));
        disk.replace("epoch-3", Bytes.ofText("third"));
        disk.replace("epoch-2", Bytes.ofText("second"));
        disk.replace("epoch-5", Bytes.ofText("behind a gap"));
        assertThat(EpochFiles.read(folder))
                .containsExactly(Bytes.ofText("second"), Bytes.ofText("third"), Bytes.ofText("own"));
    }

    @Test
    void whatMadeOfficersIsReadOldestFirst() {
        FileDisk disk = FileDisk.in(folder);
        assertThat(EpochFiles.officers(folder)).isEmpty();
        assertThat(EpochFiles.own(folder)).isEmpty();
        disk.replace("officer-2", Bytes.ofText("second"));
        disk.replace("officer-1", Bytes.ofText("first"));
        disk.replace("officer-4", Bytes.ofText("behind a gap"));
        disk.replace("epoch", Bytes.ofText("own"));
        assertThat(EpochFiles.officers(folder)).containsExactly(Bytes.ofText("first"), Bytes.ofText("second"));
        assertThat(EpochFiles.own(folder)).contains(Bytes.ofText("own"));
    }

    private Outcome<PartyConfiguration> configuration(String text) throws IOException {
        Files.writeString(folder.resolve(PartyConfiguration.FILE), text);
        return PartyConfiguration.read(folder, Party.ACCESS);
    }

    private static SignedStatement founding(List<Signer> officers, List<Signer> signers) {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            PublicKey statements = new PublicKey(Suite.ML_DSA_44, Bytes.EMPTY);
            parties.add(new PartyKeys(party, Bytes.EMPTY, Bytes.EMPTY, statements, Digest.ZERO, Bytes.EMPTY, 1));
        }
        Statement founding = new Statement.Founding(
                "Hôpital d'essai",
                new RecordTime(1),
                parties,
                officers.stream().map(Signer::publicKey).toList(),
                Policy.DEFAULT,
                Digest.ZERO);
        return SignedStatement.signed(Digest.ZERO, founding, signers);
    }

    private static Signer officer() {
        return JdkKeys.generate(Suite.P256, new SecureRandom()).signer();
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private static void assertUsage(Outcome<?> outcome, String key) {
        Refusal refusal = refused(outcome);
        assertThat(refusal.code()).isEqualTo(Code.USAGE);
        assertThat(refusal.sentence()).contains(key).doesNotContain("\n");
    }
}
