package trimaran.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import trimaran.keeper.spi.Store.StoreFailure;

/**
 * Tells a log whose writer died in the middle of its last record from one with a damaged length. RocksDB takes any record
 * that claims more bytes than the file has for the first, and leaves it and all behind it away without a word: one flipped
 * bit in the manifest, and the store is empty. A record's checksum covers its type and content and not its length, so what
 * is whole can be known by it.
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

    private LogEnd() {}

    /** @throws StoreFailure if the manifest or a log in this folder ends in a whole record that calls itself longer */
    static void requireUndamaged(Path folder) throws IOException {
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "{MANIFEST-*,*.log}")) {
            for (Path log : logs) {
                if (endsInWrongLength(lastBlock(log))) {
                    throw new StoreFailure(
                            "the store in " + folder + " is damaged: rebuild this party from the others (" + log
                                    + " ends in a record of a wrong length)",
                            new IOException("a record longer than its file: " + log));
                }
            }
        }
    }

    private static ByteBuffer lastBlock(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            long start = size == 0 ? 0 : (size - 1) / BLOCK * BLOCK;
            ByteBuffer block = ByteBuffer.allocate((int) (size - start)).order(ByteOrder.LITTLE_ENDIAN);
            while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
                // A read may bring less than was asked for.
            }
            return block.flip();
        }
    }

    private static boolean endsInWrongLength(ByteBuffer block) {
        int at = 0;
        while (at + HEADER <= block.limit()) {
            int length = Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
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
