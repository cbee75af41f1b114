package trimaran.line.tls;

import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accepted connections that have not proven a key yet. Strangers can make them, so they are few and short: one more
 * than fit closes the oldest, which an honest peer has long left behind.
 */
final class Handshakes {

    private final TlsLimits limits;
    private final Map<Socket, Long> startedNanos = new LinkedHashMap<>();

    Handshakes(TlsLimits limits) {
        this.limits = limits;
    }

    void begin(Socket socket) {
        Socket oldest = null;
        synchronized (this) {
            if (startedNanos.size() >= limits.handshakesMax()) {
                oldest = startedNanos.keySet().iterator().next();
                startedNanos.remove(oldest);
            }
            startedNanos.put(socket, System.nanoTime());
        }
        hangUp(oldest);
    }

    synchronized void end(Socket socket) {
        startedNanos.remove(socket);
    }

    synchronized int underWay() {
        return startedNanos.size();
    }

    void watch(long nowNanos) {
        List<Socket> late = new ArrayList<>();
        synchronized (this) {
            startedNanos.forEach((socket, started) -> {
                if (nowNanos - started > limits.handshakeMillis() * 1_000_000) {
                    late.add(socket);
                }
            });
        }
        late.forEach(Handshakes::hangUp);
    }

    private static void hangUp(@Nullable Socket socket) {
        if (socket != null) {
            Sockets.close(socket);
        }
    }
}
