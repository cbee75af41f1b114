package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/** The door over real sockets: blocks in, answers out, and nobody outside ends it. */
class DoorTest {

    private static final int PATIENCE_MILLIS = 60_000;

    /** Small, so that just over each of them is quickly reached. */
    private static final Hl7Limits SMALL = new Hl7Limits(200_000, 400_000, 100, 3, 1_500, 60_000, 60_000);

    private final Counters here = new Counters();
    private final BlockingQueue<Hl7Event> events = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Hl7Door door(Hl7Limits limits, Reception reception) {
        Outcome<Hl7Door> opened =
                Hl7Door.open(new Hl7DoorSetting("127.0.0.1", 0, limits, System::nanoTime, events::add), reception);
        Hl7Door door = ((Outcome.Done<Hl7Door>) opened).value();
        open.add(door);
        assertThat(events.poll()).isEqualTo(new Hl7Event.Opened(door.port()));
        return door;
    }

    private Hl7Door door(Hl7Limits limits) {
        return door(limits, here.counter);
    }

    private Socket dial(Hl7Door door) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        open.add(socket);
        return socket;
    }

    private static byte[] block(byte[] message) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        Blocks.write(block, message);
        return block.toByteArray();
    }

    private static String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        assertThat(in.read()).isEqualTo(Blocks.START);
        for (int next = in.read(); next != Blocks.END; next = in.read()) {
            assertThat(next).isNotNegative();
            answer.write(next);
        }
        assertThat(in.read()).isEqualTo('\r');
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String ask(Socket socket, byte[] message) throws IOException {
        socket.getOutputStream().write(block(message));
        return read(socket);
    }

    private static void assertClosed(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (java.net.SocketException reset) {
            assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private void assertEvent(Hl7Event expected) throws InterruptedException {
        assertThat(events.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(expected);
    }

    /** Whatever went before, the next sender is served. */
    private void assertServes(Hl7Door door) throws IOException {
        try (Socket socket = dial(door)) {
            assertThat(ask(socket, Messages.identity("A28", "P" + System.nanoTime(), "Q", "1951")))
                    .contains("MSA|AA|");
        }
    }

    @Test
    void aDayOfAPatientOverOneLine() throws IOException {
        Hl7Door door = door(Hl7Limits.STANDARD);
        Socket socket = dial(door);
        assertThat(ask(socket, Messages.move("A01", "P1", "C^1^P", "V1", "m1", "20261127080000", "INSERT", "")))
                .contains("MSA|AA|");
        assertThat(ask(socket, Messages.move("A02", "P1", "R^1^P", "V1", "m2", "20261127090000", "INSERT", "")))
                .contains("MSA|AA|");
        assertThat(ask(socket, Messages.move("A03", "P1", "", "V1", "m3", "20261127100000", "INSERT", "")))
                .contains("MSA|AA|");
        assertThat(here.record.only("Encounter")).containsEntry("status", "finished");
    }

    @Test
    void blocksOneBehindTheOtherAndWithoutTheirLastReturn() throws IOException {
        Socket socket = dial(door(Hl7Limits.STANDARD));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        byte[] first = block(Messages.identity("A28", "P1", "Q", "1951"));
        both.write(first, 0, first.length - 1);
        both.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(block(Messages.identity("A28", "P2", "Q", "1952")));
        socket.getOutputStream().write(both.toByteArray());
        assertThat(read(socket)).contains("MSA|AA|");
        assertThat(read(socket)).contains("MSA|AA|");
    }

    @Test
    void aMessageBegunAnewCountsFromItsNewBeginning() throws IOException {
        Socket socket = dial(door(Hl7Limits.STANDARD));
        socket.getOutputStream().write(new byte[] {Blocks.START, 'M', 'S', 'H', '|'});
        assertThat(ask(socket, Messages.identity("A28", "P1", "Q", "1951"))).contains("MSA|AA|");
    }

    @Test
    void eightMebibytesPass() throws IOException {
        assertThat(Hl7Limits.STANDARD.messageBytes()).isGreaterThanOrEqualTo(8 << 20);
        Socket socket = dial(door(Hl7Limits.STANDARD));
        String obx = "OBX|1|ED|||^^^Base64^" + "QUJD".repeat(2 << 20);
        String answer = ask(socket, Messages.identity("A28", "P1", "Q", "1951", obx));
        assertThat(answer).contains("MSA|AA|");
    }

    @Test
    void aMessageOneByteTooLargeIsRefusedAndItsLineClosed() throws Exception {
        Hl7Door door = door(SMALL);
        Socket socket = dial(door);
        OutputStream out = socket.getOutputStream();
        out.write(Blocks.START);
        out.write(new byte[SMALL.messageBytes()]);
        assertThat(door.roomTaken()).isLessThanOrEqualTo(SMALL.messagesBytes());
        out.write('x');
        out.flush();
        assertThat(read(socket)).contains("MSA|AR|").contains("TRI-101");
        assertClosed(socket);
        assertEvent(new Hl7Event.Closed(Hl7Event.Reason.TOO_LARGE));
        assertServes(door);
    }

    @Test
    void messagesTogetherTooLargeHearThatThereIsNoRoom() throws Exception {
        Hl7Door door = door(SMALL);
        byte[] most = new byte[180_000];
        List<Socket> slow = List.of(dial(door), dial(door));
        for (Socket one : slow) {
            one.getOutputStream().write(Blocks.START);
            one.getOutputStream().write(most);
        }
        while (door.roomTaken() < 2L * most.length) {
            Thread.onSpinWait();
        }
        // Whoever sends little is not locked out by those who send much.
        Socket third = dial(door);
        third.getOutputStream().write(block(Messages.identity("A28", "P1", "Quatrevent", "19510203")));
        assertThat(read(third)).contains("MSA|AA|");
        third.getOutputStream().write(Blocks.START);
        third.getOutputStream().write(new byte[2 * Hl7Limits.PIECE_BYTES]);
        assertThat(read(third)).contains("MSA|AR|").contains("TRI-500");
    }

    @Test
    void aMessageThatDoesNotArriveWholeIsGivenUp() throws Exception {
        Hl7Door door = door(SMALL);
        Socket socket = dial(door);
        socket.getOutputStream().write(Blocks.START);
        socket.getOutputStream().write('M');
        assertClosed(socket);
        assertEvent(new Hl7Event.Closed(Hl7Event.Reason.TOO_SLOW));
        assertServes(door);
        // The line gives its room back as it ends, which is not before the sender sees it closed.
        while (door.roomTaken() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anIdleLineIsClosed() throws Exception {
        Hl7Door door = door(new Hl7Limits(1000, 1000, 10, 3, 60_000, 300, 60_000));
        assertClosed(dial(door));
        assertEvent(new Hl7Event.Closed(Hl7Event.Reason.IDLE));
    }

    @Test
    void anAnswerNobodyTakesIsGivenUp() throws Exception {
        byte[] large = new byte[64 << 20];
        Reception loud = new Reception() {
            @Override
            public byte[] answer(byte[] message) {
                return large;
            }

            @Override
            public byte[] refusal(Hl7Event.Reason reason) {
                return large;
            }
        };
        Hl7Door door = door(new Hl7Limits(1000, 1000, 10, 3, 60_000, 60_000, 300), loud);
        dial(door).getOutputStream().write(block(new byte[] {'x'}));
        assertEvent(new Hl7Event.Closed(Hl7Event.Reason.NOT_READ));
    }

    @Test
    void garbageIsBounded() throws Exception {
        Hl7Door door = door(SMALL);
        Socket socket = dial(door);
        socket.getOutputStream().write(new byte[Hl7Limits.STRAY_BYTES_MAX + 1]);
        assertClosed(socket);
        assertEvent(new Hl7Event.Closed(Hl7Event.Reason.GARBAGE));
        Socket careful = dial(door);
        careful.getOutputStream()
                .write("\r\n".repeat(Hl7Limits.STRAY_BYTES_MAX / 2).getBytes(StandardCharsets.US_ASCII));
        assertThat(ask(careful, Messages.identity("A28", "P1", "Q", "1951"))).contains("MSA|AA|");
    }

    @Test
    void oneLineTooManyIsClosed() throws Exception {
        Hl7Door door = door(SMALL);
        for (int i = 0; i < SMALL.connections(); i++) {
            assertThat(ask(dial(door), Messages.identity("A28", "P" + i, "Q", "1951")))
                    .contains("MSA|AA|");
        }
        assertClosed(dial(door));
        assertEvent(new Hl7Event.Closed(Hl7Event.Reason.TOO_MANY_LINES));
    }

    @Test
    void aFaultOfThisProgramIsToldAndTheLineGoesOn() throws IOException {
        here.record.faster = () -> {
            throw new IllegalStateException("planted");
        };
        Socket socket = dial(door(Hl7Limits.STANDARD));
        assertThat(ask(socket, Messages.identity("A28", "P1", "Q", "1951")))
                .contains("MSA|AE|")
                .contains("TRI-504");
        assertThat(ask(socket, Messages.identity("A28", "P1", "Q", "1951"))).contains("MSA|AA|");
        assertThat(here.events).anyMatch(Hl7Event.Broken.class::isInstance);
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        Hl7Door door = door(Hl7Limits.STANDARD);
        Outcome<Hl7Door> second = Hl7Door.open(
                new Hl7DoorSetting("127.0.0.1", door.port(), Hl7Limits.STANDARD, System::nanoTime, events::add),
                here.counter);
        assertThat(((Outcome.Refused<Hl7Door>) second).refusal().code()).isEqualTo(Code.PORT_BUSY);
    }

    @Test
    void aClosedDoorLetsNobodyIn() throws Exception {
        Hl7Door door = door(Hl7Limits.STANDARD);
        Socket socket = dial(door);
        ask(socket, Messages.identity("A28", "P1", "Q", "1951"));
        door.close();
        assertClosed(socket);
    }
}
