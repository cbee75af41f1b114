package trimaran.line.message;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.record.Signature;

/**
 * A tier's word that a draft stands on its ledger as shown to application (DESIGN §6). Application looks at no draft and
 * asks for no cell without one.
 *
 * @param entry digest of the author part the draft belongs to
 * @param draft digest of the draft itself: application looks at no other
 * @param line number of the ledger line
 */
public record Receipt(Party ledger, Digest entry, Digest draft, long line, RecordTime time, Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/receipt/1\n").toArray();

    public static Receipt read(Reader reader) throws MalformedException {
        return new Receipt(
                reader.choice(Party.values()),
                reader.digest(),
                reader.digest(),
                reader.count(),
                RecordTime.read(reader),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        writer.u8(ledger.ordinal()).digest(entry).digest(draft).i64(line);
        time.write(writer);
        signature.write(writer);
    }

    public static byte[] signedBytes(
            Digest origin, Party ledger, Digest entry, Digest draft, long line, RecordTime time) {
        Writer writer = new Writer(192)
                .raw(TAG)
                .digest(origin)
                .u8(ledger.ordinal())
                .digest(entry)
                .digest(draft)
                .i64(line);
        time.write(writer);
        return writer.toArray();
    }
}
