import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the house's codec: big-endian numbers, byte strings and lists with a count of four bytes before them. */
final class Cursor {

    private static final int COUNT_MAX = 1 << 20;

    private final String place;
    private final ByteBuffer bytes;

    Cursor(String place, byte[] bytes) {
        this.place = place;
        this.bytes = ByteBuffer.wrap(bytes);
    }

    interface Item {
        void read() throws FalseException;
    }

    int u8() throws FalseException {
        return raw(1)[0] & 0xff;
    }

    boolean flag() throws FalseException {
        int value = u8();
        if (value > 1) {
            throw unreadable();
        }
        return value == 1;
    }

    /** 32 unsigned bits. */
    long u32() throws FalseException {
        return ByteBuffer.wrap(raw(4)).getInt() & 0xffffffffL;
    }

    long i64() throws FalseException {
        return ByteBuffer.wrap(raw(8)).getLong();
    }

    byte[] raw(int count) throws FalseException {
        try {
            byte[] value = new byte[count];
            bytes.get(value);
            return value;
        } catch (BufferUnderflowException | NegativeArraySizeException cut) {
            throw unreadable();
        }
    }

    byte[] bytes() throws FalseException {
        long count = u32();
        if (count > bytes.remaining()) {
            throw unreadable();
        }
        return raw((int) count);
    }

    String text() throws FalseException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** A hash, as hexadecimal digits. */
    String digest() throws FalseException {
        return HexFormat.of().formatHex(raw(32));
    }

    void list(Item item) throws FalseException {
        long count = u32();
        if (count > COUNT_MAX) {
            throw unreadable();
        }
        for (long i = 0; i < count; i++) {
            item.read();
        }
    }

    int position() {
        return bytes.position();
    }

    void end() throws FalseException {
        if (bytes.hasRemaining()) {
            throw unreadable();
        }
    }

    FalseException unreadable() {
        return new FalseException(
                place, "illisible à l'octet " + bytes.position(), "cannot be read at byte " + bytes.position());
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                hash.update(part);
            }
            return hash.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    static byte[] ascii(String tag) {
        return tag.getBytes(StandardCharsets.US_ASCII);
    }

    /** Parts of a message one after another. */
    static byte[] joined(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            whole.put(part);
        }
        return whole.array();
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
