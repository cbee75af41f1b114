package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.trial.Waiting;

/** A cable that was pulled carries nothing, whatever was under way when it was pulled. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WireTest {

    private static final int CUTS = 40;
    private static final int SENDERS = 4;

    /** Long enough for a thread that was between reading and writing to go on. */
    private static final long BREATH_MILLIS = 20;

    private static final byte[] PIECE = new byte[16 << 10];

    @Test
    void notOneBytePassesOnceItIsPulled() throws IOException {
        List<Socket> taken = new ArrayList<>();
        try (ServerSocket far = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Wire wire = new Wire(far.getLocalPort())) {
            Thread.ofPlatform().daemon().start(() -> swallowAll(far, taken));
            for (int i = 0; i < CUTS; i++) {
                wire.heal();
                long before = wire.bytes();
                List<Thread> senders = new ArrayList<>();
                for (int k = 0; k < SENDERS; k++) {
                    senders.add(Thread.ofPlatform().daemon().start(() -> send(wire.port())));
                }
                Waiting.until(30, "bytes pass", () -> wire.bytes() > before + 50L * PIECE.length);
                wire.cut();
                long pulled = wire.bytes();
                Waiting.pause(BREATH_MILLIS);
                assertThat(wire.bytes()).as("cut " + i).isEqualTo(pulled);
                for (Thread sender : senders) {
                    Waiting.until(30, "a sender ends", () -> !sender.isAlive());
                }
            }
            assertThat(wire.broken()).isGreaterThanOrEqualTo(CUTS * SENDERS);
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    @Test
    void whoIsNotReadIsCutOffAsWell() throws IOException {
        try (ServerSocket far = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Wire wire = new Wire(far.getLocalPort())) {
            Thread sender = Thread.ofPlatform().daemon().start(() -> send(wire.port()));
            try (Socket hung = far.accept()) {
                long[] last = {-1};
                Waiting.until(30, "the cable is full", () -> {
                    boolean full = wire.bytes() > 0 && wire.bytes() == last[0];
                    last[0] = wire.bytes();
                    Waiting.pause(BREATH_MILLIS);
                    return full;
                });
                wire.cut();
                Waiting.until(30, "the sender ends", () -> !sender.isAlive());
                assertThat(hung.isClosed()).isFalse();
            }
        }
    }

    private static void send(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(PIECE);
            }
        } catch (IOException cut) {
            // As it should be.
        }
    }

    private static void swallowAll(ServerSocket far, List<Socket> taken) {
        try {
            while (true) {
                Socket socket = far.accept();
                taken.add(socket);
                Thread.ofPlatform().daemon().start(() -> swallow(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void swallow(Socket socket) {
        try {
            while (socket.getInputStream().read(new byte[PIECE.length]) >= 0) {
                // Into nothing.
            }
        } catch (IOException cut) {
            // As it should be.
        }
    }
}
