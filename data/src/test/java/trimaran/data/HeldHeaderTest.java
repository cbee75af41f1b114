package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimaran.keeper.CopyGroup;
import trimaran.keeper.EntryContent;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Verdict;

/**
 * A tier's word names what the author signed. What is put around that, its author's signature and the ground it stands on, anybody who
 * passes it on can change: no word is said of that.
 */
class HeldHeaderTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(data.house);

    /** One fallen tier holds another tier's word and its own: under a false header they would have the entry void for good. */
    @Test
    void twoWordsDoNotMakeAFalseHeaderCount() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        Held access = word(Party.ACCESS, entry);
        Held application = word(Party.APPLICATION, entry);
        for (SealedEntry under : List.of(
                under(entry, header(writing.change(2, 1)).sanction()),
                under(entry, new Sanction.OwnSignatures()),
                forged(entry))) {
            assertThat(data.holdCopy(Party.APPLICATION, under, access).only().isDone())
                    .isFalse();
            assertThat(data.holdCopy(Party.APPLICATION, under, application)
                            .only()
                            .isDone())
                    .isFalse();
            assertThat(data.keeper().heldEntries()).isEmpty();
        }
        long size = data.copy().size();
        data.loops.runMillis(2000);
        assertThat(data.copy().size()).as("no void place").isEqualTo(size);
        assertThat(data.holdCopy(Party.ACCESS, entry, access).only()).isInstanceOf(Outcome.Done.class);
        data.loops.runMillis(2000);
        assertThat(placed(entry).verdict()).isEqualTo(Verdict.VALID);
    }

    /** While data does not know the session yet, nothing can be said of the entry but whether its ground can ever be one. */
    @Test
    void aFalseHeaderDoesNotCountBecauseItsSessionIsNotKnownYet() throws MalformedException {
        assertThat(data.serves(10_000)).isTrue();
        List<SealedEntry> ground = writing.ground();
        data.append(ground.get(0)).place();
        data.append(ground.get(1)).place();
        SealedEntry entry = ground.get(3);
        List<Held> words = List.of(word(Party.ACCESS, entry), word(Party.APPLICATION, entry));
        for (SealedEntry under : List.of(under(entry, new Sanction.Unanswered(0)), forged(entry))) {
            for (Held word : words) {
                data.holdCopy(Party.APPLICATION, under, word);
            }
        }
        data.append(ground.get(2)).place();
        for (int seconds = 0; seconds < 3; seconds++) {
            data.holdCopy(Party.ACCESS, entry, words.getFirst());
            data.loops.runMillis(1000);
        }
        assertThat(placed(entry).verdict()).isEqualTo(Verdict.VALID);
        assertThat(voids()).as("no void place either").isZero();
    }

    /** What was kept on two others' words is held under the header it was judged by, once this tier says so itself. */
    @Test
    void whoHoldsWhatItKeptOnOthersWordsHoldsItAsItWasJudged() throws MalformedException {
        assertThat(data.serves(10_000)).isTrue();
        List<SealedEntry> ground = writing.ground();
        data.append(ground.get(0)).place();
        data.append(ground.get(1)).place();
        SealedEntry entry = writing.goodCell(Writing.cell(78));
        for (Party party : List.of(Party.ACCESS, Party.APPLICATION)) {
            data.holdCopy(party, forged(entry), word(party, entry));
        }
        data.append(ground.get(2)).place();
        data.holdCopy(Party.ACCESS, entry, word(Party.ACCESS, entry));
        assertThat(data.keeper()
                        .union()
                        .of(digest(entry))
                        .orElseThrow()
                        .header()
                        .signature())
                .isEqualTo(header(entry).signature());
        data.loops.runMillis(2000);
        assertThat(placed(entry).verdict()).isEqualTo(Verdict.VALID);
    }

    private long voids() {
        return LongStream.range(0, data.copy().size())
                .filter(index -> data.place(index).verdict() == Verdict.VOID)
                .count();
    }

    /** An author whose approval was another's, as a fallen application gives it, asks a tier that holds the entry for its word again. */
    @Test
    void whatIsHeldIsToldAsItIsHeldAndNotAsItCameLast() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        SealedEntry crossed = under(entry, header(writing.change(2, 1)).sanction());
        PlacingTier.Line station = data.line(Writing.STATION);
        PlacingTier.Reply first = station.send(new Request.Hold(entry));
        PlacingTier.Reply second = station.send(new Request.Hold(crossed));
        data.loops.runMillis(20);
        assertThat(second.only()).isEqualTo(first.only()).isInstanceOf(Outcome.Done.class);
        assertThat(data.other(Party.ACCESS).asked(Request.HoldCopy.class))
                .isNotEmpty()
                .extracting(copy -> copy.entry().header().digest())
                .containsOnly(entry.header().digest());
    }

    /** Data falls after it placed something: another tier that has it holds it, under the header it was judged by. */
    @Test
    void whatHasAPlaceNoQuorumSignedIsHeldAsItWasPlaced() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        SealedEntry crossed = under(entry, header(writing.change(2, 1)).sanction());
        data.other(Party.ACCESS).signsFalsely = true;
        data.other(Party.APPLICATION).signsFalsely = true;
        data.append(entry).place();
        PlacingTier.Reply held = data.line(Writing.STATION).ask(new Request.Hold(crossed));
        assertThat(held.only()).isInstanceOf(Outcome.Done.class);
        assertThat(data.keeper()
                        .union()
                        .of(digest(entry))
                        .orElseThrow()
                        .header()
                        .sanction())
                .isEqualTo(header(entry).sanction());
        assertThat(data.other(Party.ACCESS).asked(Request.HoldCopy.class))
                .isNotEmpty()
                .extracting(copy -> copy.entry().header().digest())
                .containsOnly(entry.header().digest());
    }

    /** A fallen data placed it void under a false header, and others took that in: it counts all the same once it comes as it was held. */
    @Test
    void aVoidPlaceUnderAFalseHeaderIsNotForGood() throws MalformedException {
        grounded();
        SealedEntry entry = writing.change(1, 1);
        SealedEntry crossed = under(entry, header(writing.change(2, 1)).sanction());
        List<Held> words = List.of(word(Party.ACCESS, entry), word(Party.APPLICATION, entry));
        placeVoid(crossed, words);
        data.append(writing.change(2, 0)).place();
        data.loops.runMillis(1000);
        for (Held word : words) {
            assertThat(data.holdCopy(Party.ACCESS, crossed, word).only()).isEqualTo(Outcome.done(new Response.Done()));
        }
        assertThat(data.keeper().heldEntries()).isEmpty();
        assertThat(data.holdCopy(Party.ACCESS, entry, words.getFirst()).only())
                .isInstanceOf(Outcome.Done.class)
                .isNotEqualTo(Outcome.done(new Response.Done()));
        data.loops.runMillis(2000);
        assertThat(placed(entry).verdict()).isEqualTo(Verdict.VALID);
    }

    /** As a data does that judges nothing. */
    private void placeVoid(SealedEntry entry, List<Held> words) {
        EntryContent content = switch (data.keeper().complete(entry)) {
            case Outcome.Done<EntryContent>(EntryContent whole) -> whole;
            case Outcome.Refused<EntryContent>(var refusal) -> throw new AssertionError(refusal.toString());
        };
        CopyGroup group = data.keeper().copy().begin();
        RecordTime time = now();
        Place place = group.place(group.judge(content, time, words), time, words);
        assertThat(place.verdict()).isEqualTo(Verdict.VOID);
        group.add(content, place);
        group.cosigned();
        data.keeper().copy().commit(group);
        data.keeper().feed().remember(group);
    }

    private static SealedEntry under(SealedEntry entry, Sanction sanction) throws MalformedException {
        return under(entry, header(entry).with(sanction).encode());
    }

    /** Signed by nobody its author knows. */
    private static SealedEntry forged(SealedEntry entry) throws MalformedException {
        Header header = header(entry);
        return under(
                entry,
                Header.of(
                                header.authorBytes(),
                                FoundedHouse.signer("somebody else").sign(new byte[1]),
                                header.sanction())
                        .encode());
    }

    private static SealedEntry under(SealedEntry entry, Bytes header) {
        return new SealedEntry(
                SealedEntry.Item.inline(header), entry.annex(), entry.escrow(), entry.blobs(), entry.place());
    }

    private Held word(Party tier, SealedEntry entry) throws MalformedException {
        return writing.held(tier, digest(entry), now());
    }

    private Place placed(SealedEntry entry) throws MalformedException {
        return data.place(data.copy().position(digest(entry)).orElseThrow());
    }

    private static Header header(SealedEntry entry) throws MalformedException {
        return Reader.whole(entry.header().inline().orElseThrow(), Header::read);
    }

    private static Digest digest(SealedEntry entry) throws MalformedException {
        return header(entry).digest();
    }

    private RecordTime now() {
        return new RecordTime(data.loops.trueTime().millis());
    }

    private void grounded() throws MalformedException {
        assertThat(data.serves(10_000)).isTrue();
        for (SealedEntry entry : writing.ground()) {
            data.append(entry).place();
        }
        data.loops.runMillis(1000);
    }
}
