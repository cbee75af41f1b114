package trimaran.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/**
 * A process's counters on a Unix domain socket in the party's folder: whoever may enter the folder may read them, and no
 * key is needed. Each connection gets one line {@code name value} for each counter and is closed; nothing is read from it.
 */
public final class StatusSocket implements AutoCloseable {

    /** Longest path of a socket, in bytes: 108 with the closing zero on Linux (unix(7)), fewer elsewhere. */
    public static final int PATH_MAX = 100;

    /** Largest snapshot a reader takes. */
    public static final int SNAPSHOT_MAX = 64 * 1024;

    private final ServerSocketChannel server;
    private final Path socket;
    private final Counters counters;

    private StatusSocket(ServerSocketChannel server, Path socket, Counters counters) {
        this.server = server;
        this.socket = socket;
        this.counters = counters;
    }

    /** Serves the counters until closed. The caller holds the {@link HomeLock}: a socket left behind is replaced. */
    public static Outcome<StatusSocket> open(Path socket, Counters counters) {
        return shortened(socket).then(path -> {
            try {
                Files.deleteIfExists(path);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(UnixDomainSocketAddress.of(path));
                Files.setPosixFilePermissions(path, DurableFile.OWNER_ONLY);
                StatusSocket status = new StatusSocket(server, path, counters);
                Thread.ofPlatform().name("status").daemon().start(status::serve);
                return Outcome.done(status);
            } catch (IOException failure) {
                throw DiskFullException.of(failure);
            }
        });
    }

    /** Whether there can be a socket here: for whoever chooses the folder, before anybody misses it. */
    public static boolean fits(Path socket) {
        return shortened(socket).isDone();
    }

    /** Asks a process for its counters; {@link Code#UNAVAILABLE} if none answers there. */
    public static Outcome<SortedMap<String, Long>> read(Path socket) {
        return shortened(socket).then(path -> {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    InputStream in = Channels.newInputStream(channel)) {
                return parse(path, in.readNBytes(SNAPSHOT_MAX + 1));
            } catch (IOException nobody) {
                return Outcome.refused(Code.UNAVAILABLE, "no process answers at " + socket);
            }
        });
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                ByteBuffer text = ByteBuffer.wrap(text());
                // Never waits: what does not fit into the socket's buffer is more than a snapshot has.
                channel.configureBlocking(false);
                while (text.hasRemaining() && channel.write(text) > 0) {
                    Thread.onSpinWait();
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException gone) {
                // Whoever asked has gone away; the next one is served.
                Thread.onSpinWait();
            }
        }
    }

    private byte[] text() {
        StringBuilder text = new StringBuilder();
        counters.snapshot()
                .forEach((name, value) ->
                        text.append(name).append(' ').append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Outcome<SortedMap<String, Long>> parse(Path socket, byte[] bytes) {
        SortedMap<String, Long> snapshot = new TreeMap<>();
        String text = new String(bytes, StandardCharsets.US_ASCII);
        for (String line : text.lines().toList()) {
            if (bytes.length > SNAPSHOT_MAX || !line.matches("[a-z0-9-]{1,64} -?[0-9]{1,18}")) {
                return Outcome.refused(Code.MALFORMED, "what answers at " + socket + " is not a party");
            }
            int space = line.indexOf(' ');
            snapshot.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        }
        return Outcome.done(Collections.unmodifiableSortedMap(snapshot));
    }

    /** The path itself, or the same place seen from the working folder when that is what fits. */
    private static Outcome<Path> shortened(Path socket) {
        Path absolute = socket.toAbsolutePath().normalize();
        Path relative = Path.of("").toAbsolutePath().relativize(absolute);
        Path shorter = bytes(relative) < bytes(absolute) ? relative : absolute;
        return bytes(shorter) <= PATH_MAX
                ? Outcome.done(shorter)
                : Outcome.refused(
                        Code.USAGE,
                        "the path " + socket + " is too long for a socket: use a folder nearer to the root");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
