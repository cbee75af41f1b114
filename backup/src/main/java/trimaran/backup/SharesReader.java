package trimaran.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.shares.GenerationKey;
import trimaran.shares.SharePair;

/** Reads a backup's shares: looked for by cell, in rows that are in the order of the cells. Whether one is true only its commitment says. */
public final class SharesReader implements AutoCloseable {

    private final FileChannel pairs;
    private final long rows;
    private final GenerationKey key;

    private SharesReader(FileChannel pairs, long rows, GenerationKey key) {
        this.pairs = pairs;
        this.rows = rows;
        this.key = key;
    }

    public static SharesReader open(BackupFolder folder) throws IOException, MalformedException {
        GenerationKey key =
                key(folder.manifest().tier(), Bytes.wrap(Files.readAllBytes(folder.file(SharesWriter.FILE_KEY))));
        FileChannel pairs = FileChannel.open(folder.file(SharesWriter.PAIRS), StandardOpenOption.READ);
        long bytes = pairs.size();
        if (bytes % SharesWriter.ROW_BYTES != 0) {
            pairs.close();
            throw new MalformedException("the file pairs does not consist of whole rows");
        }
        return new SharesReader(pairs, bytes / SharesWriter.ROW_BYTES, key);
    }

    private static GenerationKey key(Party tier, Bytes content) throws MalformedException {
        return Reader.whole(
                content,
                reader -> new GenerationKey(
                        tier, reader.count(), SecretBytes.taking(reader.raw(GenerationKey.KEY_BYTES))));
    }

    public long rows() {
        return rows;
    }

    /** Up to which refresh, or none, these pairs went through all. */
    public long generation() {
        return key.generation();
    }

    public CellId cell(long row) throws IOException, MalformedException {
        return CellId.read(new Reader(read(row, 0, CellId.SIZE_BYTES)));
    }

    /** A row's pair; refused if it does not open as this cell's. */
    public Outcome<SharePair> pair(long row) throws IOException, MalformedException {
        Bytes sealed = Bytes.wrap(read(row, CellId.SIZE_BYTES, SharesWriter.SEALED_BYTES));
        return key.openPair(cell(row), sealed);
    }

    /** The row of a cell, if it has one. */
    public Optional<Long> row(CellId wanted) throws IOException, MalformedException {
        long low = 0;
        long high = rows - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            int order = cell(middle).compareTo(wanted);
            if (order == 0) {
                return Optional.of(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private byte[] read(long row, int from, int length) throws IOException, MalformedException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (pairs.read(buffer, row * SharesWriter.ROW_BYTES + from + buffer.position()) < 0) {
                throw new MalformedException("the file pairs ends too early");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        key.destroy();
        pairs.close();
    }
}
