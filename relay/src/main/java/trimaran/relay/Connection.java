package trimaran.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import trimaran.kernel.Bytes;
import trimaran.line.Address;
import trimaran.line.RelayPreamble;

/**
 * One connection through the relay: first the preamble, then bytes both ways through two fixed buffers. An end that has
 * nothing more to say may still listen; its silence is passed on. Deadlines are kept by the relay's watch.
 */
final class Connection {

    /** One TLS record with its header: what usually comes at once. */
    private static final int BUFFER_BYTES = (1 << 14) + 256;

    private final Socket station;
    private final Socket tier = new Socket();
    private final InetAddress source;
    private final RelayLimits limits;
    private volatile long deadlineNanos;

    Connection(Socket station, InetAddress source, RelayLimits limits) {
        this.station = station;
        this.source = source;
        this.limits = limits;
        allow(limits.preambleMillis());
    }

    InetAddress source() {
        return source;
    }

    boolean isLate(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /**
     * Reads the preamble and not one byte more.
     *
     * @throws IOException if it is none, or the line breaks before its end
     */
    String destination() throws IOException {
        InputStream in = station.getInputStream();
        byte[] line = new byte[RelayPreamble.SIZE_MAX];
        for (int size = 0; size < line.length; ) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            line[size++] = (byte) next;
            if (next == '\n') {
                return RelayPreamble.destination(Bytes.ofRange(line, 0, size))
                        .orElseThrow(() -> new IOException("no preamble"));
            }
        }
        throw new IOException("no preamble");
    }

    /** Reaches the destination, says so, and carries bytes until both ends have finished or one broke. */
    void join(Address destination) throws IOException {
        allow(limits.connectMillis() + limits.preambleMillis());
        station.setTcpNoDelay(true);
        tier.setTcpNoDelay(true);
        tier.connect(new InetSocketAddress(destination.host(), destination.port()), (int) limits.connectMillis());
        station.getOutputStream().write(RelayPreamble.JOINED.unsafeArray());
        allow(limits.idleMillis());
        Thread back = Thread.ofVirtual().name("relay-out").start(() -> carry(tier, station));
        carry(station, tier);
        try {
            back.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void hangUp() {
        hangUp(station);
        hangUp(tier);
    }

    static void hangUp(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Nothing is left to be done with it.
            return;
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                allow(limits.idleMillis());
                out.write(buffer, 0, count);
                allow(limits.idleMillis());
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            // Half a broken connection is of no use to anybody.
            hangUp();
        }
    }

    private void allow(long millis) {
        deadlineNanos = System.nanoTime() + millis * 1_000_000;
    }
}
