package trimaran.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.line.message.LedgerLine;

/** A release ledger in a backup: its lines in their order, each after its length (u32). */
final class LedgerFile implements AutoCloseable {

    /** Far more than a line that names as many cells as one may. */
    static final int LINE_BYTES_MAX = 64 << 10;

    private final Path path;
    private final DataInputStream in;
    private long left;

    LedgerFile(Path path) throws IOException {
        this.path = path;
        this.left = Files.size(path);
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)));
    }

    /** The next line; empty at the end. */
    Optional<LedgerLine> read() throws IOException, MalformedException {
        if (left == 0) {
            return Optional.empty();
        }
        long length = left < 4 ? -1 : in.readInt();
        if (length < 0 || length > LINE_BYTES_MAX || length > left - 4) {
            throw new MalformedException("a line of the file " + path.getFileName() + " is torn");
        }
        byte[] line = new byte[(int) length];
        in.readFully(line);
        left -= 4 + length;
        return Optional.of(Reader.whole(Bytes.wrap(line), LedgerLine::read));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
