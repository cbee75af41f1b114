package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Header;

/** What two officers take out of the record goes, and a check of the copy tells it from what is lost. */
class ErasureTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);
    private long first;
    private long second;
    private long third;

    @BeforeEach
    void write() throws MalformedException {
        assertThat(data.serves(5000)).isTrue();
        for (SealedEntry entry : writing.ground()) {
            first = data.append(entry).place().index();
        }
        second = data.append(writing.create(2, "name", false)).place().index();
        third = data.append(writing.create(3, "other name", false)).place().index();
        data.loops.runMillis(1000);
    }

    @Test
    void theFirstPartsOfACellGoWithTheirAnnexesAndTokensAndTheRestStays() throws MalformedException {
        assertThat(data.append(writing.erasure(2)).place().index()).isEqualTo(third + 1);
        data.loops.runMillis(12_000);
        assertThat(blob(first)).isFalse();
        assertThat(blob(second)).isFalse();
        assertThat(blob(third)).isTrue();
        assertThat(annex(second)).isFalse();
        assertThat(annex(third)).isTrue();
        assertThat(data.keeper().tokenTaken(FoundedHouse.digest("name"))).isFalse();
        assertThat(data.keeper().tokenTaken(FoundedHouse.digest("other name"))).isTrue();
    }

    @Test
    void aCheckOfTheCopySaysWhatIsErasedAndWhatIsLost() {
        assertThat(checked().faults()).noneMatch(fault -> fault.contains("blob") || fault.contains("annex"));
        data.append(writing.erasure(2));
        data.loops.runMillis(12_000);
        Response.Report lawful = checked();
        assertThat(lawful.faults()).noneMatch(fault -> fault.contains("blob") || fault.contains("annex"));
        assertThat(lawful.counters()).contains(new Response.Counter("blobs.erased", 2));
        data.disk().write(List.of(new Store.Change.Erase(Space.BLOBS, piece(third))));
        data.disk().write(List.of(new Store.Change.Erase(Space.ANNEXES, number(third))));
        assertThat(checked().faults())
                .contains("a blob of entry " + third + " is missing", "the annex of entry " + third + " is missing");
    }

    @Test
    void anotherTierIsToldWhatIsErased() {
        assertThat(sent(second).blobs().getFirst().erased()).isFalse();
        data.append(writing.erasure(2));
        data.loops.runMillis(12_000);
        SealedEntry gone = sent(second);
        assertThat(gone.blobs().getFirst()).isEqualTo(SealedEntry.Item.erased(digest(second)));
        assertThat(gone.annex().erased()).isTrue();
        assertThat(sent(third).blobs().getFirst().inline()).isPresent();
    }

    @Test
    void nothingGoesBeforeAQuorumHasTheErasure() {
        data.others.values().forEach(other -> other.silent = true);
        data.append(writing.erasure(2));
        data.loops.runMillis(60_000);
        assertThat(blob(first)).isTrue();
        data.others.values().forEach(other -> other.silent = false);
        data.loops.runMillis(120_000);
        assertThat(blob(first)).isFalse();
    }

    @Test
    void anEntryOnItsWayToAPlaceComesWhole() {
        SealedEntry entry = writing.change(9, 0);
        SealedEntry without = new SealedEntry(
                entry.header(),
                entry.annex(),
                entry.escrow(),
                List.of(SealedEntry.Item.erased(entry.blobs().getFirst().digest())),
                entry.place());
        assertThat(data.append(without).only().isDone()).isFalse();
    }

    private Response.Report checked() {
        PlacingTier.Reply reply = data.line(FoundedHouse.CONSOLE).ask(new Request.VerifyCopy());
        if (reply.only() instanceof Outcome.Done<Response>(Response.Report report)) {
            return report;
        }
        throw new AssertionError("not answered: " + reply.only());
    }

    private SealedEntry sent(long index) {
        Request fetch = new Request.FetchEntries(index, MessageLimits.CONTENT_BYTES_MAX);
        PlacingTier.Reply reply =
                data.line(SimulatedNetwork.peer(Party.ACCESS.word())).ask(fetch);
        if (reply.only() instanceof Outcome.Done<Response>(Response.Entries entries)) {
            return entries.entries().getFirst();
        }
        throw new AssertionError("not answered: " + reply.only());
    }

    private Digest digest(long index) {
        Header header = data.copy().entry(index).orElseThrow().header();
        return header.author().parts().getFirst().blob();
    }

    private boolean blob(long index) {
        return data.keeper().blob(digest(index)).isPresent();
    }

    private boolean annex(long index) {
        return data.disk().get(Space.ANNEXES, number(index)).isPresent();
    }

    private Bytes piece(long index) {
        return new Writer(40).digest(digest(index)).i64(0).toBytes();
    }

    private static Bytes number(long index) {
        return new Writer(8).i64(index).toBytes();
    }
}
