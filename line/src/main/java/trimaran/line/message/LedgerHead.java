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
 * A tier's signed word how far a release ledger reaches on its disk, its own or the copy it keeps of another's. Ledgers stand in no
 * Merkle log; this makes their lines evidence to somebody who has only the lines: the chain to a signed hash binds each of them.
 *
 * @param keeper who says so
 * @param ledger whose ledger it is
 * @param lines how many of its lines lead to {@code chain}
 * @param total how many lines the keeper has at {@code time}; never fewer than {@code lines}
 * @param about what the asker named, so that a head said for one purpose stands for no other
 */
public record LedgerHead(
        Party keeper,
        Party ledger,
        long lines,
        Digest chain,
        long total,
        RecordTime time,
        Digest about,
        Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/ledger-head/1\n").toArray();

    public static LedgerHead read(Reader reader) throws MalformedException {
        return new LedgerHead(
                reader.choice(Party.values()),
                reader.choice(Party.values()),
                reader.count(),
                reader.digest(),
                reader.count(),
                RecordTime.read(reader),
                reader.digest(),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        fields(writer);
        signature.write(writer);
    }

    public Bytes encode() {
        Writer writer = new Writer(2600);
        write(writer);
        return writer.toBytes();
    }

    /** The bytes the keeper signs with its key for statements. */
    public byte[] signedBytes(Digest origin) {
        Writer writer = new Writer(192).raw(TAG).digest(origin);
        fields(writer);
        return writer.toArray();
    }

    /** The same word with its signature. */
    public LedgerHead signed(Signature by) {
        return new LedgerHead(keeper, ledger, lines, chain, total, time, about, by);
    }

    private void fields(Writer writer) {
        writer.u8(keeper.ordinal())
                .u8(ledger.ordinal())
                .i64(lines)
                .digest(chain)
                .i64(total);
        time.write(writer);
        writer.digest(about);
    }
}
