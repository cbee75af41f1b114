package trimaran.trial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for hospitals and what stands in their cables. The system's own choice will not do: it lies in the range from which outgoing
 * connections are lent theirs, so that between the choice and the start another program, or the hospital itself, may be lent it.
 */
final class FreePorts {

    /** Above those of which a founding chooses its parties' (operations.Ports). */
    private static final int FIRST = 30_000;

    /** Below what Linux, and any other system, lends (RFC 6335 section 6: dynamic ports begin at 49152, Linux's at 32768). */
    private static final int LAST = 32_768;

    /** A station listens for HL7 behind the port it was given. */
    private static final int STEP = 2;

    /** Begins anywhere, since other processes choose here as well, and comes by again only after all others. */
    private static int next = FIRST + STEP * ThreadLocalRandom.current().nextInt((LAST - FIRST) / STEP);

    private FreePorts() {}

    static synchronized int next() throws IOException {
        for (int tried = FIRST; tried < LAST; tried += STEP) {
            next = next + STEP < LAST ? next + STEP : FIRST;
            if (isFree(next) && isFree(next + 1)) {
                return next;
            }
        }
        throw new IOException("no two free ports between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException busy) {
            return false;
        }
    }
}
