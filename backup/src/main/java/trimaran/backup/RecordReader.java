package trimaran.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.record.RecordLimits;

/**
 * Reads a backup's entries in their order, from any of them on. It takes the files as they are: what a length in them claims
 * beyond the end of its file is refused, and nothing large is read into memory.
 */
public final class RecordReader implements AutoCloseable {

    /** A header, a place or an annex beyond this is none: the largest header has 4 MiB. */
    static final int ITEM_BYTES_MAX = 2 * RecordLimits.HEADER_BYTES_MAX;

    private final BackupFolder folder;
    private final List<String> files;
    private int file = -1;
    private Optional<FileChannel> channel = Optional.empty();
    private long at;
    private long end;
    private long next;

    public RecordReader(BackupFolder folder) {
        this.folder = folder;
        this.files = folder.entryFiles();
    }

    /**
     * An entry as it lies in the backup.
     *
     * @param annex empty for none, or where it was erased
     * @param blobs in the order of its parts
     */
    public record Backed(long index, String file, Bytes header, Bytes place, Bytes annex, List<Blob> blobs) {
        public Backed {
            blobs = List.copyOf(blobs);
        }
    }

    /** Where a blob lies in its file; negative where it was erased. */
    public record Blob(String file, long offset, long bytes) {
        public boolean isHere() {
            return offset >= 0;
        }
    }

    /** The position of the next entry read. */
    public long next() {
        return next;
    }

    /** Goes on at this entry. */
    public void seek(long index) throws IOException, MalformedException {
        if (index == next) {
            return;
        }
        int wanted = files.size() - 1;
        while (wanted > 0 && first(wanted) > index) {
            wanted--;
        }
        if (index < next || wanted > file) {
            begin(wanted);
        }
        while (next < index && read().isPresent()) {
            // Those before it are passed over.
        }
    }

    private long first(int number) throws MalformedException {
        try {
            return Long.parseLong(files.get(number).substring(RecordWriter.ENTRIES.length()));
        } catch (NumberFormatException wrong) {
            throw new MalformedException("the file " + files.get(number) + " is none of a backup");
        }
    }

    private void begin(int number) throws IOException, MalformedException {
        close();
        file = number;
        next = first(number);
        at = 0;
        FileChannel opened = FileChannel.open(folder.file(files.get(number)), StandardOpenOption.READ);
        channel = Optional.of(opened);
        end = opened.size();
    }

    /** The next entry; empty at the end of the last file. */
    public Optional<Backed> read() throws IOException, MalformedException {
        while (channel.isEmpty() || at == end) {
            if (file + 1 >= files.size()) {
                return Optional.empty();
            }
            long expected = next;
            begin(file + 1);
            if (next != expected) {
                throw new MalformedException("the file " + files.get(file) + " does not follow the one before it");
            }
        }
        String name = files.get(file);
        Bytes header = item();
        Bytes place = item();
        Bytes annex = item();
        int count = (int) Math.min(number(4), Integer.MAX_VALUE);
        if (count > RecordLimits.PARTS_MAX) {
            throw torn();
        }
        List<Blob> blobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blobs.add(blob(name));
        }
        return Optional.of(new Backed(next++, name, header, place, annex, blobs));
    }

    private Blob blob(String name) throws IOException, MalformedException {
        if (number(1) == 0) {
            return new Blob(name, -1, 0);
        }
        long bytes = number(8);
        if (bytes < 0 || bytes > end - at) {
            throw torn();
        }
        Blob blob = new Blob(name, at, bytes);
        at += bytes;
        return blob;
    }

    private Bytes item() throws IOException, MalformedException {
        long length = number(4);
        if (length > ITEM_BYTES_MAX) {
            throw torn();
        }
        return Bytes.wrap(raw((int) length));
    }

    private long number(int bytes) throws IOException, MalformedException {
        long value = 0;
        for (byte one : raw(bytes)) {
            value = value << 8 | (one & 0xff);
        }
        return value;
    }

    private byte[] raw(int length) throws IOException, MalformedException {
        if (length > end - at) {
            throw torn();
        }
        byte[] bytes = read(channel.orElseThrow(), at, length);
        at += length;
        return bytes;
    }

    private MalformedException torn() {
        return new MalformedException("entry " + next + " in the file " + files.get(file) + " is torn");
    }

    /** A piece of a blob: from an offset on, as many bytes as there are, at most this many. */
    public Bytes piece(Blob blob, long offset, int max) throws IOException, MalformedException {
        try (FileChannel opened = FileChannel.open(folder.file(blob.file()), StandardOpenOption.READ)) {
            return piece(opened, blob, offset, max);
        }
    }

    private static Bytes piece(FileChannel opened, Blob blob, long offset, int max)
            throws IOException, MalformedException {
        int length = (int) Math.min(max, blob.bytes() - offset);
        return Bytes.wrap(read(opened, blob.offset() + offset, length));
    }

    /** The digest of a whole blob. */
    public Digest digest(Blob blob) throws IOException, MalformedException {
        MessageDigest hash = Digest.hash();
        try (FileChannel opened = FileChannel.open(folder.file(blob.file()), StandardOpenOption.READ)) {
            for (long from = 0; from < blob.bytes(); from += RecordLimits.CHUNK_BYTES) {
                hash.update(piece(opened, blob, from, RecordLimits.CHUNK_BYTES).unsafeArray());
            }
        }
        return Digest.of(hash.digest());
    }

    private static byte[] read(FileChannel from, long at, int length) throws IOException, MalformedException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (from.read(buffer, at + buffer.position()) < 0) {
                throw new MalformedException("a file of the backup ends too early");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
            channel = Optional.empty();
        }
    }
}
