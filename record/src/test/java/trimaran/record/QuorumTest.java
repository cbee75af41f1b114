package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.FOUNDED;
import static trimaran.record.SmallHospital.NOW;
import static trimaran.record.SmallHospital.digest;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Cosignature;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.TreeHead;
import trimaran.ledger.TrustPolicy;

/** When a checkpoint counts: the log and three different parties, under the keys of this epoch and of this hospital. */
class QuorumTest {

    private static final long SECONDS = 1_800_000_000;

    private static final NoteSuite.SigningKey LOG_KEY = key("log");
    private final Registry registry = new Registry(founding("Hôpital d'essai"));
    private final Quorum quorum = Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
    private final Checkpoint checkpoint = new Checkpoint(quorum.origin(), new TreeHead(5, digest("root")));

    QuorumTest() throws MalformedException {}

    @Test
    void threeOfFourPartiesAreAQuorum() throws MalformedException {
        Quorum.Standing standing = quorum.check(note(Party.ACCESS, Party.DATA, Party.WITNESS));
        assertThat(standing.quorum()).isTrue();
        assertThat(standing.cosigners()).containsExactlyInAnyOrder(Party.ACCESS, Party.DATA, Party.WITNESS);
        assertThat(standing.checkpoint()).isEqualTo(checkpoint);
        assertThat(standing.freshSeconds()).isEqualTo(SECONDS);
    }

    /** What a reader knows who has the policy's file and none of this code. */
    @Test
    void thePolicysFileSaysTheSame() throws MalformedException {
        TrustPolicy policy = TrustPolicy.parse(quorum.policyFile(), NoteVerifiers.ML_DSA_44);
        assertThat(policy.evaluate(Note.parse(note(Party.ACCESS, Party.DATA, Party.WITNESS)))
                        .isQuorum())
                .isTrue();
        assertThat(policy.evaluate(Note.parse(note(Party.ACCESS, Party.DATA))).isQuorum())
                .isFalse();
    }

    @Test
    void twoPartiesAreNone() throws MalformedException {
        assertThat(quorum.check(note(Party.ACCESS, Party.DATA)).quorum()).isFalse();
        assertThat(quorum.check(note()).quorum()).isFalse();
    }

    @Test
    void aPartyThatCosignsTwiceCountsOnce() throws MalformedException {
        Note twice = Note.parse(note(Party.ACCESS, Party.DATA))
                .with(cosigner(registry.origin(), Party.ACCESS, key(Party.ACCESS.word()))
                        .sign(checkpoint, SECONDS + 1));
        Quorum.Standing standing = quorum.check(twice.encode());
        assertThat(standing.cosigners()).hasSize(2);
        assertThat(standing.quorum()).isFalse();
    }

    @Test
    void theLogsOwnSignatureIsNoCosignature() throws MalformedException {
        assertThat(quorum.check(note(Party.ACCESS, Party.WITNESS)).cosigners()).doesNotContain(Party.DATA);
    }

    @Test
    void aNoteTheLogDidNotSignIsRefused() {
        NoteSigner impostor = Cosignature.signer(quorum.origin(), MlDsa44.SUITE, key("impostor"));
        Note note = new Note(checkpoint.text(), List.of(impostor.sign(checkpoint, SECONDS)));
        assertThatThrownBy(() -> quorum.check(note.encode())).isInstanceOf(MalformedException.class);
    }

    @Test
    void aCheckpointOfAnotherHospitalIsRefused() {
        Digest other = SignedStatement.id(founding("Another"));
        String origin = Quorum.originOf(other);
        Checkpoint elsewhere = new Checkpoint(origin, checkpoint.head());
        Note note = new Note(
                elsewhere.text(),
                List.of(Cosignature.signer(origin, MlDsa44.SUITE, LOG_KEY).sign(elsewhere, SECONDS)));
        assertThatThrownBy(() -> quorum.check(note.encode())).isInstanceOf(MalformedException.class);
    }

    @Test
    void aSignatureOfAnotherRootRefusesTheWholeNote() throws MalformedException {
        Checkpoint forked = new Checkpoint(quorum.origin(), new TreeHead(5, digest("fork")));
        Note mixed = Note.parse(note(Party.ACCESS, Party.DATA))
                .with(cosigner(registry.origin(), Party.WITNESS, key(Party.WITNESS.word()))
                        .sign(forked, SECONDS));
        assertThatThrownBy(() -> quorum.check(mixed.encode())).isInstanceOf(MalformedException.class);
    }

    @Test
    void aFormerEpochsKeyCosignsNothing() throws MalformedException {
        Bytes before = note(Party.ACCESS, Party.DATA, Party.WITNESS);
        NoteSuite.SigningKey fresh = key("new access");
        PartyKeys old = registry.party(Party.ACCESS);
        registry.apply(
                new Statement.EpochChange(
                        2,
                        Party.ACCESS,
                        new PartyKeys(
                                Party.ACCESS,
                                fresh.publicKey(),
                                Bytes.EMPTY,
                                old.statements(),
                                digest("new line"),
                                old.sealing(),
                                2),
                        NOW),
                NOW);
        Quorum next = Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
        assertThat(next.check(before).quorum()).isFalse();
        assertThat(next.check(before).cosigners()).containsExactlyInAnyOrder(Party.DATA, Party.WITNESS);
        Note again = Note.parse(before)
                .with(cosigner(registry.origin(), Party.ACCESS, fresh).sign(checkpoint, SECONDS));
        assertThat(next.check(again.encode()).quorum()).isTrue();
    }

    @Test
    void aCheckpointOfTheReplacedLogCountsOnlyUnderAQuorumOfTodaysCosigners() throws MalformedException {
        Bytes without = note(Party.ACCESS, Party.APPLICATION);
        Bytes before = note(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
        Bytes withOldData = note(Party.ACCESS, Party.DATA, Party.WITNESS);
        PartyKeys old = registry.party(Party.DATA);
        PartyKeys fresh = new PartyKeys(
                Party.DATA,
                key("new data").publicKey(),
                key("new log").publicKey(),
                old.statements(),
                digest("new line"),
                old.sealing(),
                2);
        registry.apply(new Statement.EpochChange(2, Party.DATA, fresh, NOW), NOW);
        Quorum next = Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
        assertThat(next.check(before).quorum()).isTrue();
        for (Bytes note : List.of(without, withOldData)) {
            assertThatThrownBy(() -> next.check(note)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        Registry bare = new SmallHospital().registry;
        assertThatThrownBy(() -> Quorum.of(bare, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44))
                .isInstanceOf(MalformedException.class);
    }

    private Bytes note(Party... cosigners) {
        NoteSigner log = Cosignature.signer(quorum.origin(), MlDsa44.SUITE, LOG_KEY);
        Note note = new Note(checkpoint.text(), List.of(log.sign(checkpoint, SECONDS)));
        for (Party party : cosigners) {
            note = note.with(
                    cosigner(registry.origin(), party, key(party.word())).sign(checkpoint, SECONDS));
        }
        return note.encode();
    }

    private static NoteSigner cosigner(Digest founding, Party party, NoteSuite.SigningKey key) {
        return Cosignature.signer(Quorum.cosignerName(founding, party), MlDsa44.SUITE, key);
    }

    private static Statement.Founding founding(String hospital) {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            Bytes cosigner = key(party.word()).publicKey();
            PartyKeys stand = SmallHospital.keys(party, 1);
            Bytes log = party == Party.DATA ? LOG_KEY.publicKey() : Bytes.EMPTY;
            parties.add(new PartyKeys(party, cosigner, log, stand.statements(), stand.line(), stand.sealing(), 1));
        }
        return new Statement.Founding(hospital, FOUNDED, parties, List.of(), Policy.DEFAULT, Digest.ZERO);
    }

    private static NoteSuite.SigningKey key(String name) {
        return MlDsa44.SUITE.signingKey(SecretBytes.taking(digest(name).toArray()), target -> {});
    }
}
