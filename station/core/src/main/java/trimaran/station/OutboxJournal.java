package trimaran.station;

import java.nio.ByteBuffer;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Writer;

/** The records of an {@link Outbox} on disk: where one begins and ends, and whether it is whole. */
final class OutboxJournal {

    static final int KIND_ENTRY = 1;
    static final int KIND_LEFT = 2;
    static final int KIND_REFUSED = 3;

    /** Content of a record of the third kind as earlier versions wrote it: digest, time, code. */
    private static final int REFUSED_NAMELESS_BYTES = Digest.SIZE + 8 + 2;

    /** The same with the badge of its author. */
    static final int REFUSED_BYTES = REFUSED_NAMELESS_BYTES + Digest.SIZE;

    static final int CHECK_BYTES = 8;
    private static final int FRAME_BYTES = 4 + CHECK_BYTES;

    private OutboxJournal() {}

    /**
     * Where the next record begins whose check holds, or -1 if none follows: then what stands here is the tail of a write that was
     * cut off, unless the record is all there and only its check is wrong.
     */
    static int nextRecord(byte[] all, int from) {
        int claimed = claimedEnd(all, from);
        if (claimed > 0 && claimed < all.length && recordEnd(all, claimed) > 0) {
            return claimed;
        }
        for (int at = from + 1; at <= all.length - FRAME_BYTES; at++) {
            if (beginsRecord(all, at) && recordEnd(all, at) > 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a record may begin here, told from its first bytes, so that not each position costs a hash of all that follows. */
    private static boolean beginsRecord(byte[] all, int at) {
        if (claimedEnd(all, at) < 0) {
            return false;
        }
        ByteBuffer record = ByteBuffer.wrap(all, at, all.length - at);
        int size = record.getInt();
        return switch (record.get()) {
            case KIND_LEFT -> size == Digest.SIZE + 1;
            case KIND_REFUSED -> size == REFUSED_BYTES + 1 || size == REFUSED_NAMELESS_BYTES + 1;
            case KIND_ENTRY -> size > StoredEntry.SIZE_MIN && StoredEntry.mayBegin(record);
            default -> false;
        };
    }

    /** Where the record at this position says that it ends, or -1 if that is beyond the journal. */
    static int claimedEnd(byte[] all, int at) {
        if (all.length - at < FRAME_BYTES + 1) {
            return -1;
        }
        long size = Integer.toUnsignedLong(ByteBuffer.wrap(all, at, 4).getInt());
        return size < 1 || size > all.length - at - FRAME_BYTES ? -1 : at + FRAME_BYTES + (int) size;
    }

    /** Where the record at this position ends, or -1 if it is torn or damaged. */
    static int recordEnd(byte[] all, int at) {
        int end = claimedEnd(all, at);
        if (end < 0) {
            return -1;
        }
        byte[] check = check(all, at + 4, end - CHECK_BYTES - at - 4);
        for (int i = 0; i < CHECK_BYTES; i++) {
            if (check[i] != all[end - CHECK_BYTES + i]) {
                return -1;
            }
        }
        return end;
    }

    /** Whether the last record is all there and one bit of its length turned: the check does not cover the length. */
    static boolean isWholeButForItsLength(byte[] all, int at) {
        int left = all.length - at - FRAME_BYTES;
        if (left < 1) {
            return false;
        }
        byte[] record = java.util.Arrays.copyOfRange(all, at, all.length);
        int claimed = ByteBuffer.wrap(record).getInt();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            ByteBuffer.wrap(record).putInt(claimed ^ 1 << bit);
            if (recordEnd(record, 0) > 0) {
                return true;
            }
        }
        return false;
    }

    static Bytes record(int kind, Bytes content) {
        int size = content.size() + 1;
        byte[] record = new byte[size + FRAME_BYTES];
        ByteBuffer.wrap(record).putInt(size).put((byte) kind).put(content.unsafeArray());
        System.arraycopy(check(record, 4, size), 0, record, size + 4, CHECK_BYTES);
        return Bytes.wrap(record);
    }

    private static byte[] check(byte[] body, int from, int size) {
        var hash = Digest.hash();
        hash.update(body, from, size);
        return java.util.Arrays.copyOf(hash.digest(), CHECK_BYTES);
    }

    static Bytes joined(List<Bytes> records) {
        if (records.size() == 1) {
            return records.getFirst();
        }
        int size = records.stream().mapToInt(Bytes::size).sum();
        Writer writer = new Writer(size);
        records.forEach(record -> writer.raw(record.unsafeArray()));
        return writer.toBytes();
    }
}
