package trimaran.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import trimaran.keeper.spi.Store.StoreFailure;

/**
 * Finds what RocksDB would take for the end of a log and leave away, with all behind it, without a word: a record that claims more
 * bytes than the file has, as if its writer had died in the middle of it, and one of a type that says the file was used before. One
 * flipped bit in the manifest, and the store is empty. A record's checksum covers its type and content and not its length, so
 * what is whole can be known by it; and files are not used twice here ({@link Settings}).
 *
 * <p>Layout (RocksDB, {@code db/log_format.h}): blocks of 32 KiB, each beginning with a record; a record is four bytes of
 * masked CRC-32C, two of length, one of type, all little-endian, and the content; no record crosses a block's end. In all
 * blocks but the last RocksDB finds a wrong length by itself.
 */
final class LogEnd {

    private static final int BLOCK = 32 << 10;
    private static final int HEADER = 7;
    private static final int LENGTH_AT = 4;
    private static final int TYPE_AT = 6;
    private static final int MASK = 0xa282ead8;

    /** Records of a file that is written over an older one. */
    private static final Set<Integer> REUSED = Set.of(5, 6, 7, 8, 11, 131);

    private LogEnd() {}

    /** @throws StoreFailure if the manifest in use or a log in this folder has such a record */
    static void requireUndamaged(Path folder) throws IOException {
        Path current = folder.resolve("CURRENT");
        if (Files.exists(current)) {
            Path manifest = folder.resolve(
                    Files.readString(current, StandardCharsets.ISO_8859_1).replaceAll("[^A-Z0-9-]", ""));
            if (Files.isRegularFile(manifest)) {
                requireUndamaged(folder, manifest);
            }
        }
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
            for (Path log : logs) {
                requireUndamaged(folder, log);
            }
        }
    }

    private static void requireUndamaged(Path folder, Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            for (long start = 0; start < size; start += BLOCK) {
                ByteBuffer block = block(channel, start, (int) Math.min(BLOCK, size - start));
                boolean last = start + BLOCK >= size;
                if (isReused(block) || (last && endsInWrongLength(block))) {
                    throw new StoreFailure(
                            Failures.damaged(folder, "a record of " + log + " is not what was written"),
                            new IOException("a damaged header in " + log));
                }
            }
        } catch (NoSuchFileException gone) {
            // Whoever has this store open put it away just now, and RocksDB says so.
        }
    }

    private static ByteBuffer block(FileChannel channel, long start, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
            // A read may bring less than was asked for.
        }
        return block.flip();
    }

    private static boolean isReused(ByteBuffer block) {
        for (int at = 0; at + HEADER <= block.limit(); at += HEADER + length(block, at)) {
            if (REUSED.contains(Byte.toUnsignedInt(block.get(at + TYPE_AT)))) {
                return true;
            }
        }
        return false;
    }

    private static int length(ByteBuffer block, int at) {
        return Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
    }

    private static boolean endsInWrongLength(ByteBuffer block) {
        int at = 0;
        while (at + HEADER <= block.limit()) {
            int length = length(block, at);
            if (at + HEADER + length > block.limit()) {
                return isWhole(block, at);
            }
            at += HEADER + length;
        }
        return false;
    }

    /** Whether what stands from here on has, at any length, the checksum this header tells. */
    private static boolean isWhole(ByteBuffer block, int at) {
        int told = block.getInt(at);
        CRC32C sum = new CRC32C();
        for (int next = at + TYPE_AT; next < block.limit(); next++) {
            sum.update(block.get(next));
            if (masked((int) sum.getValue()) == told) {
                return true;
            }
        }
        return false;
    }

    private static int masked(int sum) {
        return Integer.rotateRight(sum, 15) + MASK;
    }
}
