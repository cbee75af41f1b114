package trimaran.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;

/** What one party with all its keys in the attacker's hands can try on those who verify: each attempt must show. */
class MaliciousPartyTest {

    private static final String ORIGIN = "hospital.example/record/0123456789abcdef";
    private static final long NOW = 1_790_000_000;

    private final Trees.Tree tree = Trees.ofCommitments(300, "honest");
    private final Map<Party, NoteSigner> cosigners = new EnumMap<>(Party.class);
    private final NoteSigner log = signer(ORIGIN, 9);
    private final Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.head(200));
    private TrustPolicy policy = emptyPolicy();

    @BeforeEach
    void found() throws MalformedException {
        Map<Party, VerifierKey> keys = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            NoteSigner signer = signer("hospital.example/" + party.word(), party.ordinal());
            cosigners.put(party, signer);
            keys.put(party, signer.key());
        }
        policy = TrustPolicy.ofParties(log.key(), keys, NoteVerifiers.ML_DSA_44);
    }

    @Test
    void threeOfFourCountAndTwoDoNot() throws MalformedException {
        Note two = signed(checkpoint, Party.DATA, Party.ACCESS);
        Note three = two.with(cosigner(Party.WITNESS).sign(checkpoint, NOW + 3));

        assertThat(policy.evaluate(two).isQuorum()).isFalse();
        assertThat(policy.evaluate(two).freshSeconds()).isEmpty();
        assertThat(policy.evaluate(three).isQuorum()).isTrue();
        assertThat(policy.evaluate(three).checkpoint()).isEqualTo(checkpoint);
        assertThat(policy.evaluate(three).cosigned()).isEqualTo(Map.of("data", NOW, "access", NOW, "witness", NOW + 3));
    }

    @Test
    void aCosignatureCountsOnceHoweverOftenItStands() throws MalformedException {
        Note note = signed(checkpoint, Party.DATA);
        List<NoteSignature> lines = new ArrayList<>(note.signatures());
        for (int i = 0; i < 5; i++) {
            lines.add(cosigner(Party.DATA).sign(checkpoint, NOW + i));
        }
        lines.add(note.signatures().getFirst());
        lines.add(log.sign(checkpoint, NOW + 9));
        TrustPolicy.Verdict verdict = policy.evaluate(new Note(note.text(), lines));

        assertThat(verdict.isQuorum()).isFalse();
        assertThat(verdict.cosigned()).isEqualTo(Map.of("data", NOW + 4));
    }

    @Test
    void theLogsSignatureIsNeededAndIsNoVote() throws MalformedException {
        Note logged = new Note(checkpoint.text(), List.of(log.sign(checkpoint, NOW)));
        assertThat(policy.evaluate(logged).cosigned()).isEmpty();

        List<NoteSignature> all = cosigners.values().stream()
                .map(each -> each.sign(checkpoint, NOW))
                .toList();
        Note unlogged = new Note(checkpoint.text(), all);
        assertThatThrownBy(() -> policy.evaluate(unlogged)).hasMessageContaining("not signed by a log");
    }

    @Test
    void oneCosignersFutureTimeDoesNotMakeACheckpointFresh() throws MalformedException {
        Note note = signed(checkpoint, Party.ACCESS, Party.APPLICATION)
                .with(cosigner(Party.DATA).sign(checkpoint, Long.MAX_VALUE));
        assertThat(policy.evaluate(note).freshSeconds()).hasValue(NOW);
        assertThat(policy.evaluate(note.with(cosigner(Party.ACCESS).sign(checkpoint, NOW + 7)))
                        .freshSeconds())
                .hasValue(NOW);
        assertThat(policy.evaluate(note.with(cosigner(Party.WITNESS).sign(checkpoint, NOW + 7))
                                .with(cosigner(Party.ACCESS).sign(checkpoint, NOW + 8)))
                        .freshSeconds())
                .hasValue(NOW + 7);
    }

    @Test
    void aForeignOriginIsRefused() {
        Checkpoint foreign = new Checkpoint("elsewhere.example/record", checkpoint.head());
        Note theirs = signed(foreign, Party.values());
        assertThatThrownBy(() -> policy.evaluate(theirs)).hasMessageContaining("not signed by a log");

        NoteSigner theirLog = signer(foreign.origin(), 20);
        Note ownLog = theirs.with(theirLog.sign(foreign, NOW));
        assertThatThrownBy(() -> policy.evaluate(ownLog)).hasMessageContaining("not signed by a log");
    }

    @Test
    void aReplacedKeyIsUnknownAndDoesNotCount() throws MalformedException {
        NoteSigner impostor = signer("hospital.example/witness", 21);
        Note note = signed(checkpoint, Party.DATA, Party.ACCESS).with(impostor.sign(checkpoint, NOW));

        assertThat(policy.evaluate(note).isQuorum()).isFalse();
        assertThat(policy.evaluate(note).cosigned()).doesNotContainKey("witness");
    }

    @Test
    void aSignatureRelabelledAsAnotherPartysRejectsTheNote() {
        NoteSignature byData = cosigner(Party.DATA).sign(checkpoint, NOW);
        VerifierKey witness = cosigner(Party.WITNESS).key();
        NoteSignature relabelled = new NoteSignature(witness.name(), witness.id(), byData.signature());
        Note note = signed(checkpoint, Party.DATA, Party.ACCESS).with(relabelled);

        assertThatThrownBy(() -> policy.evaluate(note)).hasMessageContaining("does not verify");
    }

    @Test
    void signaturesMovedToAnotherCheckpointRejectTheNote() {
        Note honest = signed(checkpoint, Party.values());
        for (Checkpoint other : List.of(
                new Checkpoint(ORIGIN, tree.head(199)),
                new Checkpoint(ORIGIN, new TreeHead(201, checkpoint.root())),
                new Checkpoint(ORIGIN, checkpoint.head(), List.of("smuggled")))) {
            assertThatThrownBy(() -> policy.evaluate(new Note(other.text(), honest.signatures())))
                    .hasMessageContaining("does not verify");
        }
    }

    @Test
    void aRolledBackTreeIsNotCosignedAgain() {
        TreeHead known = tree.head(200);
        assertThat(Succession.of(known, tree.head(150), ConsistencyProof.of(tree, 150, 200)))
                .isEqualTo(Succession.SMALLER);
        assertThat(Succession.of(known, TreeHead.EMPTY, new ConsistencyProof(0, 200, List.of())))
                .isEqualTo(Succession.SMALLER);
    }

    @Test
    void twoContentsForOneIndexAreNotCosigned() {
        List<Bytes> entries = new ArrayList<>(tree.entries);
        entries.set(120, Bytes.of(new byte[32]));
        Trees.Tree fork = new Trees.Tree(entries);
        TreeHead known = tree.head(200);

        assertThat(Succession.of(known, fork.head(200), ConsistencyProof.of(fork, 200, 200)))
                .isEqualTo(Succession.FORKED);
        assertThat(Succession.of(known, fork.head(260), ConsistencyProof.of(fork, 200, 260)))
                .isEqualTo(Succession.UNPROVEN);
        assertThat(Succession.of(known, fork.head(260), ConsistencyProof.of(tree, 200, 260)))
                .isEqualTo(Succession.UNPROVEN);
    }

    @Test
    void aProofFromAnOlderHeadThanTheKnownOneDoesNotCount() {
        TreeHead known = tree.head(200);
        assertThat(Succession.of(known, tree.head(260), ConsistencyProof.of(tree, 199, 260)))
                .isEqualTo(Succession.UNPROVEN);
        assertThat(Succession.of(known, tree.head(260), new ConsistencyProof(0, 260, List.of())))
                .isEqualTo(Succession.UNPROVEN);
        assertThat(Succession.of(known, tree.head(260), ConsistencyProof.of(tree, 200, 260)))
                .isEqualTo(Succession.EXTENDS);
        assertThat(Succession.of(known, known, new ConsistencyProof(200, 200, List.of())))
                .isEqualTo(Succession.SAME);
        assertThat(Succession.of(TreeHead.EMPTY, known, ConsistencyProof.of(tree, 0, 200)))
                .isEqualTo(Succession.EXTENDS);
        for (Succession each : Succession.values()) {
            assertThat(each.mayBeCosigned()).isEqualTo(each == Succession.SAME || each == Succession.EXTENDS);
        }
    }

    @Test
    void aProofForAnotherLeafProvesNothing() {
        InclusionProof proof = InclusionProof.of(tree, 120, 200);
        assertThat(proof.proves(tree.leaves.get(120), checkpoint.head())).isTrue();
        assertThat(proof.proves(tree.leaves.get(121), checkpoint.head())).isFalse();
        assertThat(proof.proves(Merkle.leaf(tree.entries.get(121)), checkpoint.head()))
                .isFalse();
        // An inner node offered as a leaf, with a proof short of the levels below it.
        InclusionProof above =
                new InclusionProof(60, 100, proof.path().subList(1, proof.path().size()));
        assertThat(above.proves(tree.hash(new Node(1, 60)), checkpoint.head())).isFalse();
    }

    private Note signed(Checkpoint signed, Party... parties) {
        Note note = new Note(signed.text(), List.of(log.sign(new Checkpoint(signed.origin(), signed.head()), NOW)));
        for (Party party : parties) {
            note = note.with(cosigner(party).sign(signed, NOW));
        }
        return note;
    }

    private NoteSigner cosigner(Party party) {
        NoteSigner signer = cosigners.get(party);
        if (signer == null) {
            throw new AssertionError("no signer of " + party);
        }
        return signer;
    }

    private static NoteSigner signer(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) (seed + 1);
        return Cosignature.signer(
                name, MlDsa44.SUITE, MlDsa44.SUITE.signingKey(SecretBytes.taking(bytes), target -> {}));
    }

    private static TrustPolicy emptyPolicy() {
        return new TrustPolicy(List.of(), List.of(), List.of(), TrustPolicy.NONE);
    }
}
