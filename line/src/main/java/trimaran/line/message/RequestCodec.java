package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.line.LineLimits;
import trimaran.record.Held;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;

/** Requests as bytes: one byte for the kind, then the fields in order. Golden vectors stand in the tests. */
public final class RequestCodec {

    private static final byte[] MAC_TAG =
            Bytes.ofText("trimaran/session-request/1\n").toArray();
    private static final byte[] JOIN_TAG = Bytes.ofText("trimaran/join/1\n").toArray();

    private RequestCodec() {}

    /** What a session key signs to join a tier: the tier's challenge under the hospital's and the tier's name. */
    public static byte[] joinBytes(Digest origin, Party tier, Digest session, Digest challenge) {
        return new Writer(160)
                .raw(JOIN_TAG)
                .digest(origin)
                .u8(tier.ordinal())
                .digest(session)
                .digest(challenge)
                .toArray();
    }

    /** What the MAC of {@link Request.AsSession} covers. */
    public static byte[] macBytes(Party tier, Digest session, Digest nonce, WallTime expiry, Bytes request) {
        return new Writer(160 + request.size())
                .raw(MAC_TAG)
                .u8(tier.ordinal())
                .digest(session)
                .digest(nonce)
                .i64(expiry.millis())
                .bytes(request)
                .toArray();
    }

    public static Bytes encode(Request request) {
        Writer w = new Writer(1024);
        switch (request) {
            case Request.Hello(Digest origin, int version) ->
                w.u8(1).digest(origin).u8(version);
            case Request.JoinSession(Digest session, Bytes header) ->
                w.u8(2).digest(session).bytes(header);
            case Request.ProveSession(Digest session, Signature signature) -> {
                w.u8(3).digest(session);
                signature.write(w);
            }
            case Request.AsSession(Digest session, Digest nonce, WallTime expiry, Digest mac, Bytes inner) ->
                w.u8(4)
                        .digest(session)
                        .digest(nonce)
                        .i64(expiry.millis())
                        .digest(mac)
                        .bytes(inner);
            case Request.Stage(Digest whole, long total, long offset, Bytes piece) ->
                w.u8(5).digest(whole).i64(total).i64(offset).bytes(piece);
            case Request.Append(SealedEntry entry) -> entry.write(w.u8(6));
            case Request.Hold(SealedEntry entry) -> entry.write(w.u8(7));
            case Request.Approve(Bytes author, Signature signature, Draft draft, Receipt receipt) -> {
                w.u8(8).bytes(author);
                signature.write(w);
                w.bytes(draft.encode());
                receipt.write(w);
            }
            case Request.Fetch(List<Request.Stretch> stretches, int bytesMax) ->
                w.u8(44)
                        .list(stretches, (x, one) -> {
                            one.cell().write(x);
                            x.i64(one.from());
                        })
                        .u32(bytesMax);
            case Request.FetchBlob(Digest digest, long offset) ->
                w.u8(10).digest(digest).i64(offset);
            case Request.FetchEntries(long from, int bytesMax) ->
                w.u8(11).i64(from).u32(bytesMax);
            case Request.Follow(long from) -> w.u8(12).i64(from);
            case Request.ProveInclusion(long index, long size) ->
                w.u8(13).i64(index).i64(size);
            case Request.ProveConsistency(long oldSize, long newSize) ->
                w.u8(14).i64(oldSize).i64(newSize);
            case Request.Highest highest -> w.u8(15);
            case Request.Status status -> w.u8(16);
            case Request.VerifyCopy verify -> w.u8(17);
            case Request.Show(Digest whole, long total, long offset, Bytes piece) ->
                w.u8(18).digest(whole).i64(total).i64(offset).bytes(piece);
            case Request.ApproveShown(Digest author, Signature signature, Digest draft, Receipt receipt) -> {
                w.u8(19).digest(author);
                signature.write(w);
                w.digest(draft);
                receipt.write(w);
            }
            case Request.FileDraft(Digest entry, Digest draft, Shown shown, List<CellId> readable) ->
                cells(shown.write(w.u8(20).digest(entry).digest(draft)), readable);
            case Request.Open(List<CellId> cells, boolean whole, Request.Purpose purpose) ->
                cells(w.u8(21), cells).flag(whole).u8(purpose.ordinal());
            case Request.Partials(List<Digest> values) -> w.u8(22).list(values, Writer::digest);
            case Request.Lookup(List<Digest> tokens) -> w.u8(23).list(tokens, Writer::digest);
            case Request.ListSubjects(CellId after, int countMax) -> {
                after.write(w.u8(24));
                w.u32(countMax);
            }
            case Request.Note(LedgerLine.Act act, List<CellId> cells, Digest recipient) ->
                cells(w.u8(25).u8(act.ordinal()), cells).digest(recipient);
            case Request.Replicate(long first, List<SealedEntry> entries, Bytes note) ->
                w.u8(30).i64(first).list(entries, (x, entry) -> entry.write(x)).bytes(note);
            case Request.Cosign(Bytes note) -> w.u8(31).bytes(note);
            case Request.AddCheckpoint(long oldSize, List<Digest> proof, Bytes note) ->
                w.u8(32).i64(oldSize).list(proof, Writer::digest).bytes(note);
            case Request.Publish(Bytes note) -> w.u8(33).bytes(note);
            case Request.HoldCopy(SealedEntry entry, Held held) -> {
                entry.write(w.u8(34));
                held.write(w);
            }
            case Request.CopyLedger(Party ledger, List<LedgerLine> lines) ->
                w.u8(35).u8(ledger.ordinal()).list(lines, (x, line) -> line.write(x));
            case Request.FetchLedger(Party ledger, long from) ->
                w.u8(36).u8(ledger.ordinal()).i64(from);
            case Request.SignLedger(Party ledger, long lines, Digest about) ->
                w.u8(45).u8(ledger.ordinal()).i64(lines).digest(about);
            case Request.ReadLedger(Party ledger, long from, LedgerLook look) ->
                look.write(w.u8(47).u8(ledger.ordinal()).i64(from));
            case Request.FetchShares(CellId after) -> after.write(w.u8(37));
            case Request.Refresh(RefreshStep step) -> step.write(w.u8(46));
            case Request.ChangeEpoch(Bytes statement) -> w.u8(38).bytes(statement);
            case Request.Announce(Bytes statement) -> w.u8(39).bytes(statement);
            case Request.ListHeld(List<Digest> wanted) -> w.u8(40).list(wanted, Writer::digest);
            case Request.ConfirmShares(long size) -> w.u8(42).i64(size);
            case Request.OpenForDraft(Digest entry, List<CellId> cells) ->
                cells(w.u8(41).digest(entry), cells);
            case Request.FindLines(List<CellId> cells, List<Long> before, int countMax) -> {
                cells(w.u8(43), cells);
                before.forEach(w::i64);
                w.u32(countMax);
            }
            case Request.OpenKeys(CellId cell, List<CellId> keys, Request.Purpose purpose) -> {
                cell.write(w.u8(48));
                cells(w, keys).u8(purpose.ordinal());
            }
            case Request.FindToRoll(List<CellId> cells) -> cells(w.u8(49), cells);
            case Request.TellHeld(Held word) -> word.write(w.u8(50));
        }
        return w.toBytes();
    }

    public static Request decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, RequestCodec::read);
    }

    private static Request read(Reader r) throws MalformedException {
        int kind = r.u8();
        return switch (kind) {
            case 1 -> new Request.Hello(r.digest(), r.u8());
            case 2 -> new Request.JoinSession(r.digest(), r.bytes(RecordLimits.INLINE_MAX));
            case 3 -> new Request.ProveSession(r.digest(), Signature.read(r));
            case 4 -> asSession(r);
            case 5 -> new Request.Stage(r.digest(), r.count(), r.count(), r.bytes(RecordLimits.CHUNK_BYTES));
            case 6 -> new Request.Append(SealedEntry.read(r));
            case 7 -> new Request.Hold(SealedEntry.read(r));
            case 8 -> approve(r);
            case 10 -> new Request.FetchBlob(r.digest(), r.count());
            case 11 -> new Request.FetchEntries(r.count(), size(r));
            case 12 -> new Request.Follow(r.count());
            case 13 -> new Request.ProveInclusion(r.count(), r.count());
            case 14 -> new Request.ProveConsistency(r.count(), r.count());
            case 15 -> new Request.Highest();
            case 16 -> new Request.Status();
            case 17 -> new Request.VerifyCopy();
            case 18 -> new Request.Show(r.digest(), r.count(), r.count(), r.bytes(RecordLimits.CHUNK_BYTES));
            case 19 -> new Request.ApproveShown(r.digest(), Signature.read(r), r.digest(), Receipt.read(r));
            case 20 -> new Request.FileDraft(r.digest(), r.digest(), Shown.read(r), cells(r));
            case 21 -> new Request.Open(cells(r), r.flag(), r.choice(Request.Purpose.values()));
            case 22 -> new Request.Partials(r.list(MessageLimits.LOOKUPS_MAX, Reader::digest));
            case 23 -> new Request.Lookup(r.list(MessageLimits.LOOKUPS_MAX, Reader::digest));
            case 24 -> new Request.ListSubjects(CellId.read(r), size(r));
            case 25 -> new Request.Note(r.choice(LedgerLine.Act.values()), cells(r), r.digest());
            case 30 ->
                new Request.Replicate(r.count(), r.list(MessageLimits.ENTRIES_MAX, SealedEntry::read), r.bytes(NOTE));
            case 31 -> new Request.Cosign(r.bytes(NOTE));
            case 32 ->
                new Request.AddCheckpoint(r.count(), r.list(MessageLimits.PROOF_MAX, Reader::digest), r.bytes(NOTE));
            case 33 -> new Request.Publish(r.bytes(NOTE));
            case 34 -> new Request.HoldCopy(SealedEntry.read(r), Held.read(r));
            case 35 ->
                new Request.CopyLedger(r.choice(Party.values()), r.list(MessageLimits.LINES_MAX, LedgerLine::read));
            case 36 -> new Request.FetchLedger(r.choice(Party.values()), r.count());
            case 37 -> new Request.FetchShares(CellId.read(r));
            case 38 -> new Request.ChangeEpoch(r.bytes(RecordLimits.STATEMENT_BYTES_MAX));
            case 39 -> new Request.Announce(r.bytes(RecordLimits.STATEMENT_BYTES_MAX));
            case 40 -> new Request.ListHeld(r.list(MessageLimits.ENTRIES_MAX, Reader::digest));
            case 41 -> new Request.OpenForDraft(r.digest(), cells(r));
            case 42 -> new Request.ConfirmShares(r.count());
            case 43 -> new Request.FindLines(cells(r), List.of(r.count(), r.count(), r.count()), size(r));
            case 44 -> new Request.Fetch(stretches(r), size(r));
            case 45 -> new Request.SignLedger(r.choice(Party.values()), r.count(), r.digest());
            case 46 -> new Request.Refresh(RefreshStep.read(r));
            case 47 -> new Request.ReadLedger(r.choice(Party.values()), r.count(), LedgerLook.read(r));
            case 48 -> new Request.OpenKeys(CellId.read(r), cells(r), r.choice(Request.Purpose.values()));
            case 49 -> new Request.FindToRoll(cells(r));
            case 50 -> new Request.TellHeld(Held.read(r));
            default -> throw new MalformedException("unknown request " + kind);
        };
    }

    private static final int NOTE = MessageLimits.NOTE_BYTES_MAX;

    private static Writer cells(Writer w, List<CellId> cells) {
        return w.list(cells, (x, cell) -> cell.write(x));
    }

    private static Request asSession(Reader r) throws MalformedException {
        return new Request.AsSession(
                r.digest(), r.digest(), new WallTime(r.i64()), r.digest(), r.bytes(LineLimits.PAYLOAD_MAX_BYTES));
    }

    private static Request approve(Reader r) throws MalformedException {
        return new Request.Approve(
                r.bytes(MessageLimits.CONTENT_BYTES_MAX),
                Signature.read(r),
                Draft.decode(r.bytes(MessageLimits.DRAFT_BYTES_MAX)),
                Receipt.read(r));
    }

    private static List<Request.Stretch> stretches(Reader r) throws MalformedException {
        return r.list(MessageLimits.STRETCHES_MAX, x -> new Request.Stretch(CellId.read(x), x.count()));
    }

    private static List<CellId> cells(Reader r) throws MalformedException {
        return r.list(MessageLimits.CELLS_MAX, CellId::read);
    }

    private static int size(Reader r) throws MalformedException {
        long size = r.u32();
        if (size > Integer.MAX_VALUE) {
            throw new MalformedException("a size of " + size + " is over the limit");
        }
        return (int) size;
    }
}
