package trimaran.line.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import trimaran.line.Address;
import trimaran.line.RelayPreamble;
import trimaran.line.Route;

/** Plain sockets, set up for small frames: the kernel sends at once and waits for nothing (TCP_NODELAY). */
final class Sockets {

    private Sockets() {}

    static void prepare(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
    }

    static InetSocketAddress resolved(Address address) {
        return new InetSocketAddress(address.host(), address.port());
    }

    /** Connects the socket along the route; when it returns, the next byte is the peer's. */
    static void connect(Socket socket, Route route, int timeoutMillis) throws IOException {
        prepare(socket);
        switch (route) {
            case Route.Direct(Address address) -> socket.connect(resolved(address), timeoutMillis);
            case Route.Through(Address relay, String destination) -> {
                socket.connect(resolved(relay), timeoutMillis);
                socket.getOutputStream().write(RelayPreamble.of(destination).unsafeArray());
                byte[] expected = RelayPreamble.JOINED.unsafeArray();
                socket.setSoTimeout(timeoutMillis);
                InputStream in = socket.getInputStream();
                if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
                    throw new IOException("the relay does not join us to " + destination);
                }
                socket.setSoTimeout(0);
            }
        }
    }

    /** Closes without a word and without an exception: the socket is of no more use either way. */
    static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Nothing is left to be done with it.
            return;
        }
    }
}
