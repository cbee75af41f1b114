package trimaran.line.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;
import trimaran.kernel.Bytes;
import trimaran.line.PeerId;

/** A peer with a proven key that then sends whatever bytes a test likes, and reads only when told. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final SSLSocket tls;

    RawClient(TlsIdentity identity, PeerId server, int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        TlsContext context = new TlsContext(identity, server::equals);
        tls = context.dialled(socket, server);
        context.handshake(tls, server);
    }

    void greeting() throws IOException {
        if (tls.getInputStream().readNBytes(4).length != 4) {
            throw new IOException("no greeting");
        }
    }

    void send(byte[] bytes) throws IOException {
        tls.getOutputStream().write(bytes);
    }

    void sendLength(int length) throws IOException {
        send(ByteBuffer.allocate(4).putInt(length).array());
    }

    void sendFrame(Bytes frame) throws IOException {
        sendLength(frame.size());
        send(frame.toArray());
    }

    /** Bytes in clear below the TLS layer. */
    void sendBelow(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
