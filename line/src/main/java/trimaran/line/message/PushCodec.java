package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.CellHead;
import trimaran.record.RecordLimits;

/** Pushes as bytes: one byte for the kind, then the fields in order. */
public final class PushCodec {

    private PushCodec() {}

    public static Bytes encode(Push push) {
        Writer w = new Writer(1024);
        switch (push) {
            case Push.Moved(long from, List<Push.MovedEntry> entries) ->
                w.u8(1).i64(from).list(entries, PushCodec::moved);
            case Push.Beat(Bytes note) -> w.u8(2).bytes(note);
            case Push.HeldSet(boolean afresh, List<Digest> more, List<Digest> gone) ->
                w.u8(3).flag(afresh).list(more, Writer::digest).list(gone, Writer::digest);
            case Push.Announced(Bytes statement) -> w.u8(4).bytes(statement);
        }
        return w.toBytes();
    }

    public static Push decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, r -> {
            int kind = r.u8();
            return switch (kind) {
                case 1 -> new Push.Moved(r.count(), r.list(MessageLimits.ENTRIES_MAX, PushCodec::moved));
                case 2 -> new Push.Beat(r.bytes(MessageLimits.NOTE_BYTES_MAX));
                case 3 ->
                    new Push.HeldSet(
                            r.flag(),
                            r.list(MessageLimits.ENTRIES_MAX, Reader::digest),
                            r.list(MessageLimits.ENTRIES_MAX, Reader::digest));
                case 4 -> new Push.Announced(r.bytes(RecordLimits.STATEMENT_BYTES_MAX));
                default -> throw new MalformedException("unknown push " + kind);
            };
        });
    }

    private static void moved(Writer w, Push.MovedEntry entry) {
        w.digest(entry.entry()).digest(entry.nonce()).digest(entry.header()).bytes(entry.place());
        w.list(entry.heads(), (x, head) -> head.write(x));
    }

    private static Push.MovedEntry moved(Reader r) throws MalformedException {
        return new Push.MovedEntry(
                r.digest(),
                r.digest(),
                r.digest(),
                r.bytes(MessageLimits.CONTENT_BYTES_MAX),
                r.list(RecordLimits.PARTS_MAX, CellHead::read));
    }
}
