package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.TreeHead;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** A tier signs the tree it holds, and knows a quorum's note when it sees one. */
class CosignerTest {

    private static final long SECONDS = KeptTier.START.millis() / 1000;

    private final KeptTier access = new KeptTier();
    private final Cosigner cosigner = access.cosigner;

    @BeforeEach
    void three() {
        access.place(access.grant(), KeptTier.START);
        access.place(access.grant(), KeptTier.START);
        assertThat(access.copy.size()).isEqualTo(3);
    }

    private Bytes quorum(long size, long seconds) {
        return access.note(cosigner.checkpoint(size), seconds, Party.ACCESS, Party.DATA, Party.WITNESS);
    }

    private Checkpoint other(long size) {
        return new Checkpoint(
                cosigner.checkpoint(1).origin(), new TreeHead(size, KeptTier.digest("another tree of " + size)));
    }

    private static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }

    @Test
    void itSignsWhatItHolds() {
        assertThat(cosigner.cosign(cosigner.checkpoint(2)).isDone()).isTrue();
        assertThat(cosigner.cosign(cosigner.checkpoint(3)).isDone()).isTrue();
    }

    @Test
    void itSignsNothingItDoesNotHold() {
        assertThat(code(cosigner.cosign(other(4)))).isEqualTo(Code.NOT_HELD);
    }

    @Test
    void itSignsNoOtherTree() {
        assertThat(code(cosigner.cosign(other(3)))).isEqualTo(Code.EQUIVOCATION);
        assertThat(code(cosigner.cosign(other(2)))).isEqualTo(Code.EQUIVOCATION);
        Checkpoint foreign =
                new Checkpoint("another log", cosigner.checkpoint(3).head());
        assertThat(code(cosigner.cosign(foreign))).isEqualTo(Code.EQUIVOCATION);
    }

    @Test
    void itGoesNotBackBehindAQuorumItSigned() {
        assertThat(cosigner.cosign(cosigner.checkpoint(3)).isDone()).isTrue();
        assertThat(cosigner.cosign(cosigner.checkpoint(2)).isDone())
                .as("it is the same tree, and no quorum is larger yet")
                .isTrue();
        cosigner.learn(quorum(3, SECONDS));
        assertThat(code(cosigner.cosign(cosigner.checkpoint(2)))).isEqualTo(Code.STALE);
        assertThat(cosigner.cosign(cosigner.checkpoint(3)).isDone()).isTrue();
    }

    @Test
    void threeOfFourAreAQuorumAndTwoAreNot() {
        Bytes two = access.note(cosigner.checkpoint(3), SECONDS, Party.ACCESS, Party.DATA);
        assertThat(cosigner.learn(two)).isFalse();
        assertThat(cosigner.noteSize()).isZero();
        assertThat(cosigner.learn(quorum(3, SECONDS))).isTrue();
        assertThat(cosigner.noteSize()).isEqualTo(3);
        assertThat(cosigner.coveredSize()).isEqualTo(3);
    }

    @Test
    void aLargerFresherOrFullerNoteIsNewsAndNoOtherIs() {
        assertThat(cosigner.learn(quorum(2, SECONDS))).isTrue();
        assertThat(cosigner.learn(quorum(2, SECONDS))).isFalse();
        assertThat(cosigner.learn(quorum(2, SECONDS - 1))).isFalse();
        assertThat(cosigner.learn(quorum(2, SECONDS + 1))).isTrue();
        assertThat(cosigner.learn(access.note(cosigner.checkpoint(2), SECONDS + 1, Party.values())))
                .isTrue();
        assertThat(cosigner.learn(quorum(3, SECONDS - 5))).isTrue();
        assertThat(cosigner.learn(quorum(2, SECONDS + 9))).isFalse();
    }

    @Test
    void aQuorumsOtherTreeCoversNothingHere() {
        assertThat(cosigner.learn(access.note(other(3), SECONDS, Party.ACCESS, Party.DATA, Party.WITNESS)))
                .isTrue();
        assertThat(cosigner.coveredSize()).isZero();
    }

    /** What stands beyond is known to nobody but whom data told: what counts on sight is passed on. */
    @Test
    void fromTheLogEverybodyLearnsWhatAQuorumSigned() {
        assertThat(cosigner.learntSize()).isEqualTo(1);
        cosigner.learn(quorum(2, SECONDS));
        assertThat(cosigner.learntSize()).isEqualTo(2);
        assertThat(cosigner.learn(access.note(other(9), SECONDS, Party.ACCESS, Party.DATA, Party.WITNESS)))
                .isTrue();
        assertThat(cosigner.learntSize()).as("it lags behind").isEqualTo(access.copy.size());
    }

    @Test
    void theNoteKeptIsKnownAfterAStart() {
        cosigner.learn(quorum(3, SECONDS));
        cosigner.keepNote();
        Cosigner again = new Cosigner(access.setting, access.copy, access.membership);
        assertThat(again.note()).contains(quorum(3, SECONDS));
        assertThat(again.noteSize()).isEqualTo(3);
    }

    /** Data was replaced: under the keys of today the note has no quorum, and a new data asks who signed it. */
    @Test
    void aNoteOfAQuorumThatIsNoneAnyMoreIsShownStillAfterAStart() {
        Bytes three = access.note(cosigner.checkpoint(3), SECONDS, Party.ACCESS, Party.APPLICATION, Party.DATA);
        cosigner.learn(three);
        cosigner.keepNote();
        PartyKeys next = access.keys(Party.DATA, 2);
        PartyKeys keys = new PartyKeys(
                Party.DATA,
                KeptTier.noteKey("data in epoch 2").publicKey(),
                next.log(),
                next.statements(),
                next.line(),
                next.sealing(),
                next.generation());
        SignedStatement change = access.signed(new Statement.EpochChange(2, Party.DATA, keys, KeptTier.START), 2);
        assertThat(access.membership.accept(change.encode())).isEqualTo(Outcome.done(true));
        Cosigner again = new Cosigner(access.setting, access.copy, access.membership);
        assertThat(again.note()).isEmpty();
        assertThat(again.highest()).isEqualTo(three);
        assertThat(again.surviving(again.highest()))
                .contains(cosigner.checkpoint(3).head());
    }

    @Test
    void twoOfTheOthersSignedWhatSurvivesOfAReplacedData() {
        assertThat(survives(Party.ACCESS, Party.APPLICATION)).isTrue();
        assertThat(survives(Party.WITNESS, Party.APPLICATION)).isTrue();
        assertThat(survives(Party.WITNESS)).isFalse();
        assertThat(survives(Party.APPLICATION)).isFalse();
    }

    private boolean survives(Party... signers) {
        return cosigner.surviving(access.note(cosigner.checkpoint(3), SECONDS, signers))
                .isPresent();
    }
}
