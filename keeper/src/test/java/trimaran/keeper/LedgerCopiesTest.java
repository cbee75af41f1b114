package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.keeper.LedgerLines.chain;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Code;
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
    private final LedgerCopies copies = new LedgerCopies(disk, LedgerLines.index(disk));
    private final List<LedgerLine> lines = chain("data", 6);

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
        assertThat(new LedgerCopies(disk, LedgerLines.index(disk)).take(Party.DATA, List.of()))
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
