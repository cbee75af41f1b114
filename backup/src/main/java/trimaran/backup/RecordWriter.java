package trimaran.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;

/**
 * Writes a backup's record into a folder of its own, from entry 0 on, and its manifest last. An entry is
 *
 * <pre>
 * header (u32 length) ‖ place (u32 length) ‖ annex (u32 length; none if 0) ‖ blobs (u32 count)
 * each blob: 1 (u8) ‖ length (i64) ‖ sealed bytes, or 0 (u8) where the law took it away
 * </pre>
 *
 * Nothing of any share is in it, not even sealed to its keeper.
 */
public final class RecordWriter implements AutoCloseable {

    /** An entry begins a new file beyond this: what is altered is named by file. */
    public static final long FILE_BYTES = 64L << 20;

    static final String ENTRIES = "entries-";
    static final String LEDGER = "ledger-";
    static final String LEAVES = "leaves";
    static final String EPOCHS = "epochs";

    private final Path folder;
    private final List<Manifest.Named> files = new ArrayList<>();
    private final HashedFile leaves;
    private Optional<HashedFile> entries = Optional.empty();
    private Optional<HashedFile> ledger = Optional.empty();
    private long count;

    public RecordWriter(Path folder) throws IOException {
        this.folder = folder;
        this.leaves = new HashedFile(folder, LEAVES);
    }

    /** Begins the next entry; its blobs follow, each in its pieces, as many as announced. */
    public void entry(Bytes header, Bytes place, Bytes annex, int blobs, Digest leafHash) throws IOException {
        if (entries.isPresent() && entries.get().bytes() >= FILE_BYTES) {
            files.add(entries.get().close());
            entries = Optional.empty();
        }
        if (entries.isEmpty()) {
            entries = Optional.of(new HashedFile(folder, name(count)));
        }
        put(new Writer(header.size() + place.size() + annex.size() + 16)
                .bytes(header)
                .bytes(place)
                .bytes(annex)
                .u32(blobs)
                .toBytes());
        leaves.add(Bytes.of(leafHash.unsafeArray()));
        count++;
    }

    static String name(long first) {
        return ENTRIES + String.format("%012d", first);
    }

    /** A blob of this many bytes begins; its pieces follow. */
    public void blob(long bytes) throws IOException {
        put(new Writer(9).u8(1).i64(bytes).toBytes());
    }

    public void piece(Bytes piece) throws IOException {
        put(piece);
    }

    /** A blob that was erased. */
    public void noBlob() throws IOException {
        put(new Writer(1).u8(0).toBytes());
    }

    private void put(Bytes bytes) throws IOException {
        entries.orElseThrow().add(bytes);
    }

    /** The lines of one tier's ledger follow, from number 0 on. */
    public void ledger(Party tier) throws IOException {
        endLedger();
        ledger = Optional.of(new HashedFile(folder, LEDGER + tier.word()));
    }

    public void line(LedgerLine line) throws IOException {
        ledger.orElseThrow().add(new Writer(256).bytes(line.encode()).toBytes());
    }

    private void endLedger() throws IOException {
        if (ledger.isPresent()) {
            files.add(ledger.get().close());
            ledger = Optional.empty();
        }
    }

    /** Bytes written so far of entries, in all files. */
    public long bytes() {
        return files.stream().mapToLong(Manifest.Named::bytes).sum()
                + entries.map(HashedFile::bytes).orElse(0L);
    }

    /**
     * Ends the folder with its manifest.
     *
     * @param epochs membership statements, oldest first
     */
    public Manifest finish(Bytes name, Digest origin, Party tier, List<Bytes> epochs, Bytes note) throws IOException {
        endLedger();
        if (entries.isPresent()) {
            files.add(entries.get().close());
            entries = Optional.empty();
        }
        files.add(leaves.close());
        Bytes statements = new Writer(256).list(epochs, Writer::bytes).toBytes();
        files.add(HashedFile.whole(folder, EPOCHS, statements));
        Manifest manifest = new Manifest(Manifest.Kind.RECORD, name, origin, tier, count, files, note);
        HashedFile.sync(folder);
        HashedFile.whole(folder, Manifest.NAME, manifest.encode());
        HashedFile.sync(folder);
        return manifest;
    }

    /** Lets go of files that are not finished; the folder has no manifest then and is no backup. */
    @Override
    public void close() throws IOException {
        leaves.abandon();
        if (entries.isPresent()) {
            entries.get().abandon();
        }
        if (ledger.isPresent()) {
            ledger.get().abandon();
        }
    }
}
