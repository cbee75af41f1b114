package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.RecordLimits;
import trimaran.record.Verdict;

/** What an author says of the sealed bytes an entry brings is held against the bytes. */
class BroughtTest {

    private static final Bytes LARGE = Bytes.wrap(new byte[RecordLimits.INLINE_MAX + 1]);

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void write() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().subList(0, 3).forEach(data::append);
        data.append(writing.goodCell(Writing.CELL));
    }

    @Test
    void aBlobThatIsKeptAlreadyIsNotTakenForASmallOne() {
        stage(LARGE);
        assertThat(data.append(staged(writing.bringing(5, LARGE, LARGE.size())))
                        .only()
                        .isDone())
                .isTrue();
        assertThat(data.append(staged(writing.bringing(6, LARGE, 100))).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void aBlobThatIsStagedIsNotTakenForASmallOne() {
        stage(LARGE);
        assertThat(data.append(staged(writing.bringing(6, LARGE, 100))).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void contentThatIsTheEnvelopesAsWellOutlastsThem() throws MalformedException {
        SealedEntry entry = writing.cellTwiceTheSame(Writing.cell(78), LARGE);
        Bytes content = entry.blobs().getFirst().inline().orElseThrow();
        stage(content);
        SealedEntry large = new SealedEntry(
                entry.header(),
                entry.annex(),
                SealedEntry.Item.staged(Digest.sha256(content)),
                List.of(SealedEntry.Item.staged(Digest.sha256(content))),
                entry.place());
        long index = data.append(large).place().index();
        assertThat(sent(index).escrow()).isEqualTo(SealedEntry.Item.staged(Digest.sha256(content)));
        for (Party keeper : new Party[] {Party.ACCESS, Party.APPLICATION}) {
            data.line(SimulatedNetwork.peer(keeper.word())).ask(new Request.ConfirmShares(index + 1));
        }
        data.loops.runMillis(10_000);
        assertThat(sent(index).escrow().isNothing()).as("swept").isTrue();
        assertThat(data.keeper().blob(Digest.sha256(content))).contains(content);
    }

    @Test
    void sealedBytesOfAnotherEntryAreRefused() throws MalformedException {
        Bytes blob = Bytes.ofText("sealed once");
        assertThat(data.append(writing.bringing(5, blob, blob.size())).place().verdict())
                .isEqualTo(Verdict.VALID);
        SealedEntry again = writing.bringing(6, blob, blob.size());
        assertThat(data.append(again).code()).isEqualTo(Code.MALFORMED);
        assertThat(data.line(Writing.STATION).ask(new Request.Hold(again)).code())
                .isEqualTo(Code.MALFORMED);
    }

    @Test
    void ofTwoThatComeTogetherWithTheSameSealedBytesTheSecondIsRefused() throws MalformedException {
        Bytes blob = Bytes.ofText("sealed once");
        PlacingTier.Reply first = data.hand(writing.bringing(5, blob, blob.size()));
        PlacingTier.Reply second = data.hand(writing.bringing(6, blob, blob.size()));
        data.loops.runMillis(20);
        assertThat(first.place().verdict()).isEqualTo(Verdict.VALID);
        assertThat(second.code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void noEntryBringsTheSameSealedBytesTwice() {
        assertThat(data.append(writing.bringingTwice(LARGE)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void whatIsHeldHereIsNoneButItsOwn() throws MalformedException {
        stage(LARGE);
        SealedEntry entry = staged(writing.bringing(5, LARGE, LARGE.size()));
        PlacingTier.Reply held = data.line(Writing.STATION).send(new Request.Hold(entry));
        data.loops.runMillis(5);
        assertThat(held.only().isDone()).isTrue();
        assertThat(data.append(entry).place().verdict()).isEqualTo(Verdict.VALID);
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

    private void stage(Bytes content) {
        Request stage = new Request.Stage(Digest.sha256(content), content.size(), 0, content);
        assertThat(data.line(Writing.STATION).ask(stage).only().isDone()).isTrue();
    }

    private static SealedEntry staged(SealedEntry entry) {
        List<SealedEntry.Item> items = entry.blobs().stream()
                .map(item -> SealedEntry.Item.staged(item.digest()))
                .toList();
        return new SealedEntry(entry.header(), entry.annex(), entry.escrow(), items, entry.place());
    }
}
