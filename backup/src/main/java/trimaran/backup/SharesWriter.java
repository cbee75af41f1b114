package trimaran.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Writer;
import trimaran.shares.GenerationKey;

/**
 * Writes a tier's shares of one generation into a folder of their own: {@code pairs}, rows of cell ‖ sealed pair in the order of
 * the cells, each pair under the generation's file key as it lies at the tier; and {@code file-key}: generation (i64) ‖ key.
 *
 * <p>Trust: whoever has this folder has one tier's shares, two thirds of what opens a cell, and needs a third from another tier.
 */
public final class SharesWriter implements AutoCloseable {

    /** Bytes of a pair under its file key. */
    public static final int SEALED_BYTES = GenerationKey.OVERHEAD_BYTES + 64;

    static final String PAIRS = "pairs";
    static final String FILE_KEY = "file-key";
    static final int ROW_BYTES = CellId.SIZE_BYTES + SEALED_BYTES;

    private final Path folder;
    private final HashedFile pairs;

    public SharesWriter(Path folder) throws IOException {
        this.folder = folder;
        this.pairs = new HashedFile(folder, PAIRS);
    }

    /** The next pair; cells come in their order. */
    public void pair(CellId cell, Bytes sealed) throws IOException {
        if (sealed.size() != SEALED_BYTES) {
            throw new IllegalArgumentException("not a sealed pair");
        }
        Writer row = new Writer(ROW_BYTES);
        cell.write(row);
        pairs.add(row.raw(sealed.unsafeArray()).toBytes());
    }

    /** Ends the folder with its manifest; it belongs to the record's of the same name. */
    public Manifest finish(Manifest record, GenerationKey key) throws IOException {
        Bytes secret =
                new Writer(40).i64(key.generation()).raw(key.secret().expose()).toBytes();
        List<Manifest.Named> files = List.of(pairs.close(), HashedFile.whole(folder, FILE_KEY, secret));
        Manifest manifest = new Manifest(
                Manifest.Kind.SHARES,
                record.name(),
                record.origin(),
                record.tier(),
                record.entries(),
                files,
                record.note());
        HashedFile.sync(folder);
        HashedFile.whole(folder, Manifest.NAME, manifest.encode());
        HashedFile.sync(folder);
        return manifest;
    }

    @Override
    public void close() throws IOException {
        pairs.abandon();
    }
}
