package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * A tier's signed, timed word: I hold this entry on disk, header, blobs, annex and all sealed shares of its new cells. Two
 * of them, by different tiers, acknowledge an entry that data has not placed.
 */
public record Held(Party tier, long epoch, Digest entry, RecordTime time, Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/held/1\n").toArray();

    public static Held read(Reader reader) throws MalformedException {
        Party tier = reader.choice(Party.values());
        if (!tier.isTier()) {
            throw new MalformedException("the witness holds nothing");
        }
        return new Held(tier, reader.count(), reader.digest(), RecordTime.read(reader), Signature.read(reader));
    }

    public void write(Writer writer) {
        writer.u8(tier.ordinal()).i64(epoch).digest(entry);
        time.write(writer);
        signature.write(writer);
    }

    public static byte[] signedBytes(Digest origin, Party tier, long epoch, Digest entry, RecordTime time) {
        Writer writer = new Writer(160)
                .raw(TAG)
                .digest(origin)
                .u8(tier.ordinal())
                .i64(epoch)
                .digest(entry);
        time.write(writer);
        return writer.toArray();
    }

    public byte[] signedBytes(Digest origin) {
        return signedBytes(origin, tier, epoch, entry, time);
    }
}
