package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.record.BatchPath;
import trimaran.record.Signature;

/**
 * A tier's word that a draft stands on its ledger as shown to application (DESIGN §6). Application looks at no draft and
 * asks for no cell without one.
 *
 * @param entry digest of the author part the draft belongs to
 * @param draft digest of the draft itself: application looks at no other
 * @param line number of the last of its lines on the ledger: of the cells of which it shows a text, and of those it names
 * @param path one signature covers all drafts filed together
 */
public record Receipt(
        Party ledger, Digest entry, Digest draft, long line, RecordTime time, BatchPath path, Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/receipt/3\n").toArray();
    private static final byte[] ROOT_TAG = Bytes.ofText("trimaran/receipts/1\n").toArray();

    public static Receipt read(Reader reader) throws MalformedException {
        return new Receipt(
                reader.choice(Party.values()),
                reader.digest(),
                reader.digest(),
                reader.count(),
                RecordTime.read(reader),
                BatchPath.read(reader),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        writer.u8(ledger.ordinal()).digest(entry).digest(draft).i64(line);
        time.write(writer);
        path.write(writer);
        signature.write(writer);
    }

    /**
     * The hash of what is receipted, the member of a batch.
     *
     * @param shown the cells its lines on the ledger name
     * @param readable the cells application may be released
     */
    public static Digest leaf(
            Party ledger, Digest entry, Digest draft, Shown shown, List<CellId> readable, long line, RecordTime time) {
        Writer writer =
                new Writer(256).raw(TAG).u8(ledger.ordinal()).digest(entry).digest(draft);
        shown.write(writer).list(readable, (w, cell) -> cell.write(w)).i64(line);
        time.write(writer);
        return Digest.sha256(writer.toArray());
    }

    /** The bytes the tier signs: the root of a batch, in which a single receipt is its own root. */
    public static byte[] signedBytes(Digest origin, Digest root) {
        return new Writer(96).raw(ROOT_TAG).digest(origin).digest(root).toArray();
    }

    /** The bytes the tier must have signed for this receipt to hold of a draft that shows and lets read these cells. */
    public byte[] signedBytes(Digest origin, Shown shown, List<CellId> readable) {
        return signedBytes(origin, path.root(leaf(ledger, entry, draft, shown, readable, line, time)));
    }
}
