package trimaran.line.message;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.record.Signature;

/**
 * An officer's signed word that a station may read the release ledgers for a while: to say whose data a fallen party could have read,
 * from a page instead of from the operators' command line. A tier writes it into its own ledger before it shows a line.
 *
 * @param station key of the line it is shown over, and over no other
 * @param from when the officer signed, by the station's clock
 * @param until when it ends, at most {@link #LIFE_MILLIS_MAX} later
 * @param officer id of the badge that signed
 */
public record LedgerLook(Digest station, RecordTime from, RecordTime until, Digest officer, Signature signature) {

    /** Half an hour: to read a record of a million entries, and no longer than somebody sits before the page. */
    public static final long LIFE_MILLIS_MAX = 30 * 60_000L;

    private static final byte[] TAG = Bytes.ofText("trimaran/ledger-look/1\n").toArray();

    public static LedgerLook read(Reader reader) throws MalformedException {
        return new LedgerLook(
                reader.digest(),
                RecordTime.read(reader),
                RecordTime.read(reader),
                reader.digest(),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        fields(writer);
        signature.write(writer);
    }

    /** The bytes the officer's badge signs. */
    public byte[] signedBytes(Digest origin) {
        Writer writer = new Writer(192).raw(TAG).digest(origin);
        fields(writer);
        return writer.toArray();
    }

    /** The same word with its signature. */
    public LedgerLook signed(Signature by) {
        return new LedgerLook(station, from, until, officer, by);
    }

    /** What the ledger line names: what was signed, whatever signature came with it. */
    public Digest id(Digest origin) {
        return Digest.sha256(Bytes.wrap(signedBytes(origin)));
    }

    private void fields(Writer writer) {
        writer.digest(station);
        from.write(writer);
        until.write(writer);
        writer.digest(officer);
    }
}
