package trimaran.line.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.line.LineLimits;

/**
 * Cuts a stream into frames: {@code u32 length ‖ frame}. A length of 0 is a sign of life and yields nothing. The buffer
 * grows with what has come, never with what a length announces, and shrinks again.
 */
final class FrameIntake {

    private static final int LENGTH_BYTES = 4;

    /** One TLS record (RFC 8446, 5.1) with room for what follows it. */
    private static final int USUAL_BYTES = (1 << 14) + 64;

    private static final int LARGEST_BYTES = LENGTH_BYTES + LineLimits.FRAME_MAX_BYTES;

    private final InputStream source;
    private byte[] buffer = new byte[USUAL_BYTES];
    private int size;

    FrameIntake(InputStream source) {
        this.source = source;
    }

    /**
     * Waits for bytes and returns the frames they complete, perhaps none.
     *
     * @throws EOFException at the end of the stream, in the middle of a frame or not
     * @throws FrameSizeException if a length is over the limit; nothing of that frame was kept
     */
    List<Bytes> next() throws IOException {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(LARGEST_BYTES, buffer.length * 2));
        }
        int count = source.read(buffer, size, buffer.length - size);
        if (count < 0) {
            throw new EOFException();
        }
        size += count;
        return cut();
    }

    private List<Bytes> cut() throws FrameSizeException {
        List<Bytes> frames = new ArrayList<>();
        int at = 0;
        while (size - at >= LENGTH_BYTES) {
            long length = lengthAt(at);
            if (length > LineLimits.FRAME_MAX_BYTES) {
                throw new FrameSizeException();
            }
            int end = at + LENGTH_BYTES + (int) length;
            if (end > size) {
                break;
            }
            if (length > 0) {
                frames.add(Bytes.ofRange(buffer, at + LENGTH_BYTES, end));
            }
            at = end;
        }
        drop(at);
        return frames;
    }

    private void drop(int count) {
        if (count > 0) {
            size -= count;
            byte[] target = buffer.length > USUAL_BYTES && size < USUAL_BYTES ? new byte[USUAL_BYTES] : buffer;
            System.arraycopy(buffer, count, target, 0, size);
            buffer = target;
        }
    }

    private long lengthAt(int at) {
        return (buffer[at] & 0xffL) << 24
                | (buffer[at + 1] & 0xff) << 16
                | (buffer[at + 2] & 0xff) << 8
                | (buffer[at + 3] & 0xff);
    }

    /** A length over {@link LineLimits#FRAME_MAX_BYTES}. */
    static final class FrameSizeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
