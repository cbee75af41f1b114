package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.line.message.Request;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Verdict;

/** What one tier alone holds goes once both others will not hold it, and not before its author had time to ask them again. */
class HeldAloneTest {

    private static final long LEANING_MILLIS = 600_000;
    private static final long REOPENING_MILLIS = 60_000;

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void grounded() throws MalformedException {
        assertThat(data.serves(10_000)).isTrue();
        for (SealedEntry entry : writing.ground()) {
            assertThat(data.append(entry).place().verdict()).isEqualTo(Verdict.VALID);
        }
    }

    @Test
    void whatOneTierHoldsAloneGoesOnceBothOthersWillNotForGood() throws MalformedException {
        SealedEntry entry = heldAloneThenCut();
        data.other(Party.ACCESS).refusesToHold = Code.CUT;
        data.loops.runMillis(3000);
        assertThat(held()).as("application may hold it yet").isEqualTo(1);
        data.other(Party.APPLICATION).refusesToHold = Code.CUT;
        data.loops.runMillis(3000);
        assertThat(held())
                .as("its author has this tier's word, and a reopening may be on its way")
                .isEqualTo(1);
        data.loops.runMillis(REOPENING_MILLIS);
        assertThat(held()).isZero();
        assertThat(data.append(entry).code()).as("its author hears why").isEqualTo(Code.CUT);
        assertThat(data.copy().position(digest(entry))).isEmpty();
    }

    @Test
    void aRefusalThatPassesIsNoReasonToDropAnything() throws MalformedException {
        heldAloneThenCut();
        data.other(Party.ACCESS).refusesToHold = Code.BUSY;
        data.other(Party.APPLICATION).refusesToHold = Code.UNAVAILABLE;
        data.loops.runMillis(10_000);
        assertThat(held()).isEqualTo(1);
    }

    /** What one has waited for is no reason for the other to begin anew: else it would stay here for good. */
    @Test
    void eachOfTheOthersIsWaitedForAsLongAsItsReasonTakes() throws MalformedException {
        heldAloneThenCut();
        data.other(Party.ACCESS).refusesToHold = Code.CUT;
        data.other(Party.APPLICATION).refusesToHold = Code.SESSION_UNKNOWN;
        data.loops.runMillis(LEANING_MILLIS - 5000);
        assertThat(held()).as("its session may be on its way to application").isEqualTo(1);
        data.loops.runMillis(10_000);
        assertThat(held()).isZero();
    }

    @Test
    void whoAsksAgainFindsItHeldForAsLongAsAtFirst() throws MalformedException {
        SealedEntry entry = heldAloneThenCut();
        bothRefuse();
        data.loops.runMillis(REOPENING_MILLIS - 5000);
        PlacingTier.Reply again = data.line(Writing.STATION).send(new Request.Hold(entry));
        data.loops.runMillis(REOPENING_MILLIS - 5000);
        assertThat(again.only().isDone()).isTrue();
        assertThat(held()).as("its author has just heard that it is held").isEqualTo(1);
        data.loops.runMillis(10_000);
        assertThat(held()).isZero();
    }

    /** A tier that lies gives its author a word and denies it to everybody else: with an honest no beside, the other would let go. */
    @Test
    void whatItsAuthorSaysAnotherHoldsStays() throws MalformedException {
        SealedEntry entry = heldAloneThenCut();
        bothRefuse();
        Held word = writing.held(Party.ACCESS, digest(entry), Writing.START.plusMillis(1));
        PlacingTier.Reply told = data.line(Writing.STATION).send(new Request.TellHeld(word));
        data.loops.runMillis(2 * REOPENING_MILLIS);
        assertThat(told.only().isDone()).isTrue();
        assertThat(data.copy().position(digest(entry)))
                .as("two held it before the cut")
                .isPresent();
        assertThat(data.place(data.copy().position(digest(entry)).getAsLong()).verdict())
                .isEqualTo(Verdict.VALID);
    }

    /** Its author has it held again. */
    @Test
    void whoDoesNotHoldItSaysSo() throws MalformedException {
        SealedEntry entry = heldAloneThenCut();
        bothRefuse();
        data.loops.runMillis(REOPENING_MILLIS + 5000);
        assertThat(held()).isZero();
        Held word = writing.held(Party.ACCESS, digest(entry), Writing.START.plusMillis(1));
        PlacingTier.Reply told = data.line(Writing.STATION).send(new Request.TellHeld(word));
        data.loops.runMillis(1_000);
        assertThat(told.only())
                .isEqualTo(Outcome.refused(Code.NOT_FOUND, "this entry is not held here, or has its place"));
    }

    @Test
    void aWordNobodySignedIsNoReasonToKeepIt() throws MalformedException {
        SealedEntry entry = heldAloneThenCut();
        bothRefuse();
        Held word = writing.held(Party.ACCESS, digest(entry), Writing.START.plusMillis(1));
        data.line(Writing.STATION)
                .send(new Request.TellHeld(
                        new Held(Party.APPLICATION, word.epoch(), word.entry(), word.time(), word.signature())));
        data.loops.runMillis(REOPENING_MILLIS + 5000);
        assertThat(held()).isZero();
        assertThat(data.copy().position(digest(entry))).isEmpty();
    }

    /** Held by data while it was valid, and void before data came to place it. */
    private SealedEntry heldAloneThenCut() throws MalformedException {
        SealedEntry entry = writing.change(1, 1);
        PlacingTier.Reply held = data.line(Writing.STATION).ask(new Request.Hold(entry));
        PlacingTier.Reply cut = data.append(writing.placed(writing.cutBadge()));
        assertThat(held.only().isDone()).isTrue();
        assertThat(cut.place().verdict()).isEqualTo(Verdict.VALID);
        data.loops.runMillis(1000);
        assertThat(data.copy().position(digest(entry)))
                .as("placed before the cut")
                .isEmpty();
        return entry;
    }

    private void bothRefuse() {
        data.other(Party.ACCESS).refusesToHold = Code.CUT;
        data.other(Party.APPLICATION).refusesToHold = Code.CUT;
    }

    private int held() {
        return data.keeper().heldEntries().size();
    }

    private static Digest digest(SealedEntry entry) throws MalformedException {
        return Reader.whole(entry.header().inline().orElseThrow(), Header::read).digest();
    }
}
