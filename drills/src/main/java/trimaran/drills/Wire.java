package trimaran.drills;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A cable between two parties that can be pulled out: bytes pass as they are, or nothing does. MAY be used from many threads. */
final class Wire implements AutoCloseable {

    private static final int PIECE_BYTES = 16 << 10;

    private final ServerSocket listening;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile boolean cut;

    /** At a port of the system's choosing. */
    Wire(int to) throws IOException {
        this(0, to);
    }

    Wire(int at, int to) throws IOException {
        this.to = to;
        this.listening = new ServerSocket(at, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Bytes that passed. */
    long bytes() {
        return bytes.get();
    }

    /** Connections that were broken, or tried in vain, while it was out. */
    int broken() {
        return broken.get();
    }

    void cut() {
        cut = true;
        open.forEach(socket -> {
            broken.incrementAndGet();
            closed(socket);
        });
        open.clear();
    }

    void heal() {
        cut = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                if (cut) {
                    broken.incrementAndGet();
                    closed(near);
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                open.add(near);
                open.add(far);
                Thread.ofPlatform().daemon().start(() -> pass(near, far));
                Thread.ofPlatform().daemon().start(() -> pass(far, near));
            } catch (IOException unreached) {
                // The far end is away: who dialled hears nothing, and dials again.
            }
        }
    }

    private void pass(Socket from, Socket into) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int size = in.read(piece); size >= 0 && !cut; size = in.read(piece)) {
                out.write(piece, 0, size);
                bytes.addAndGet(size);
            }
        } catch (IOException ended) {
            // The other direction ends with it.
        } finally {
            closed(from);
            closed(into);
            open.remove(from);
            open.remove(into);
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed one way or the other.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            listening.close();
        } catch (IOException gone) {
            // It is closed one way or the other.
        }
    }
}
