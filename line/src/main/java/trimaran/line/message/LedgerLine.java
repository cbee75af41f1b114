package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * One line of a tier's release ledger: to whom, for what, which cells. Lines are chained by hash, synced before the release
 * leaves, and copied to the two other tiers.
 *
 * @param session in which it was asked; of ledgers that were read, the officer's badge
 * @param recipient who got it: a station's line key, or the hash of a party's word
 * @param request digest of the request that asked; where application is shown something, of the entry it is about
 * @param draft digest of what application is shown, else zero
 */
public record LedgerLine(
        long number,
        RecordTime time,
        Act act,
        Digest session,
        Digest recipient,
        Digest request,
        Digest draft,
        List<CellId> cells,
        Digest previous) {

    private static final byte[] TAG = Bytes.ofText("trimaran/ledger/1\n").toArray();

    public LedgerLine {
        cells = List.copyOf(cells);
    }

    /** What was done. Order is the wire value. */
    public enum Act {
        RELEASED,
        /** Of these cells application was shown a text. */
        SHOWN_TO_APPLICATION,
        LOOKED_UP,
        PRINTED,
        EXPORTED,
        BROKE_GLASS,
        /** An officer had the ledgers themselves read at a station: no cell was handed out. */
        LEDGERS_READ,
        /** Application was told that something is written in these cells, and not what. */
        NAMED_TO_APPLICATION
    }

    public static LedgerLine read(Reader reader) throws MalformedException {
        return new LedgerLine(
                reader.count(),
                RecordTime.read(reader),
                reader.choice(Act.values()),
                reader.digest(),
                reader.digest(),
                reader.digest(),
                reader.digest(),
                reader.list(MessageLimits.CELLS_MAX, CellId::read),
                reader.digest());
    }

    public void write(Writer writer) {
        writer.i64(number);
        time.write(writer);
        writer.u8(act.ordinal())
                .digest(session)
                .digest(recipient)
                .digest(request)
                .digest(draft);
        writer.list(cells, (w, cell) -> cell.write(w)).digest(previous);
    }

    public Bytes encode() {
        Writer writer = new Writer(256);
        write(writer);
        return writer.toBytes();
    }

    /** The hash the next line names. */
    public Digest chain() {
        return Digest.sha256(TAG, encode().unsafeArray());
    }
}
