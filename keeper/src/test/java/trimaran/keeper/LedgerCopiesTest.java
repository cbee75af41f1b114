package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.keeper.LedgerLines.chain;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.LineLimits;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;

class LedgerCopiesTest {

    private final MemoryStore disk = new MemoryStore();
    private final LedgerCopies copies = copies(LedgerLines.SOMEBODY);
    private final List<LedgerLine> lines = chain("data", 6);

    /** Where all tiers speak under this key. */
    private LedgerCopies copies(Digest speaker) {
        return new LedgerCopies(disk, LedgerLines.index(disk), party -> speaker);
    }

    private static void assertRefused(Outcome<Response> outcome, Code code) {
        if (!(outcome instanceof Outcome.Refused<Response>(Refusal refusal))) {
            throw new AssertionError("not refused: " + outcome);
        }
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    void aCopyGrowsAlongItsChainAndSaysHowFarItReaches() {
        assertThat(copies.take(Party.DATA, lines.subList(0, 2)).isDone()).isTrue();
        // The first of these is known already: whoever asks again is not refused.
        assertThat(copies.take(Party.DATA, lines.subList(1, 4)))
                .isEqualTo(Outcome.done(new Response.LedgerKept(4, lines.get(3).chain())));
        assertThat(copies.from(Party.DATA, 1)).isEqualTo(lines.subList(1, 4));
        assertThat(copies(LedgerLines.SOMEBODY).take(Party.DATA, List.of()))
                .isEqualTo(Outcome.done(new Response.LedgerKept(4, lines.get(3).chain())));
        assertThat(copies.take(Party.ACCESS, List.of()))
                .isEqualTo(Outcome.done(new Response.LedgerKept(0, trimaran.kernel.Digest.ZERO)));
    }

    @Test
    void aLineAfterAGapIsNotTaken() {
        assertThat(copies.take(Party.DATA, lines.subList(0, 2)).isDone()).isTrue();
        assertRefused(copies.take(Party.DATA, lines.subList(3, 5)), Code.UNKNOWN_ENTRY);
        LedgerLine beginsAnew = new LedgerLine(
                4,
                lines.get(4).time(),
                LedgerLine.Act.RELEASED,
                LedgerLines.SOMEBODY,
                LedgerLines.SOMEBODY,
                LedgerLines.SOMEBODY,
                trimaran.kernel.Digest.ZERO,
                List.of(),
                trimaran.kernel.Digest.ZERO);
        assertRefused(copies.take(Party.DATA, List.of(beginsAnew)), Code.UNKNOWN_ENTRY);
        assertThat(copies.head(Party.DATA).lines()).isEqualTo(2);
        assertThat(copies.alarms()).isEmpty();
    }

    @Test
    void aTierThatRewritesWhatItSaidIsCountedAndNamed() {
        assertThat(copies.take(Party.DATA, lines.subList(0, 3)).isDone()).isTrue();
        List<LedgerLine> rewritten = chain("others", 5);
        assertRefused(copies.take(Party.DATA, rewritten.subList(1, 2)), Code.EQUIVOCATION);
        assertRefused(copies.take(Party.DATA, rewritten.subList(3, 5)), Code.EQUIVOCATION);
        assertThat(copies.contradictions()).isEqualTo(2);
        assertThat(copies.alarms())
                .containsExactly("the release ledger of data contradicts the copy kept here at line 3");
        assertThat(copies.from(Party.DATA, 0)).isEqualTo(lines.subList(0, 3));
        assertThat(copies.take(Party.DATA, lines.subList(3, 6)).isDone()).isTrue();
        assertThat(copies.alarms()).isEmpty();
        assertThat(copies.contradictions()).isEqualTo(2);
    }

    /** Once, and as the first thing its successor says: whoever has the same key may go on and no more. */
    @Test
    void aSuccessorsFirstLinesMayBeOthersAndNoLaterOnes() {
        List<LedgerLine> successors = LedgerLines.on(lines.subList(0, 2), 50, 5);
        List<LedgerLine> later = LedgerLines.on(lines.subList(0, 2), 90, 5);
        assertThat(copies.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        assertRefused(copies.take(Party.DATA, successors), Code.EQUIVOCATION);
        LedgerCopies after = copies(Digest.sha256(trimaran.kernel.Bytes.ofText("another key")));
        assertThat(after.take(Party.DATA, successors))
                .isEqualTo(Outcome.done(
                        new Response.LedgerKept(7, successors.getLast().chain())));
        assertThat(after.from(Party.DATA, 2)).isEqualTo(successors);
        assertThat(after.aside(Party.DATA, 3)).containsExactly(lines.get(3));
        assertThat(after.aside(Party.DATA, 1)).isEmpty();
        assertRefused(after.take(Party.DATA, later), Code.EQUIVOCATION);
        assertThat(after.from(Party.DATA, 2)).isEqualTo(successors);
    }

    /** What does not follow on a line that is kept is no history of this ledger at all. */
    @Test
    void aSuccessorsLinesFollowOnALineThatIsKept() {
        assertThat(copies.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        LedgerCopies after = copies(Digest.sha256(trimaran.kernel.Bytes.ofText("another key")));
        assertRefused(after.take(Party.DATA, chain("others", 6).subList(2, 6)), Code.EQUIVOCATION);
        assertThat(after.from(Party.DATA, 0)).isEqualTo(lines.subList(0, 4));
    }

    @Test
    void anotherTiersCopyIsAskedForItsLengthAlone() {
        assertThat(copies.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        assertThat(copies.asked(Party.APPLICATION, new Request.CopyLedger(Party.DATA, List.of())))
                .isEqualTo(Outcome.done(new Response.LedgerKept(4, lines.get(3).chain())));
        assertRefused(
                copies.asked(Party.APPLICATION, new Request.CopyLedger(Party.DATA, lines.subList(4, 5))),
                Code.NOT_ALLOWED);
        assertThat(copies.head(Party.DATA).lines()).isEqualTo(4);
    }

    @Test
    void asManyLinesAsAFrameTakesAreSentAtOnce() {
        ReleaseLedger ledger = LedgerLines.ledger(new MemoryStore());
        for (int i = 0; i < MessageLimits.LINES_MAX; i++) {
            LedgerLines.release(ledger, MessageLimits.CELLS_MAX);
        }
        List<LedgerLine> page = ledger.from(0);
        assertThat(page.size()).isBetween(150, MessageLimits.LINES_MAX - 1);
        assertThat(RequestCodec.encode(new Request.CopyLedger(Party.DATA, page)).size())
                .isLessThan(LineLimits.PAYLOAD_MAX_BYTES);
    }
}
