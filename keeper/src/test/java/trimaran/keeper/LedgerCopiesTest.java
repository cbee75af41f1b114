package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.keeper.LedgerLines.chain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
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

    private static final Digest ANOTHER = Digest.sha256(Bytes.ofText("another key"));

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
                .isEqualTo(Outcome.done(new Response.LedgerKept(0, Digest.ZERO)));
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
                Digest.ZERO,
                List.of(),
                Digest.ZERO);
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
        LedgerCopies after = copies(ANOTHER);
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
        LedgerCopies after = copies(ANOTHER);
        assertRefused(after.take(Party.DATA, chain("others", 6).subList(2, 6)), Code.EQUIVOCATION);
        assertThat(after.from(Party.DATA, 0)).isEqualTo(lines.subList(0, 4));
    }

    /** The same lines to the end of the copy end it, too, or other ones could come at any later time; a page before it does not. */
    @Test
    void aSuccessorWhoSaidTheSameToTheEndIsHeardOut() {
        assertThat(copies.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        LedgerCopies after = copies(ANOTHER);
        List<LedgerLine> others = LedgerLines.on(lines.subList(0, 3), 50, 1);
        assertThat(after.take(Party.DATA, List.of()).isDone()).isTrue();
        assertThat(after.take(Party.DATA, lines.subList(0, 2)).isDone()).isTrue();
        assertThat(disk.get(Space.STATE, Key.ledgerCopySpeaker(Party.DATA))).contains(Key.digest(LedgerLines.SOMEBODY));
        assertThat(after.take(Party.DATA, lines.subList(3, 4)).isDone()).isTrue();
        assertRefused(after.take(Party.DATA, others), Code.EQUIVOCATION);
        assertRefused(copies(ANOTHER).take(Party.DATA, chain("others", 1)), Code.EQUIVOCATION);
        assertThat(after.from(Party.DATA, 0)).isEqualTo(lines.subList(0, 4));
    }

    @Test
    void linesThatTakeOthersPlaceAreTold() {
        List<KeeperEvent> told = new ArrayList<>();
        assertThat(copies.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        LedgerCopies after = copies(ANOTHER);
        after.tell(told::add);
        assertThat(after.take(Party.DATA, LedgerLines.on(lines.subList(0, 1), 50, 5))
                        .isDone())
                .isTrue();
        assertThat(told).containsExactly(new KeeperEvent.LedgerSetAside(Party.DATA, 1, 3));
    }

    /** Two copies that are alike are of one history, and there is nothing to lay together before their end. */
    @Test
    void noSuccessorsLineTakesThePlaceOfOneTheThirdTierHasToo() {
        Map<Party, Digest> keys = new EnumMap<>(Party.class);
        LedgerCopies after = new LedgerCopies(
                disk, LedgerLines.index(disk), party -> keys.getOrDefault(party, LedgerLines.SOMEBODY));
        assertThat(after.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        assertThat(after.compare(Party.DATA, Party.APPLICATION, 3, lines.get(2).chain()))
                .isTrue();
        assertThat(after.compare(Party.DATA, Party.APPLICATION, 4, Digest.ZERO)).isFalse();
        assertThat(after.compare(Party.DATA, Party.APPLICATION, 9, Digest.ZERO)).isTrue();
        keys.put(Party.DATA, ANOTHER);
        assertRefused(after.take(Party.DATA, LedgerLines.on(lines.subList(0, 2), 50, 5)), Code.EQUIVOCATION);
        assertThat(after.from(Party.DATA, 0)).isEqualTo(lines.subList(0, 4));
        assertThat(after.take(Party.DATA, LedgerLines.on(lines.subList(0, 3), 50, 5))
                        .isDone())
                .isTrue();
    }

    /** A third tier that was made anew has a copy of its own, and may have been told another history. */
    @Test
    void whatAThirdTierHadCountsNoMoreOnceItIsAnother() {
        Map<Party, Digest> keys = new EnumMap<>(Party.class);
        LedgerCopies after = new LedgerCopies(
                disk, LedgerLines.index(disk), party -> keys.getOrDefault(party, LedgerLines.SOMEBODY));
        assertThat(after.take(Party.DATA, lines.subList(0, 4)).isDone()).isTrue();
        assertThat(after.compare(Party.DATA, Party.APPLICATION, 4, lines.get(3).chain()))
                .isTrue();
        keys.put(Party.DATA, ANOTHER);
        assertRefused(after.take(Party.DATA, LedgerLines.on(lines.subList(0, 2), 50, 5)), Code.EQUIVOCATION);
        keys.put(Party.APPLICATION, ANOTHER);
        assertThat(after.take(Party.DATA, LedgerLines.on(lines.subList(0, 2), 50, 5))
                        .isDone())
                .isTrue();
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
