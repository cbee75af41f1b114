package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.Verdict;

/** What becomes of an entry that is held: it finds a place, or it is void for all to see, or nobody was told it counts. */
class HeldFateTest {

    private static final long LEANING_MILLIS = 600_000;
    private static final long REOPENING_MILLIS = 60_000;

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(data.house);

    @Test
    void whatWasAcknowledgedAndCanCountForNothingTakesAVoidPlace() throws MalformedException {
        grounded();
        data.append(writing.placed(writing.cutBadge()));
        data.loops.runMillis(100);
        SealedEntry entry = writing.change(1, 1);
        offer(Party.ACCESS, entry, now());
        assertThat(held()).isZero();
        offer(Party.APPLICATION, entry, now());
        assertThat(held()).isEqualTo(1);
        data.loops.runMillis(REOPENING_MILLIS - 2000);
        assertThat(held()).as("a reopening may be on its way").isEqualTo(1);
        data.loops.runMillis(4000);
        Place place = data.place(data.copy().size() - 1);
        assertThat(place.verdict()).isEqualTo(Verdict.VOID);
        assertThat(place.held()).hasSize(2);
        assertThat(data.copy().position(digest(entry)))
                .as("a digest not used up")
                .isEmpty();
        assertThat(held()).as("the held set has drained").isZero();
        long size = data.copy().size();
        data.loops.runMillis(3000);
        assertThat(data.copy().size()).as("void once").isEqualTo(size);
    }

    @Test
    void whatIsVoidForGoodIsNotHeldAgainOnTheWordsOfItsVoidPlace() throws MalformedException {
        grounded();
        data.append(writing.placed(writing.cutBadge()));
        data.loops.runMillis(100);
        SealedEntry entry = writing.change(1, 1);
        Held access = writing.held(Party.ACCESS, digest(entry), now());
        Held application = writing.held(Party.APPLICATION, digest(entry), now());
        data.holdCopy(Party.ACCESS, entry, access);
        data.holdCopy(Party.APPLICATION, entry, application);
        data.loops.runMillis(REOPENING_MILLIS + 2000);
        long size = data.copy().size();
        assertThat(data.place(size - 1).verdict()).isEqualTo(Verdict.VOID);
        for (int i = 0; i < 3; i++) {
            assertThat(data.holdCopy(Party.ACCESS, entry, access).only()).isEqualTo(Outcome.done(new Response.Done()));
            assertThat(data.holdCopy(Party.ACCESS, entry, application).only().isDone())
                    .isTrue();
            data.loops.runMillis(2000);
        }
        assertThat(data.copy().size()).as("void once").isEqualTo(size);
        // An earlier word than those its place names would make it count.
        assertThat(data.holdCopy(
                                Party.ACCESS,
                                entry,
                                writing.held(Party.ACCESS, digest(entry), Writing.START.plusMillis(1)))
                        .only())
                .isInstanceOf(Outcome.Done.class)
                .isNotEqualTo(Outcome.done(new Response.Done()));
        data.loops.runMillis(2000);
        assertThat(data.copy().position(digest(entry))).isPresent();
    }

    @Test
    void nobodyOpensACellUnderANameAnotherSessionMade() throws MalformedException {
        grounded();
        CellId another = DrawnCell.draw(FoundedHouse.digest("another session"), 78, CellKind.HOUSE, CellId.NONE);
        SealedEntry squatter = writing.goodCell(another);
        assertThat(data.append(squatter).code()).isEqualTo(Code.MALFORMED);
        PlacingTier.Reply held = data.line(Writing.STATION).send(new Request.Hold(squatter));
        data.loops.runMillis(5);
        assertThat(held.code()).isEqualTo(Code.MALFORMED);
        offer(Party.ACCESS, squatter, now());
        offer(Party.APPLICATION, squatter, now());
        data.loops.runMillis(2000);
        assertThat(data.copy().cellExists(another)).isFalse();
        assertThat(held()).isZero();
    }

    /** Else the cells it opens beside, and what others wrote there, would go with it. */
    @Test
    void anAcknowledgedOpeningCountsThoughItsOpenerOpenedTheSameCellOnceMore() throws MalformedException {
        grounded();
        CellId cell = Writing.cell(78);
        SealedEntry first = writing.goodCell(cell);
        SealedEntry again = writing.badCell(cell);
        data.holdCopy(Party.ACCESS, first, writing.held(Party.ACCESS, digest(first), now()));
        assertThat(data.append(again).place().verdict()).isEqualTo(Verdict.VALID);
        assertThat(data.keeper().pair(cell)).as("rubbish").isEmpty();
        offer(Party.APPLICATION, first, now());
        data.loops.runMillis(2000);
        assertThat(held()).isZero();
        assertThat(data.copy().position(digest(first))).isPresent();
        assertThat(data.keeper().pair(cell)).as("what the second brings").isPresent();
        assertThat(data.append(writing.badCell(cell)).code()).isEqualTo(Code.CELL_EXISTS);
    }

    @Test
    void theAuthorOfAHeldEntryMayHaveItPlaced() throws MalformedException {
        grounded();
        SealedEntry first = writing.goodCell(Writing.cell(78));
        PlacingTier.Reply held = data.line(Writing.STATION).send(new Request.Hold(first));
        data.loops.runMillis(5);
        assertThat(data.append(first).place().verdict()).isEqualTo(Verdict.VALID);
        assertThat(held.only().isDone()).isTrue();
    }

    @Test
    void aVoidPlaceIsTakenInByEveryOtherCopy() throws MalformedException {
        grounded();
        data.append(writing.placed(writing.cutBadge()));
        data.loops.runMillis(100);
        SealedEntry entry = writing.change(1, 1);
        offer(Party.ACCESS, entry, now());
        offer(Party.APPLICATION, entry, now());
        data.loops.runMillis(REOPENING_MILLIS + 2000);
        assertThat(data.place(data.copy().size() - 1).verdict()).isEqualTo(Verdict.VOID);
        PlacingTier other = new PlacingTier();
        List<SealedEntry> all = new ArrayList<>();
        data.copy().entries(0, stored -> all.add(data.keeper().transit(stored)));
        List<Outcome<Response>> outcomes = new ArrayList<>();
        other.loops.runMillis(REOPENING_MILLIS + 10_000);
        other.keeper().replica().takeIn(Party.DATA, 0, all, outcomes::add);
        assertThat(outcomes).allMatch(Outcome::isDone).hasSize(1);
        assertThat(other.copy().frontier().root())
                .isEqualTo(data.copy().frontier().root());
    }

    /** Two tiers let its author in, one of them on a reopening of which data knows nothing yet (seed 997 of the simulator). */
    @Test
    void whatWasHeldOnAReopeningWaitsForItsPlace() throws MalformedException {
        grounded();
        data.append(writing.placed(writing.cutStation(0))).place();
        SealedEntry entry = writing.change(1, 1);
        offer(Party.ACCESS, entry, now());
        offer(Party.APPLICATION, entry, now());
        data.loops.runMillis(REOPENING_MILLIS / 2);
        data.append(writing.placed(writing.reopenStation())).place();
        data.loops.runMillis(2000);
        assertThat(data.copy().position(digest(entry))).isPresent();
        assertThat(held()).isZero();
    }

    /** It waited two minutes for its session; for the reopening it has a minute of its own. */
    @Test
    void aReasonToWaitThatFollowsAnotherBeginsAnew() throws MalformedException {
        serving();
        List<SealedEntry> ground = writing.ground();
        SealedEntry leaning = ground.get(3);
        data.append(ground.get(0));
        data.append(ground.get(1));
        offer(Party.ACCESS, leaning, now());
        offer(Party.APPLICATION, leaning, now());
        data.loops.runMillis(2 * REOPENING_MILLIS);
        data.append(writing.placed(writing.cutStation(0))).place();
        offer(Party.ACCESS, ground.get(2), Writing.START.plusMillis(1));
        offer(Party.APPLICATION, ground.get(2), Writing.START.plusMillis(1));
        data.loops.runMillis(REOPENING_MILLIS / 2);
        data.append(writing.placed(writing.reopenStation())).place();
        data.loops.runMillis(2000);
        assertThat(data.copy().position(digest(leaning))).isPresent();
    }

    @Test
    void ofWhoseBadgeIsRevokedNothingWaits() throws MalformedException {
        grounded();
        data.append(writing.placed(writing.revokeBadge())).place();
        SealedEntry entry = writing.change(1, 1);
        offer(Party.ACCESS, entry, now());
        offer(Party.APPLICATION, entry, now());
        data.loops.runMillis(2000);
        assertThat(data.place(data.copy().size() - 1).verdict()).isEqualTo(Verdict.VOID);
    }

    @Test
    void whatWasHeldBeforeACutCountsThoughItComesAfter() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        RecordTime before = now();
        data.loops.runMillis(100);
        data.append(writing.placed(writing.cutBadge()));
        assertThat(offer(Party.ACCESS, entry, before)).isInstanceOf(Response.HeldAnswer.class);
        data.loops.runMillis(2000);
        Place place = data.copy()
                .entry(data.copy().position(digest(entry)).orElseThrow())
                .orElseThrow()
                .place();
        assertThat(place.verdict()).isEqualTo(Verdict.VALID);
        assertThat(place.held()).extracting(trimaran.record.Held::time).contains(before);
    }

    @Test
    void whatLeansOnASessionThatIsStillToComeWaitsForIt() throws MalformedException {
        serving();
        List<SealedEntry> ground = writing.ground();
        SealedEntry leaning = ground.get(3);
        data.append(ground.get(0));
        data.append(ground.get(1));
        offer(Party.ACCESS, leaning, now());
        offer(Party.APPLICATION, leaning, now());
        long size = data.copy().size();
        data.loops.runMillis(30_000);
        assertThat(data.copy().size()).isEqualTo(size);
        assertThat(held()).isEqualTo(1);
        data.append(ground.get(2)).place();
        data.loops.runMillis(2000);
        assertThat(data.copy().position(digest(leaning))).isPresent();
        assertThat(held()).isZero();
    }

    @Test
    void whatOpensACellWaitsForItsPatientThoughItIsHeldItself() throws MalformedException {
        grounded();
        CellId patient = Writing.cell(78);
        SealedEntry stay = writing.stay(79, patient);
        offer(Party.ACCESS, stay, now());
        offer(Party.APPLICATION, stay, now());
        long size = data.copy().size();
        data.loops.runMillis(3000);
        assertThat(data.copy().size()).as("its own cell is not there already").isEqualTo(size);
        assertThat(held()).isEqualTo(1);
        data.append(writing.goodCell(patient)).place();
        data.loops.runMillis(2000);
        assertThat(data.copy().position(digest(stay))).isPresent();
        assertThat(held()).isZero();
    }

    @Test
    void whatLeansOnWhatNeverComesIsVoidInTheEnd() throws MalformedException {
        serving();
        SealedEntry leaning = writing.ground().get(3);
        offer(Party.ACCESS, leaning, now());
        offer(Party.APPLICATION, leaning, now());
        data.loops.runMillis(LEANING_MILLIS - 10_000);
        assertThat(held()).isEqualTo(1);
        data.loops.runMillis(20_000);
        assertThat(held()).isZero();
        assertThat(data.place(data.copy().size() - 1).verdict()).isEqualTo(Verdict.VOID);
    }

    @Test
    void aLargeHeldEntryOutlastsARestart() throws MalformedException {
        grounded();
        SealedEntry entry = staged(writing.large());
        Bytes header = large.orElseThrow();
        PlacingTier.Line station = data.line(Writing.STATION);
        station.ask(new Request.Stage(Digest.sha256(header), header.size(), 0, header));
        assertThat(station.ask(new Request.Hold(entry)).only().isDone()).isTrue();
        data.restart(0);
        assertThat(held()).isEqualTo(1);
        serving();
        data.loops.runMillis(2000);
        assertThat(held()).isZero();
    }

    @Test
    void whatIsTooLargeForAFrameIsFetchedFromTheTierThatHoldsIt() throws MalformedException {
        grounded();
        SealedEntry entry = staged(writing.large());
        Bytes header = large.orElseThrow();
        Digest digest = Reader.whole(header, Header::read).digest();
        Request.HoldCopy copy = new Request.HoldCopy(entry, writing.held(Party.ACCESS, digest, now()));
        PlacingTier.Line access = data.line(trimaran.line.simulated.SimulatedNetwork.peer("access"));
        assertThat(access.ask(copy).only().isDone()).as("nobody has it").isFalse();
        data.other(Party.ACCESS).blobs.put(Digest.sha256(header), header);
        PlacingTier.Reply reply = access.ask(copy);
        data.loops.runMillis(200);
        assertThat(reply.only().isDone()).isTrue();
        data.loops.runMillis(2000);
        assertThat(data.copy().position(digest)).isPresent();
    }

    @Test
    void anEntryWhosePiecesAreNotHereComesAgainWithThem() throws MalformedException {
        grounded();
        SealedEntry entry = staged(writing.large());
        Bytes header = large.orElseThrow();
        assertThat(data.append(entry).code())
                .as("not now, and no refusal for good: its author stages it anew")
                .isEqualTo(Code.NOT_HELD);
        data.line(Writing.STATION).ask(new Request.Stage(Digest.sha256(header), header.size(), 0, header));
        assertThat(data.append(entry).place().verdict()).isEqualTo(Verdict.VALID);
    }

    private Optional<Bytes> large = Optional.empty();

    private SealedEntry staged(SealedEntry entry) {
        Bytes header = entry.header().inline().orElseThrow();
        large = Optional.of(header);
        return new SealedEntry(
                SealedEntry.Item.staged(Digest.sha256(header)),
                entry.annex(),
                entry.escrow(),
                entry.blobs(),
                entry.place());
    }

    private Object offer(Party tier, SealedEntry entry, RecordTime time) throws MalformedException {
        Outcome<Response> outcome = data.holdCopy(tier, entry, writing.held(tier, digest(entry), time))
                .only();
        return outcome instanceof Outcome.Done<Response>(Response response) ? response : outcome;
    }

    private int held() {
        return data.keeper().heldEntries().size();
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
