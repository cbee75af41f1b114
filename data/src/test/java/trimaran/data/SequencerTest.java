package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Verdict;

/** What data places, in which order, at what time, and what it refuses. */
class SequencerTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(data.house);

    @Test
    void itServesOnceTwoOthersSaidHowFarTheyAre() {
        assertThat(data.serves(2000)).isTrue();
    }

    @Test
    void withOneOtherItTakesNothing() {
        PlacingTier lonely = new PlacingTier(Party.ACCESS);
        assertThat(lonely.serves(5000)).isFalse();
        assertThat(lonely.append(writing.grant()).code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(lonely.copy().size()).isEqualTo(1);
        lonely.reach(Party.WITNESS);
        assertThat(lonely.serves(60_000)).isTrue();
    }

    @Test
    void entriesArePlacedInTheOrderOfTheirArrival() throws MalformedException {
        serving();
        List<PlacingTier.Reply> replies = new ArrayList<>();
        for (SealedEntry entry : writing.ground()) {
            replies.add(data.hand(entry));
        }
        data.loops.runMillis(50);
        for (int i = 0; i < replies.size(); i++) {
            assertThat(replies.get(i).place().index()).isEqualTo(i + 1);
        }
        assertThat(replies.getLast().place().parts()).containsExactly(new PlacedPart(0, Digest.ZERO, List.of(1L)));
    }

    @Test
    void anEntryAskedForTwiceHasOnePlace() throws MalformedException {
        serving();
        SealedEntry entry = writing.grant();
        PlacingTier.Reply first = data.hand(entry);
        PlacingTier.Reply second = data.hand(entry);
        data.loops.runMillis(50);
        PlacingTier.Reply later = data.append(entry);
        assertThat(second.place()).isEqualTo(first.place());
        assertThat(later.place()).isEqualTo(first.place());
        assertThat(data.copy().size()).isEqualTo(2);
        data.restart(0);
        serving();
        assertThat(data.append(entry).place()).isEqualTo(first.place());
    }

    @Test
    void whatWouldBeVoidIsRefusedAndTakesNoPlace() throws MalformedException {
        serving();
        assertThat(data.append(writing.signedByOne()).code()).isEqualTo(Code.OFFICERS_MISSING);
        assertThat(data.append(writing.change(1, 0)).code()).isEqualTo(Code.SESSION_UNKNOWN);
        assertThat(data.copy().size()).isEqualTo(1);
        grounded();
        long size = data.copy().size();
        assertThat(data.append(writing.change(1, 0)).code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(data.append(writing.change(2, 0, Writing.START)).code()).isEqualTo(Code.APPROVAL_EXPIRED);
        assertThat(data.copy().size()).isEqualTo(size);
        assertThat(data.append(writing.change(1, 1)).place().parts().getFirst().versions())
                .containsExactly(2L);
    }

    @Test
    void whatAClosedApplicationApprovedIsToBeApprovedAnewOrDoneWithout() throws MalformedException {
        grounded();
        data.append(writing.placed(writing.cutTier(Party.APPLICATION)));
        assertThat(data.append(writing.change(1, 1)).code()).isEqualTo(Code.APPROVAL_EXPIRED);
    }

    @Test
    void ofTwoWhoReplaceOneVersionInOneTurnTheFirstHasIt() throws MalformedException {
        grounded();
        PlacingTier.Reply first = data.hand(writing.change(1, 1));
        PlacingTier.Reply second = data.hand(writing.change(1, 1));
        data.loops.runMillis(50);
        assertThat(first.place().verdict()).isEqualTo(Verdict.VALID);
        assertThat(second.code()).isEqualTo(Code.VERSION_CONFLICT);
    }

    @Test
    void aUniqueTokenIsTakenOnceInOneTurnAndEverAfter() throws MalformedException {
        grounded();
        PlacingTier.Reply first = data.hand(writing.create(10, "IPP 1", true));
        PlacingTier.Reply sameTurn = data.hand(writing.create(11, "IPP 1", true));
        data.loops.runMillis(50);
        assertThat(first.place().verdict()).isEqualTo(Verdict.VALID);
        assertThat(sameTurn.code()).isEqualTo(Code.DUPLICATE);
        assertThat(data.append(writing.create(12, "IPP 1", true)).code()).isEqualTo(Code.DUPLICATE);
        assertThat(data.append(writing.create(13, "IPP 2", true)).place().verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aTokenThatNeedNotBeUniqueMayBeShared() throws MalformedException {
        grounded();
        assertThat(data.append(writing.create(10, "DUPONT 1970", false)).place().verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(data.append(writing.create(11, "DUPONT 1970", false)).place().verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aRefusedEntryDoesNotTakeItsToken() throws MalformedException {
        grounded();
        assertThat(data.append(writing.create(1, "IPP 1", true)).code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(data.append(writing.create(10, "IPP 1", true)).place().verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void placeTimeNeverGoesBackThoughTheClockDoes() throws MalformedException {
        serving();
        Place before = data.append(writing.grant()).place();
        data.restart(-3_600_000);
        serving();
        Place after = data.append(writing.grant()).place();
        assertThat(after.index()).isEqualTo(before.index() + 1);
        assertThat(after.time()).isEqualTo(before.time());
    }

    @Test
    void manyAtOnceArePlacedInGroupsAndTooManyAreSentAway() throws MalformedException {
        serving();
        List<PlacingTier.Reply> replies = new ArrayList<>();
        SealedEntry entry = writing.grant();
        for (int i = 0; i < Sequencer.PENDING_MAX; i++) {
            replies.add(data.hand(i <= Sequencer.GROUP_MAX ? writing.grant() : entry));
        }
        assertThat(data.hand(writing.grant()).code()).isEqualTo(Code.BUSY);
        data.loops.runMillis(1000);
        for (PlacingTier.Reply reply : replies) {
            assertThat(reply.place().verdict()).isEqualTo(Verdict.VALID);
        }
        assertThat(data.copy().size()).isEqualTo(1 + Sequencer.GROUP_MAX + 2);
    }

    @Test
    void whatTwoTiersHeldIsPlacedWithTheirStatementsThoughItsApprovalExpired() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1, now());
        RecordTime heldAt = now();
        data.loops.runMillis(5_000);
        assertThat(data.append(entry).code()).isEqualTo(Code.APPROVAL_EXPIRED);
        hold(Party.ACCESS, entry, heldAt);
        hold(Party.APPLICATION, entry, heldAt.plusMillis(1));
        data.loops.runMillis(2 * Sequencer.HELD_MILLIS);
        Place place = data.place(data.copy().size() - 1);
        assertThat(place.verdict()).isEqualTo(Verdict.VALID);
        assertThat(place.held()).hasSize(2);
        assertThat(place.effectiveTime()).isEqualTo(heldAt.plusMillis(1));
    }

    @Test
    void whatTwoTiersHeldStandsInConflictWithWhatWasPlacedMeanwhile() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        RecordTime heldAt = now();
        data.append(writing.change(1, 1));
        hold(Party.ACCESS, entry, heldAt);
        hold(Party.APPLICATION, entry, heldAt);
        data.loops.runMillis(2 * Sequencer.HELD_MILLIS);
        Place place = data.place(data.copy().size() - 1);
        assertThat(place.verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(place.parts().getFirst().versions()).containsExactly(3L);
    }

    @Test
    void whatIsHeldIsPlacedOnceThoughItsStationAsksToo() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        hold(Party.ACCESS, entry, now());
        hold(Party.APPLICATION, entry, now());
        PlacingTier.Reply asked = data.append(entry);
        data.loops.runMillis(3 * Sequencer.HELD_MILLIS);
        assertThat(data.copy().size()).isEqualTo(asked.place().index() + 1);
    }

    @Test
    void aHeldSessionIsPlacedBeforeWhatLeansOnIt() throws MalformedException {
        serving();
        List<SealedEntry> ground = writing.ground();
        data.append(ground.get(0)).place();
        data.append(ground.get(1)).place();
        PlacingTier.Reply opened = hold(Party.ACCESS, ground.get(2), now());
        assertThat(opened.only().isDone()).isTrue();
        data.loops.runMillis(3 * Sequencer.HELD_MILLIS);
        assertThat(data.append(ground.get(3)).place().index()).isEqualTo(4);
        assertThat(data.copy().entry(3).orElseThrow().header().digest()).isEqualTo(digest(ground.get(2)));
    }

    /** As after data's fall: what was sealed to the keys of its predecessor, its successor cannot open. */
    @Test
    void whatBothOthersHoldIsPlacedThoughThePairForDataIsGoodForNothing() throws MalformedException {
        serving();
        List<SealedEntry> ground = writing.ground();
        ground.subList(0, 3).forEach(data::append);
        SealedEntry pairless = ground.get(3);
        Held honest = writing.held(Party.ACCESS, digest(pairless), now());
        Held forged = new Held(Party.APPLICATION, honest.epoch(), honest.entry(), honest.time(), honest.signature());
        for (Held word : List.of(honest, honest, forged)) {
            assertThat(refusal(data.holdCopy(word.tier(), pairless, word))).isEqualTo(Code.BAD_SHARE);
        }
        data.loops.runMillis(3 * Sequencer.HELD_MILLIS);
        assertThat(data.copy().size()).isEqualTo(4);
        hold(Party.APPLICATION, pairless, now());
        data.loops.runMillis(3 * Sequencer.HELD_MILLIS);
        assertThat(data.copy().entry(4).orElseThrow().header().digest()).isEqualTo(digest(pairless));
    }

    private static Code refusal(PlacingTier.Reply reply) {
        return ((Outcome.Refused<?>) reply.only()).refusal().code();
    }

    private PlacingTier.Reply hold(Party tier, SealedEntry entry, RecordTime time) throws MalformedException {
        PlacingTier.Reply reply = data.holdCopy(tier, entry, writing.held(tier, digest(entry), time));
        assertThat(reply.only())
                .isInstanceOfSatisfying(
                        trimaran.kernel.Outcome.Done.class,
                        done -> assertThat(done.value()).isInstanceOf(Response.HeldAnswer.class));
        return reply;
    }

    private static Digest digest(SealedEntry entry) throws MalformedException {
        return Reader.whole(entry.header().inline().orElseThrow(), Header::read).digest();
    }

    private RecordTime now() {
        return new RecordTime(data.loops.trueTime().millis());
    }

    private void serving() {
        assertThat(data.serves(10_000)).isTrue();
    }

    private void grounded() throws MalformedException {
        serving();
        for (SealedEntry entry : writing.ground()) {
            assertThat(data.append(entry).place().verdict()).isEqualTo(Verdict.VALID);
        }
    }
}
