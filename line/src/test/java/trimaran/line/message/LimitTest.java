package trimaran.line.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.line.message.RecordSamples.CELL;
import static trimaran.line.message.RecordSamples.SIGNATURE;
import static trimaran.line.message.RecordSamples.TIME;
import static trimaran.line.message.RecordSamples.digest;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.record.Annex;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.BatchPath;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Premise;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/** Each limit of the formats: as much as it says is read, one more is refused. */
class LimitTest {

    private interface Reading {
        Object read(Bytes bytes) throws MalformedException;
    }

    private static void assertLimit(int max, IntFunction<Bytes> of, Reading reading) {
        assertThat(read(of.apply(max), reading)).as("as many as allowed").isTrue();
        assertThatThrownBy(() -> reading.read(of.apply(max + 1)))
                .as("one more than " + max)
                .isInstanceOf(MalformedException.class);
    }

    private static boolean read(Bytes bytes, Reading reading) {
        try {
            reading.read(bytes);
            return true;
        } catch (MalformedException refused) {
            return false;
        }
    }

    private static <T> List<T> times(int count, T one) {
        return Collections.nCopies(count, one);
    }

    private static Bytes filled(int size) {
        return Bytes.wrap(new byte[size]);
    }

    private static void assertRequestLimit(int max, IntFunction<Request> of) {
        assertLimit(max, count -> RequestCodec.encode(of.apply(count)), RequestCodec::decode);
    }

    private static void assertResponseLimit(int max, IntFunction<Response> of) {
        assertLimit(max, count -> ResponseCodec.encode(of.apply(count)), ResponseCodec::decode);
    }

    @Test
    void refreshesHoldTheirLimits() {
        assertRequestLimit(
                RefreshStep.LEFT_OUT_MAX,
                n -> new Request.Refresh(new RefreshStep.Seed(2, 1, secret(), times(n, CELL))));
        assertThat(OpenedCell.SHARES_MAX).isEqualTo(2 * (RefreshStep.UNFINISHED_MAX + 1));
        assertResponseLimit(
                OpenedCell.SHARES_MAX,
                n -> new Response.Opened(List.of(new OpenedCell(
                        RecordSamples.newCell(),
                        1,
                        CellHead.empty(CELL),
                        times(n, new OpenedCell.NumberedShare(1, 1, secret()))))));
    }

    private static SecretBytes secret() {
        return SecretBytes.taking(new byte[Digest.SIZE]);
    }

    @Test
    void requestsHoldTheirLimits() {
        assertRequestLimit(MessageLimits.CELLS_MAX, n -> new Request.Open(times(n, CELL), false, Request.Purpose.CARE));
        assertRequestLimit(
                MessageLimits.SHOWN_CELLS_MAX,
                n -> new Request.FileDraft(digest("e"), digest("d"), new Shown(times(n, CELL), List.of()), List.of()));
        assertRequestLimit(
                MessageLimits.SHOWN_CELLS_MAX,
                n -> new Request.FileDraft(digest("e"), digest("d"), new Shown(List.of(), times(n, CELL)), List.of()));
        assertRequestLimit(
                MessageLimits.CELLS_MAX,
                n -> new Request.FileDraft(digest("e"), digest("d"), new Shown(List.of(), List.of()), times(n, CELL)));
        assertRequestLimit(
                MessageLimits.CELLS_MAX, n -> new Request.OpenKeys(CELL, times(n, CELL), Request.Purpose.CARE));
        assertRequestLimit(MessageLimits.CELLS_MAX, n -> new Request.FindToRoll(times(n, CELL)));
        assertRequestLimit(MessageLimits.CELLS_MAX, n -> new Request.OpenForDraft(digest("e"), times(n, CELL)));
        assertRequestLimit(
                MessageLimits.CELLS_MAX, n -> new Request.FindLines(times(n, CELL), List.of(1L, 1L, 1L), 50));
        assertRequestLimit(
                MessageLimits.STRETCHES_MAX, n -> new Request.Fetch(times(n, new Request.Stretch(CELL, 4)), 65536));
        assertRequestLimit(MessageLimits.LOOKUPS_MAX, n -> new Request.Lookup(times(n, digest("t"))));
        assertRequestLimit(MessageLimits.LOOKUPS_MAX, n -> new Request.Partials(times(n, digest("t"))));
        assertRequestLimit(
                MessageLimits.PROOF_MAX, n -> new Request.AddCheckpoint(0, times(n, digest("h")), Bytes.EMPTY));
        assertRequestLimit(
                MessageLimits.LINES_MAX,
                n -> new Request.CopyLedger(trimaran.kernel.Party.DATA, times(n, MessageSamples.line())));
        assertRequestLimit(MessageLimits.NOTE_BYTES_MAX, n -> new Request.Publish(filled(n)));
        assertRequestLimit(RecordLimits.CHUNK_BYTES, n -> new Request.Stage(digest("w"), 9, 0, filled(n)));
        assertRequestLimit(RecordLimits.STATEMENT_BYTES_MAX, n -> new Request.Announce(filled(n)));
    }

    @Test
    void responsesHoldTheirLimits() {
        ResourceId id = new ResourceId(CELL, 5);
        assertResponseLimit(MessageLimits.HITS_MAX, n -> new Response.Hits(List.of(times(n, id))));
        assertResponseLimit(MessageLimits.LOOKUPS_MAX, n -> new Response.Hits(times(n, List.of(id))));
        assertResponseLimit(MessageLimits.PAIRS_MAX, n -> new Response.Pairs(times(n, CELL), Bytes.EMPTY, false));
        assertResponseLimit(MessageLimits.ENTRIES_MAX, n -> new Response.Cells(times(n, CELL), false));
        assertResponseLimit(
                MessageLimits.COUNTERS_MAX,
                n -> new Response.Report(new WallTime(0), times(n, new Response.Counter("size", 1)), List.of()));
        assertResponseLimit(
                RecordLimits.NAME_BYTES_MAX,
                n -> new Response.Report(new WallTime(0), List.of(new Response.Counter("n".repeat(n), 1)), List.of()));
        assertResponseLimit(
                Party.TIERS.size() * MessageLimits.FOUND_LINES_MAX,
                n -> new Response.FoundLines(times(n, found(1)), false));
        assertResponseLimit(MessageLimits.CELLS_MAX, n -> new Response.FoundLines(List.of(found(n)), false));
        assertResponseLimit(MessageLimits.CONTENT_BYTES_MAX, n -> new Response.Placed(filled(n)));
    }

    private static Response.FoundLine found(int cells) {
        Digest any = digest("any");
        return new Response.FoundLine(
                Party.DATA, 7, TIME, LedgerLine.Act.RELEASED, any, any, any, any, times(cells, CELL), any);
    }

    @Test
    void aPageOfLinesThatNameEveryCellFitsAFrame() {
        Response.FoundLine largest = found(MessageLimits.CELLS_MAX);
        int lines = Party.TIERS.size() * MessageLimits.FOUND_LINES_MAX;
        assertThat(ResponseCodec.encode(new Response.FoundLines(times(lines, largest), true))
                        .size())
                .isLessThan(MessageLimits.CONTENT_BYTES_MAX);
    }

    @Test
    void pushesHoldTheirLimits() {
        assertLimit(
                MessageLimits.ENTRIES_MAX,
                n -> PushCodec.encode(new Push.HeldSet(true, times(n, digest("e")), List.of())),
                PushCodec::decode);
        assertLimit(
                MessageLimits.ENTRIES_MAX,
                n -> PushCodec.encode(new Push.HeldSet(false, List.of(), times(n, digest("e")))),
                PushCodec::decode);
    }

    @Test
    void theRecordHoldsItsLimits() {
        assertLimit(
                RecordLimits.PREMISES_MAX, n -> written(approval(n, 0)), bytes -> Reader.whole(bytes, Approval::read));
        assertLimit(
                RecordLimits.GRANTS_MAX,
                n -> new Statement.Grant(
                                RecordSamples.KEY,
                                Statement.BadgeKind.PERSON,
                                times(n, "nurse"),
                                List.of(),
                                List.of(),
                                TIME)
                        .encode(),
                Statement::decode);
        assertLimit(
                RecordLimits.NAME_BYTES_MAX,
                n -> new Statement.StationEnrolment("n".repeat(n), digest("line"), CELL, TIME).encode(),
                Statement::decode);
        assertLimit(
                RecordLimits.STATEMENT_SIGNATURES_MAX,
                n -> new SignedStatement(
                                RecordSamples.statements().get(2),
                                times(n, new SignedStatement.Signed(digest("key"), SIGNATURE)))
                        .encode(),
                SignedStatement::decode);
        assertLimit(
                RecordLimits.ANNEX_ITEMS_MAX,
                n -> new Annex(times(n, new Annex.Token(digest("t"), new ResourceId(CELL, 5), false)), List.of())
                        .encode(),
                Annex::decode);
        assertLimit(
                RecordLimits.CHANGES_MAX,
                n -> part(new CellPart(CELL, digest("blob"), 1, times(n, new Change(1, 0, false)))),
                bytes -> Reader.whole(bytes, CellPart::read));
        AuthorPart author = RecordSamples.author();
        CellPart half =
                new CellPart(CELL, digest("blob"), 1, times(RecordLimits.CHANGES_MAX / 2, new Change(1, 0, false)));
        assertLimit(
                RecordLimits.CHANGES_MAX / 2,
                n -> changing(author, half, new CellPart(CELL, digest("blob"), 1, times(n, new Change(1, 0, false))))
                        .encode(),
                AuthorPart::decode);
        assertLimit(
                RecordLimits.BLOB_BYTES_MAX,
                n -> part(new CellPart(CELL, digest("blob"), n, List.of())),
                bytes -> Reader.whole(bytes, CellPart::read));
    }

    @Test
    void keysSignaturesEnvelopesAndHeadersHoldTheirLimits() {
        assertLimit(
                RecordLimits.KEY_BYTES_MAX,
                n -> new Writer(n + 8).u8(1).bytes(filled(n)).toBytes(),
                bytes -> Reader.whole(bytes, PublicKey::read));
        assertLimit(
                RecordLimits.SIGNATURE_BYTES_MAX,
                n -> new Writer(n + 8).u8(1).bytes(filled(n)).toBytes(),
                bytes -> Reader.whole(bytes, Signature::read));
        assertLimit(
                RecordLimits.ENVELOPE_BYTES_MAX,
                n -> new Escrow(List.of(new Escrow.Envelope(Party.DATA, 1, filled(n)))).encode(),
                Escrow::decode);
        // A header of the largest author part is read; one byte more in the author part is refused before it is looked
        // at.
        assertThatThrownBy(() -> Reader.whole(
                        new Writer(RecordLimits.HEADER_BYTES_MAX + 8)
                                .bytes(filled(RecordLimits.HEADER_BYTES_MAX + 1))
                                .toBytes(),
                        Header::read))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void anEntryTouchesNoMoreCellsThanItsLimit() {
        assertLimit(RecordLimits.PARTS_MAX, LimitTest::placeOf, Place::decode);
        assertLimit(RecordLimits.PARTS_MAX, LimitTest::sealedOf, bytes -> Reader.whole(bytes, SealedEntry::read));
    }

    private static Bytes placeOf(int parts) {
        PlacedPart part = new PlacedPart(0, digest("previous"), List.of(1L));
        return new Place(1, TIME, Verdict.VALID, times(parts, part), List.of()).encode();
    }

    private static Bytes sealedOf(int blobs) {
        SealedEntry.Item header = SealedEntry.Item.inline(filled(1));
        Writer writer = new Writer();
        new SealedEntry(
                        header,
                        SealedEntry.Item.NOTHING,
                        SealedEntry.Item.NOTHING,
                        times(blobs, SealedEntry.Item.staged(digest("blob"))),
                        Bytes.EMPTY)
                .write(writer);
        return writer.toBytes();
    }

    @Test
    void aBatchPathTurnsNoMoreOftenThanItHasSiblings() {
        assertLimit(RecordLimits.PATH_MAX, n -> path(n, 0), bytes -> Reader.whole(bytes, BatchPath::read));
        for (int siblings = 0; siblings <= 3; siblings++) {
            int count = siblings;
            Bytes beyond = path(count, 1L << count);
            assertThat(read(path(count, (1L << count) - 1), bytes -> Reader.whole(bytes, BatchPath::read)))
                    .isTrue();
            assertThatThrownBy(() -> Reader.whole(beyond, BatchPath::read)).isInstanceOf(MalformedException.class);
        }
    }

    private static Approval approval(int premises, int siblings) {
        BatchPath path = new BatchPath(times(siblings, digest("sibling")), 0);
        return new Approval(digest("entry"), times(premises, new Premise(CELL, 4)), 1, TIME, path, SIGNATURE);
    }

    private static Bytes path(int siblings, long turns) {
        return new Writer()
                .list(times(siblings, digest("sibling")), Writer::digest)
                .u32(turns)
                .toBytes();
    }

    private static Bytes written(Approval approval) {
        Writer writer = new Writer();
        approval.write(writer);
        return writer.toBytes();
    }

    private static Bytes part(CellPart part) {
        Writer writer = new Writer();
        part.write(writer);
        return writer.toBytes();
    }

    private static AuthorPart changing(AuthorPart author, CellPart... parts) {
        return new AuthorPart(
                author.origin(),
                author.nonce(),
                author.session(),
                author.kind(),
                author.authored(),
                author.mayContinue(),
                List.of(parts),
                author.newCells(),
                author.statement(),
                author.annex(),
                author.escrow(),
                author.checkpointSeen());
    }
}
