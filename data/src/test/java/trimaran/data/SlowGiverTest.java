package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
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
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Header;

/** A tier that gives pieces without end, each just in time, keeps nobody else from giving the same, and is given up. */
class SlowGiverTest {

    /** Each piece comes before its own time is over. */
    private static final long DRIBBLE_MILLIS = 9_000;

    /** Longer than one fetch may take. */
    private static final long FETCH_MILLIS = 61_000;

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(data.house);

    @Test
    void whatOneTierDribblesAnotherGives() throws MalformedException {
        SealedEntry entry = grounded();
        Bytes header = entry.header().inline().orElseThrow();
        PlacingTier.Reply slow = offer(Party.ACCESS, entry);
        data.other(Party.APPLICATION).blobs.put(Digest.sha256(header), header);
        PlacingTier.Reply good = offer(Party.APPLICATION, entry);
        data.loops.runMillis(500);
        assertThat(slow.isOpen()).isTrue();
        assertThat(good.only().isDone()).isTrue();
    }

    @Test
    void whoDribblesIsGivenUp() throws MalformedException {
        SealedEntry entry = grounded();
        offer(Party.ACCESS, entry);
        data.loops.runMillis(5_000);
        assertThat(offer(Party.ACCESS, entry).code()).isEqualTo(Code.BUSY);
        data.loops.runMillis(FETCH_MILLIS - 5_000);
        Bytes header = entry.header().inline().orElseThrow();
        data.other(Party.ACCESS).dribblesMillis = OptionalLong.empty();
        data.other(Party.ACCESS).blobs.put(Digest.sha256(header), header);
        PlacingTier.Reply again = offer(Party.ACCESS, entry);
        data.loops.runMillis(500);
        assertThat(again.only().isDone()).isTrue();
    }

    @Test
    void entriesOneTierDribblesAreTakenInFromAnother() throws MalformedException {
        SealedEntry entry = grounded();
        Bytes header = entry.header().inline().orElseThrow();
        assertThat(data.append(entry).only().isDone()).isTrue();
        PlacingTier other = new PlacingTier(Party.ACCESS, Party.APPLICATION);
        other.loops.runMillis(10_000);
        List<SealedEntry> all = new ArrayList<>();
        data.copy().entries(0, stored -> all.add(data.keeper().transit(stored)));
        other.other(Party.ACCESS).dribblesMillis = OptionalLong.of(DRIBBLE_MILLIS);
        other.other(Party.APPLICATION).blobs.put(Digest.sha256(header), header);
        List<Outcome<Response>> slow = new ArrayList<>();
        other.keeper().replica().takeIn(Party.ACCESS, 0, all, slow::add);
        List<Outcome<Response>> good = new ArrayList<>();
        other.keeper().replica().takeIn(Party.APPLICATION, 0, all, good::add);
        other.loops.runMillis(1000);
        assertThat(good).hasSize(1).allMatch(Outcome::isDone);
        assertThat(slow).isEmpty();
        assertThat(other.copy().size()).isEqualTo(data.copy().size());
        other.loops.runMillis(FETCH_MILLIS);
        assertThat(slow).hasSize(1).noneMatch(Outcome::isDone);
    }

    /** What an entry leans on is placed, and access dribbles from now on. */
    private SealedEntry grounded() {
        assertThat(data.serves(10_000)).isTrue();
        writing.ground().forEach(data::append);
        data.other(Party.ACCESS).dribblesMillis = OptionalLong.of(DRIBBLE_MILLIS);
        return writing.large();
    }

    private PlacingTier.Reply offer(Party from, SealedEntry entry) throws MalformedException {
        Bytes header = entry.header().inline().orElseThrow();
        SealedEntry staged = new SealedEntry(
                SealedEntry.Item.staged(Digest.sha256(header)),
                entry.annex(),
                entry.escrow(),
                entry.blobs(),
                entry.place());
        Digest digest = Reader.whole(header, Header::read).digest();
        RecordTime now = new RecordTime(data.loops.trueTime().millis());
        return data.line(SimulatedNetwork.peer(from.word()))
                .ask(new Request.HoldCopy(staged, writing.held(from, digest, now)));
    }
}
