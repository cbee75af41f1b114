package trimaran.line.tls;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import trimaran.line.Address;
import trimaran.line.Network.Listening;

/** Takes connections at one port and hands each on in a thread of its own. */
final class TlsListening implements Listening {

    /** Connections the system may hold until we take them: a whole hospital coming back at once. */
    private static final int BACKLOG = 512;

    /** Pause after a failed accept, which mostly means that the process has no file handles left for the moment. */
    private static final long PAUSE_MILLIS = 50;

    private final ServerSocket server;
    private final Address address;

    TlsListening(Address wanted) throws IOException {
        server = new ServerSocket();
        try {
            server.bind(Sockets.resolved(wanted), BACKLOG);
        } catch (IOException | RuntimeException busy) {
            Sockets.close(server);
            throw busy;
        }
        address = new Address(wanted.host(), server.getLocalPort());
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void close() {
        Sockets.close(server);
    }

    void start(Consumer<Socket> taken) {
        Thread.ofVirtual().name("line-listening-" + address.port()).start(() -> accept(taken));
    }

    private void accept(Consumer<Socket> taken) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().name("line-reader").start(() -> taken.accept(socket));
            } catch (IOException failed) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
