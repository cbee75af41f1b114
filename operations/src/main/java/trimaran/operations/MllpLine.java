package trimaran.operations;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import trimaran.line.Address;

/** One line of a sender to an HL7 v2 door (MLLP; HL7 2.5, Appendix C): one message, one answer. */
final class MllpLine implements AutoCloseable {

    /** An acknowledgement is a few kilobytes. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final int START = 0x0b;
    private static final int END = 0x1c;
    private static final int CONNECT_MILLIS = 5_000;

    /** Longer than the station is patient with its hulls. */
    private static final int ANSWER_MILLIS = 120_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    MllpLine(Address door) throws IOException {
        try {
            socket.connect(new InetSocketAddress(door.host(), door.port()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException unreached) {
            socket.close();
            throw unreached;
        }
    }

    void send(byte[] message) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream(message.length + 3);
        block.write(START);
        block.writeBytes(message);
        block.write(END);
        block.write('\r');
        socket.getOutputStream().write(block.toByteArray());
    }

    /** The next acknowledgement, without its block characters; they come in the order of the messages. */
    String hear() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int next = in.read();
        while (next != END) {
            if (next < 0) {
                throw new IOException("the door hung up");
            }
            if (next == START) {
                answer.reset();
            } else {
                answer.write(next);
            }
            if (answer.size() > ANSWER_BYTES_MAX) {
                throw new IOException("the door answers without end");
            }
            next = in.read();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
