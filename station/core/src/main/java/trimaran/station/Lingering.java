package trimaran.station;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The end of a line whose request was answered before it was read. A line closed on bytes nobody took is reset, and the
 * answer may be lost with it: so what still comes is taken for a moment and thrown away (RFC 9112, 9.6).
 */
public final class Lingering {

    /** As much as the largest body that is taken, in bytes: who sends more has not looked at the answer. */
    public static final long BYTES_MAX = 64L << 20;

    /** How long bytes are taken that keep coming; who sends nothing is the door's patience to end. */
    public static final long MILLIS_MAX = 2_000;

    private static final int CHUNK_BYTES = 16 << 10;

    private Lingering() {}

    /**
     * Returns at the end of what is sent, at one of the bounds, or when the line breaks.
     *
     * @param body what is still to come; its stream may be gone, since a server gives it once
     */
    public static void take(Supplier<InputStream> body, LongSupplier nanos) {
        byte[] chunk = new byte[CHUNK_BYTES];
        long until = nanos.getAsLong() + MILLIS_MAX * 1_000_000;
        long taken = 0;
        try {
            InputStream rest = body.get();
            while (taken <= BYTES_MAX && nanos.getAsLong() - until <= 0) {
                int count = rest.read(chunk);
                if (count < 0) {
                    return;
                }
                taken += count;
            }
        } catch (IOException | RuntimeException broken) {
            // The other side hung up, its time is over, or the body was begun elsewhere: it was answered.
        }
    }
}
