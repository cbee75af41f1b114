package trimaran.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * The writing half of the one canonical codec: big-endian fixed-width integers, byte strings and lists with a 4-byte
 * count before them, nothing optional but by an explicit 0 or 1. Each value has exactly one encoding, so signed bytes
 * can be rebuilt from values. Layouts are listed in docs/formats.md.
 */
public final class Writer {

    private byte[] buffer;
    private int size;

    public Writer() {
        this(256);
    }

    public Writer(int expected) {
        buffer = new byte[Math.max(16, expected)];
    }

    public Writer u8(int value) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("not a u8: " + value);
        }
        grow(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public Writer u16(int value) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException("not a u16: " + value);
        }
        grow(2);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Writes all 32 bits; the reader returns them as a long from 0 to 2^32-1. */
    public Writer u32(long value) {
        if (value < 0 || value > 0xffffffffL) {
            throw new IllegalArgumentException("not a u32: " + value);
        }
        grow(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public Writer i64(long value) {
        grow(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public Writer flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    public Writer raw(byte[] bytes) {
        grow(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    public Writer digest(Digest digest) {
        return raw(digest.unsafeArray());
    }

    public Writer bytes(Bytes bytes) {
        return bytes(bytes.unsafeArray());
    }

    public Writer bytes(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    public Writer text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public <T> Writer list(Collection<T> items, BiConsumer<Writer, T> each) {
        u32(items.size());
        for (T item : items) {
            each.accept(this, item);
        }
        return this;
    }

    public int size() {
        return size;
    }

    public byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    public Bytes toBytes() {
        return Bytes.wrap(toArray());
    }

    private void grow(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
