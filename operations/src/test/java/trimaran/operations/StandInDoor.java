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
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A station's HTTP door that takes everything and keeps what it was sent. */
final class StandInDoor implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final ServerSocket socket;
    private final List<String> heads = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private BiFunction<String, String, Said> rule = (head, sent) -> new Said(200, "{}");

    /** What it answers to a request. */
    record Said(int status, String body, String type) {
        Said(int status, String body) {
            this(status, body, "application/fhir+json");
        }
    }

    StandInDoor() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    void answer(int status, String body) {
        answer((head, sent) -> new Said(status, body));
    }

    /** @param next makes an answer of a request's head and body */
    synchronized void answer(BiFunction<String, String, Said> next) {
        rule = next;
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
                Said said = rule.apply(head.toString(), bodies.getLast());
                answer = ("HTTP/1.1 " + said.status() + " x\r\nConnection: close\r\nContent-Type: " + said.type()
                                + "\r\nContent-Length: " + said.body().length() + "\r\n\r\n" + said.body())
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
