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

/**
 * A cable between two parties that can be pulled out: bytes pass as they are, or nothing does; once {@link #cut} has returned, not one
 * more. MAY be used from many threads.
 */
final class Wire implements AutoCloseable {

    private static final int PIECE_BYTES = 16 << 10;

    private final ServerSocket listening;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger broken = new AtomicInteger();
    /** Under the lock of this wire, with {@code passing}: pieces that were let through and are on their way out. */
    private boolean cut;

    private int passing;

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

    /** Nothing passes when this returns: what was on its way then is through or broken off, which closing it brings about at once. */
    void cut() {
        synchronized (this) {
            cut = true;
        }
        open.forEach(socket -> {
            broken.incrementAndGet();
            closed(socket);
        });
        open.clear();
        synchronized (this) {
            try {
                while (passing > 0) {
                    wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized void heal() {
        cut = false;
    }

    private synchronized boolean isCut() {
        return cut;
    }

    /** False if the cable was pulled meanwhile: then they are closed. */
    private synchronized boolean joined(Socket near, Socket far) {
        if (cut) {
            return false;
        }
        open.add(near);
        open.add(far);
        return true;
    }

    /** Whether a piece may pass; if so, {@link #through} is said of it. */
    private synchronized boolean begins() {
        passing += cut ? 0 : 1;
        return !cut;
    }

    private synchronized void through() {
        passing--;
        notifyAll();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                if (isCut()) {
                    broken.incrementAndGet();
                    closed(near);
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                if (!joined(near, far)) {
                    broken.incrementAndGet();
                    closed(near);
                    closed(far);
                    continue;
                }
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
            for (int size = in.read(piece); size >= 0 && begins(); size = in.read(piece)) {
                try {
                    out.write(piece, 0, size);
                    bytes.addAndGet(size);
                } finally {
                    through();
                }
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
