package trimaran.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A station's HTTP door that takes everything and keeps what it was sent. */
final class StandInDoor implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final ServerSocket socket;
    private final List<String> heads = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private int status = 200;
    private String body = "{}";

    StandInDoor() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    synchronized void answer(int nextStatus, String nextBody) {
        status = nextStatus;
        body = nextBody;
    }

    synchronized List<String> heads() {
        return List.copyOf(heads);
    }

    synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    private void serve() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> one(client));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void one(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            Matcher length = LENGTH.matcher(head);
            byte[] sent = in.readNBytes(length.find() ? Integer.parseInt(head, length.start(1), length.end(1), 10) : 0);
            byte[] answer;
            synchronized (this) {
                heads.add(head.toString());
                bodies.add(new String(sent, StandardCharsets.UTF_8));
                answer = ("HTTP/1.1 " + status + " x\r\nConnection: close\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8);
            }
            client.getOutputStream().write(answer);
            client.getOutputStream().flush();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
