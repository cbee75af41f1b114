package trimaran.line.message;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.record.PublicKey;
import trimaran.record.RecordLimits;

/** What stations say to one another as bytes: one byte for the kind, then the fields in order. */
public final class BuddyCodec {

    private BuddyCodec() {}

    public static Bytes encode(BuddyRequest request) {
        Writer w = new Writer(1024);
        switch (request) {
            case BuddyRequest.Greet(Digest origin, int version, Digest before, Digest life) ->
                w.u8(48).digest(origin).u8(version).digest(before).digest(life);
            case BuddyRequest.Keep(Digest whole, long total, long offset, Bytes piece) ->
                w.u8(49).digest(whole).i64(total).i64(offset).bytes(piece);
            case BuddyRequest.Leave leave -> w.u8(50).list(leave.entries(), Writer::digest);
            case BuddyRequest.Lost lost -> w.u8(54).list(lost.entries(), Writer::digest);
            case BuddyRequest.Alive(long waiting) -> w.u8(51).i64(waiting);
            case BuddyRequest.Copies copies -> {
                copies.badge().write(w.u8(52));
                w.list(copies.copies(), BuddyCodec::copy);
            }
            case BuddyRequest.KeepCopy(BuddyRequest.Copy copy, Digest whole, long total, long offset, Bytes piece) -> {
                copy(w.u8(53), copy);
                w.digest(whole).i64(total).i64(offset).bytes(piece);
            }
        }
        return w.toBytes();
    }

    public static BuddyRequest decodeRequest(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, r -> {
            int kind = r.u8();
            return switch (kind) {
                case 48 -> new BuddyRequest.Greet(r.digest(), r.u8(), r.digest(), r.digest());
                case 49 -> new BuddyRequest.Keep(r.digest(), r.count(), r.count(), r.bytes(RecordLimits.CHUNK_BYTES));
                case 50 -> new BuddyRequest.Leave(r.list(MessageLimits.ENTRIES_MAX, Reader::digest));
                case 51 -> new BuddyRequest.Alive(r.count());
                case 52 ->
                    new BuddyRequest.Copies(
                            PublicKey.read(r), r.list(MessageLimits.BUDDY_COPIES_MAX, BuddyCodec::readCopy));
                case 53 ->
                    new BuddyRequest.KeepCopy(
                            readCopy(r), r.digest(), r.count(), r.count(), r.bytes(RecordLimits.CHUNK_BYTES));
                case 54 -> new BuddyRequest.Lost(r.list(MessageLimits.ENTRIES_MAX, Reader::digest));
                default -> throw new MalformedException("unknown request of a station " + kind);
            };
        });
    }

    public static Bytes encode(BuddyResponse response) {
        Writer w = new Writer(1024);
        switch (response) {
            case BuddyResponse.Done done -> w.u8(32);
            case BuddyResponse.Kept kept -> w.u8(33).list(kept.entries(), Writer::digest);
            case BuddyResponse.Lacking lacking -> w.u8(34).list(lacking.copies(), BuddyCodec::copy);
        }
        return w.toBytes();
    }

    public static BuddyResponse decodeResponse(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, r -> {
            int kind = r.u8();
            return switch (kind) {
                case 32 -> new BuddyResponse.Done();
                case 33 -> new BuddyResponse.Kept(r.list(MessageLimits.BUDDY_ENTRIES_MAX, Reader::digest));
                case 34 -> new BuddyResponse.Lacking(r.list(MessageLimits.BUDDY_COPIES_MAX, BuddyCodec::readCopy));
                default -> throw new MalformedException("unknown answer of a station " + kind);
            };
        });
    }

    private static void copy(Writer w, BuddyRequest.Copy copy) {
        copy.ward().write(w);
        w.i64(copy.made().millis());
    }

    private static BuddyRequest.Copy readCopy(Reader r) throws MalformedException {
        return new BuddyRequest.Copy(ResourceId.read(r), new WallTime(r.i64()));
    }
}
