package trimaran.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.line.Address;
import trimaran.line.RelayPreamble;

/**
 * A relay at one port. Whoever connects names a destination of the table ({@link RelayPreamble}); anything else is closed
 * without a word. Runs by itself until closed, alone in a process or beside the access tier.
 */
public final class Relay implements AutoCloseable {

    /** Connections the system may hold until they are taken. */
    private static final int BACKLOG = 512;

    /** How often deadlines are looked at. */
    private static final long WATCH_MILLIS = 100;

    /** Pause after a failed accept, which mostly means that the process has no file handles left for the moment. */
    private static final long PAUSE_MILLIS = 50;

    private final ServerSocket server;
    private final Address address;
    private final Map<String, Address> destinations;
    private final RelayLimits limits;
    private final Connections connections;
    private final Thread watch;

    private Relay(ServerSocket server, Address address, Map<String, Address> destinations, RelayLimits limits) {
        this.server = server;
        this.address = address;
        this.destinations = destinations;
        this.limits = limits;
        this.connections = new Connections(limits);
        this.watch = Thread.ofVirtual().name("relay-watch").unstarted(this::watch);
    }

    /**
     * Starts a relay.
     *
     * @param listen port 0 lets the system choose
     * @param destinations where the names of the table lead
     * @return the running relay, {@code BAD_VALUE} for a name that no preamble can carry, or {@code PORT_BUSY}
     */
    public static Outcome<Relay> start(Address listen, Map<String, Address> destinations, RelayLimits limits) {
        for (String name : destinations.keySet()) {
            if (!RelayPreamble.isDestination(name)) {
                return Outcome.refused(Code.BAD_VALUE, "not a name for a destination: " + name);
            }
        }
        try {
            ServerSocket server = bound(listen);
            Address address = new Address(listen.host(), server.getLocalPort());
            Relay relay = new Relay(server, address, Map.copyOf(destinations), limits);
            Thread.ofVirtual().name("relay-accept").start(relay::accept);
            relay.watch.start();
            return Outcome.done(relay);
        } catch (IOException | RuntimeException busy) {
            return Outcome.refused(Code.PORT_BUSY, "cannot listen at " + listen);
        }
    }

    /** The address with the port in use. */
    public Address address() {
        return address;
    }

    public int connectionsOpen() {
        return connections.open();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        Connection.hangUp(server);
        watch.interrupt();
        connections.closeAll();
    }

    private static ServerSocket bound(Address listen) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
            return server;
        } catch (IOException | RuntimeException busy) {
            Connection.hangUp(server);
            throw busy;
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                try {
                    take(server.accept());
                } catch (IOException failed) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Socket socket) {
        InetAddress source = socket.getInetAddress();
        if (source == null) {
            Connection.hangUp(socket);
            return;
        }
        Connection connection = new Connection(socket, source, limits);
        if (connections.admit(connection)) {
            Thread.ofVirtual().name("relay-in").start(() -> serve(connection));
        } else {
            connection.hangUp();
        }
    }

    private void serve(Connection connection) {
        try {
            String name = connection.destination();
            connections.named(connection);
            Address destination = destinations.get(name);
            if (destination != null) {
                connection.join(destination);
            }
        } catch (IOException | RuntimeException gone) {
            // A stranger's line broke or made no sense: it is closed below, and that is all it gets.
            connection.hangUp();
        } finally {
            connection.hangUp();
            connections.forget(connection);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(WATCH_MILLIS);
                connections.closeLate(System.nanoTime());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
