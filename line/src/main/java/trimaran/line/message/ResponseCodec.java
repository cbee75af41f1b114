package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.line.LineLimits;
import trimaran.record.Approval;
import trimaran.record.Held;
import trimaran.record.RecordLimits;
import trimaran.record.SignedRefusal;

/** Responses as bytes: one byte for the kind, then the fields in order. */
public final class ResponseCodec {

    private static final int NOTE = MessageLimits.NOTE_BYTES_MAX;
    private static final int CONTENT = MessageLimits.CONTENT_BYTES_MAX;

    private static final int FOUND = Party.TIERS.size() * MessageLimits.FOUND_LINES_MAX;

    private ResponseCodec() {}

    public static Bytes encode(Response response) {
        Writer w = new Writer(1024);
        switch (response) {
            case Response.Done done -> w.u8(1);
            case Response.Welcome(Party party, long epoch, long size, int version, CellId search, CellId lookup) -> {
                w.u8(2).u8(party.ordinal()).i64(epoch).i64(size).u8(version);
                search.write(w);
                lookup.write(w);
            }
            case Response.Challenge(Digest nonce) -> w.u8(3).digest(nonce);
            case Response.Joined(SecretBytes key) -> w.u8(4).bytes(key.expose());
            case Response.Placed(Bytes place) -> w.u8(5).bytes(place);
            case Response.HeldAnswer(Held held) -> held.write(w.u8(6));
            case Response.Approved(Approval approval) -> approval.write(w.u8(7));
            case Response.Denied(SignedRefusal refusal, Code code, String sentence, String place) -> {
                refusal.write(w.u8(8));
                Refusal.at(code, place, sentence).write(w);
            }
            case Response.Filed(Receipt receipt) -> receipt.write(w.u8(9));
            case Response.Parts parts -> PartsCodec.write(w.u8(28), parts);
            case Response.Piece(Bytes piece, long total) ->
                w.u8(11).bytes(piece).i64(total);
            case Response.Entries(long from, List<SealedEntry> entries, long size) ->
                w.u8(12).i64(from).list(entries, (x, entry) -> entry.write(x)).i64(size);
            case Response.Following(long size, List<Digest> frontier, Bytes note) ->
                w.u8(13).i64(size).list(frontier, Writer::digest).bytes(note);
            case Response.Proof(List<Digest> hashes) -> w.u8(14).list(hashes, Writer::digest);
            case Response.Note(Bytes note) -> w.u8(15).bytes(note);
            case Response.Cosigned(Bytes lines) -> w.u8(16).bytes(lines);
            case Response.Behind(long size) -> w.u8(17).i64(size);
            case Response.Opened(List<OpenedCell> cells) -> w.u8(18).list(cells, (x, cell) -> cell.write(x));
            case Response.PartialTokens(int first, int second, List<Digest> a, List<Digest> b) ->
                w.u8(19).u8(first).u8(second).list(a, Writer::digest).list(b, Writer::digest);
            case Response.Hits(List<List<ResourceId>> hits) ->
                w.u8(20).list(hits, (x, one) -> x.list(one, (y, id) -> id.write(y)));
            case Response.Cells(List<CellId> cells, boolean more) ->
                w.u8(21).list(cells, (x, cell) -> cell.write(x)).flag(more);
            case Response.LedgerLines(List<LedgerLine> lines) -> w.u8(22).list(lines, (x, line) -> line.write(x));
            case Response.Pairs(List<CellId> cells, Bytes sealed, boolean more) ->
                w.u8(23).list(cells, (x, cell) -> cell.write(x)).bytes(sealed).flag(more);
            case Response.HeldEntries(List<SealedEntry> entries, List<Held> statements) ->
                w.u8(24).list(entries, (x, entry) -> entry.write(x)).list(statements, (x, held) -> held.write(x));
            case Response.Report(WallTime time, List<Response.Counter> counters, List<String> faults) ->
                w.u8(25)
                        .i64(time.millis())
                        .list(counters, (x, one) -> x.text(one.name()).i64(one.value()))
                        .list(faults, Writer::text);
            case Response.LedgerKept(long lines, Digest chain) ->
                w.u8(26).i64(lines).digest(chain);
            case Response.LedgerSigned(LedgerHead head) -> head.write(w.u8(29));
            case Response.Drawn(long generation, Bytes sealing) ->
                w.u8(30).i64(generation).bytes(sealing);
            case Response.PreparedWords(List<Prepared> words) -> w.u8(31).list(words, (x, one) -> one.write(x));
            case Response.FoundLines(List<Response.FoundLine> lines, boolean more) ->
                w.u8(27).list(lines, ResponseCodec::line).flag(more);
        }
        return w.toBytes();
    }

    public static Response decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, ResponseCodec::read);
    }

    private static Response read(Reader r) throws MalformedException {
        int kind = r.u8();
        return switch (kind) {
            case 1 -> new Response.Done();
            case 2 ->
                new Response.Welcome(
                        r.choice(Party.values()), r.count(), r.count(), r.u8(), CellId.read(r), CellId.read(r));
            case 3 -> new Response.Challenge(r.digest());
            case 4 -> new Response.Joined(macKey(r.bytes(Digest.SIZE)));
            case 5 -> new Response.Placed(r.bytes(CONTENT));
            case 6 -> new Response.HeldAnswer(Held.read(r));
            case 7 -> new Response.Approved(Approval.read(r));
            case 8 ->
                new Response.Denied(
                        SignedRefusal.read(r), Code.read(r), r.text(Refusal.TEXT_MAX), r.text(Refusal.TEXT_MAX));
            case 9 -> new Response.Filed(Receipt.read(r));
            case 11 -> new Response.Piece(r.bytes(RecordLimits.CHUNK_BYTES), r.count());
            case 12 -> new Response.Entries(r.count(), r.list(MessageLimits.ENTRIES_MAX, SealedEntry::read), r.count());
            case 13 -> new Response.Following(r.count(), digests(r, MessageLimits.PROOF_MAX), r.bytes(NOTE));
            case 14 -> new Response.Proof(digests(r, MessageLimits.PROOF_MAX));
            case 15 -> new Response.Note(r.bytes(NOTE));
            case 16 -> new Response.Cosigned(r.bytes(NOTE));
            case 17 -> new Response.Behind(r.count());
            case 18 -> new Response.Opened(r.list(RecordLimits.PARTS_MAX, OpenedCell::read));
            case 19 ->
                new Response.PartialTokens(
                        r.u8(), r.u8(), digests(r, MessageLimits.LOOKUPS_MAX), digests(r, MessageLimits.LOOKUPS_MAX));
            case 20 ->
                new Response.Hits(
                        r.list(MessageLimits.LOOKUPS_MAX, x -> x.list(MessageLimits.HITS_MAX, ResourceId::read)));
            case 21 -> new Response.Cells(r.list(MessageLimits.ENTRIES_MAX, CellId::read), r.flag());
            case 22 -> new Response.LedgerLines(r.list(MessageLimits.LINES_MAX, LedgerLine::read));
            case 23 ->
                new Response.Pairs(
                        r.list(MessageLimits.PAIRS_MAX, CellId::read), r.bytes(LineLimits.PAYLOAD_MAX_BYTES), r.flag());
            case 24 ->
                new Response.HeldEntries(
                        r.list(MessageLimits.ENTRIES_MAX, SealedEntry::read),
                        r.list(MessageLimits.ENTRIES_MAX, Held::read));
            case 25 ->
                new Response.Report(
                        new WallTime(r.i64()),
                        r.list(
                                MessageLimits.COUNTERS_MAX,
                                x -> new Response.Counter(x.text(RecordLimits.NAME_BYTES_MAX), x.i64())),
                        r.list(MessageLimits.COUNTERS_MAX, x -> x.text(Refusal.TEXT_MAX)));
            case 26 -> new Response.LedgerKept(r.count(), r.digest());
            case 27 -> new Response.FoundLines(r.list(FOUND, ResponseCodec::line), r.flag());
            case 28 -> PartsCodec.read(r);
            case 29 -> new Response.LedgerSigned(LedgerHead.read(r));
            case 30 -> new Response.Drawn(r.count(), r.bytes(RecordLimits.KEY_BYTES_MAX));
            case 31 -> new Response.PreparedWords(r.list(Party.TIERS.size(), Prepared::read));
            default -> throw new MalformedException("unknown response " + kind);
        };
    }

    private static SecretBytes macKey(Bytes key) throws MalformedException {
        if (key.size() != Digest.SIZE) {
            throw new MalformedException("a session's key has 32 bytes");
        }
        return SecretBytes.taking(key.toArray());
    }

    private static void line(Writer w, Response.FoundLine line) {
        w.u8(line.ledger().ordinal()).i64(line.number());
        line.time().write(w);
        w.u8(line.act().ordinal()).digest(line.session()).digest(line.badge()).digest(line.recipient());
        w.digest(line.request()).list(line.cells(), (x, cell) -> cell.write(x)).digest(line.chain());
    }

    private static Response.FoundLine line(Reader r) throws MalformedException {
        return new Response.FoundLine(
                r.choice(Party.values()),
                r.count(),
                RecordTime.read(r),
                r.choice(LedgerLine.Act.values()),
                r.digest(),
                r.digest(),
                r.digest(),
                r.digest(),
                r.list(MessageLimits.CELLS_MAX, CellId::read),
                r.digest());
    }

    private static List<Digest> digests(Reader r, int max) throws MalformedException {
        return r.list(max, Reader::digest);
    }
}
