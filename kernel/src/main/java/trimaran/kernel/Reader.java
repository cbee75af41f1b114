package trimaran.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading half of the canonical codec: total and bounded. Any byte string either yields a value or a
 * {@link MalformedException}; counts are checked against what is left before anything is allocated, and {@link #end}
 * refuses trailing bytes, so there is one encoding per value.
 */
public final class Reader {

    private final byte[] source;
    private final int limit;
    private int position;

    public Reader(byte[] source) {
        this(source, 0, source.length);
    }

    public Reader(Bytes source) {
        this(source.unsafeArray());
    }

    public Reader(byte[] source, int from, int to) {
        this.source = source;
        this.position = from;
        this.limit = to;
    }

    /** Reads one item of a list or of a whole message. */
    @FunctionalInterface
    public interface Item<T> {
        T read(Reader reader) throws MalformedException;
    }

    /** Decodes a whole byte string; trailing bytes are refused. */
    public static <T> T whole(Bytes source, Item<T> item) throws MalformedException {
        Reader reader = new Reader(source);
        T value = item.read(reader);
        reader.end();
        return value;
    }

    public int u8() throws MalformedException {
        need(1);
        return source[position++] & 0xff;
    }

    public int u16() throws MalformedException {
        need(2);
        return (source[position++] & 0xff) << 8 | (source[position++] & 0xff);
    }

    public long u32() throws MalformedException {
        need(4);
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (source[position++] & 0xff);
        }
        return value;
    }

    public long i64() throws MalformedException {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (source[position++] & 0xff);
        }
        return value;
    }

    /** A count, size or position: an i64 that is not negative. */
    public long count() throws MalformedException {
        long value = i64();
        if (value < 0) {
            throw new MalformedException("negative count at byte " + (position - 8));
        }
        return value;
    }

    public boolean flag() throws MalformedException {
        int value = u8();
        if (value > 1) {
            throw new MalformedException("flag is neither 0 nor 1 at byte " + (position - 1));
        }
        return value == 1;
    }

    public byte[] raw(int count) throws MalformedException {
        need(count);
        byte[] bytes = new byte[count];
        System.arraycopy(source, position, bytes, 0, count);
        position += count;
        return bytes;
    }

    public Digest digest() throws MalformedException {
        return Digest.of(raw(Digest.SIZE));
    }

    /** A byte string of at most {@code max} bytes. */
    public Bytes bytes(int max) throws MalformedException {
        return Bytes.wrap(raw(length(max)));
    }

    /** UTF-8 text of at most {@code max} bytes; malformed UTF-8 is refused. */
    public String text(int max) throws MalformedException {
        int at = position;
        byte[] bytes = raw(length(max));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedException("text is not UTF-8 at byte " + at);
        }
    }

    /** A list of at most {@code max} items, each of which takes at least one byte. */
    public <T> List<T> list(int max, Item<T> item) throws MalformedException {
        int count = length(max);
        List<T> items = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            items.add(item.read(this));
        }
        return List.copyOf(items);
    }

    /** The constant at this ordinal. */
    public <E extends Enum<E>> E choice(E[] values) throws MalformedException {
        int ordinal = u8();
        if (ordinal >= values.length) {
            throw new MalformedException("unknown choice " + ordinal + " at byte " + (position - 1));
        }
        return values[ordinal];
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return limit - position;
    }

    public void end() throws MalformedException {
        if (position != limit) {
            throw new MalformedException((limit - position) + " bytes too many");
        }
    }

    private int length(int max) throws MalformedException {
        long length = u32();
        if (length > max) {
            throw new MalformedException("length " + length + " over the limit " + max + " at byte " + (position - 4));
        }
        if (length > limit - position) {
            throw new MalformedException("length " + length + " beyond the end at byte " + (position - 4));
        }
        return (int) length;
    }

    private void need(int count) throws MalformedException {
        if (count > limit - position) {
            throw new MalformedException("ends after byte " + limit + ", " + count + " more needed");
        }
    }
}
