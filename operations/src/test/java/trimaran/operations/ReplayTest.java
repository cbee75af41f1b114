package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.line.Address;

/** Playing message files at a door, which here is a stand-in. */
class ReplayTest {

    @TempDir
    Path folder;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    /** So many messages are told to come again, and as at the real door what was sent behind one until that is back. */
    private final AtomicInteger away = new AtomicInteger();

    private final AtomicReference<String> awaited = new AtomicReference<>("");

    private static String message(int number, String patient) {
        return "MSH|^~\\&|A|B|C|D|2026||ADT^A28|" + number + "|P|2.5\nPID|||" + patient + "^^^X~2\n";
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private boolean isToComeAgain(String control) {
        if (awaited.get().equals(control)) {
            awaited.set("");
            return false;
        }
        if (awaited.get().isEmpty() && away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            awaited.set(control);
        }
        return !awaited.get().isEmpty();
    }

    @Test
    void aFileMayHoldManyMessagesInABatchWithAnyLineEnds() throws Exception {
        Path file = file(
                "a.hl7",
                "FHS|^~\\&|A\nBHS|^~\\&|A\n" + message(1, "P1")
                        + message(2, "Zoé").replace("\n", "\r\n") + "BTS|2\nFTS|1\n");
        List<byte[]> messages = MessageFiles.messages(file);
        assertThat(messages).hasSize(2);
        assertThat(new String(messages.get(1), StandardCharsets.ISO_8859_1))
                .isEqualTo("MSH|^~\\&|A|B|C|D|2026||ADT^A28|2|P|2.5\rPID|||Zoé^^^X~2\r");
        assertThat(MessageFiles.patient(messages.getFirst())).isEqualTo("P1");
    }

    @Test
    void aFolderIsPlayedByNameAndAnEmptyOneIsSaid() throws Exception {
        assertThatThrownBy(() -> MessageFiles.of(folder)).isInstanceOf(RefusedException.class);
        file("b.ER7", "");
        file("a.hl7", "");
        file("c.pdf", "");
        assertThat(MessageFiles.of(folder))
                .extracting(path -> String.valueOf(path.getFileName()))
                .containsExactly("a.hl7", "b.ER7");
        assertThatThrownBy(() -> MessageFiles.of(folder.resolve("none"))).isInstanceOf(RefusedException.class);
    }

    /** Takes messages over each line: the second of all is refused, the third's line breaks off once. */
    private void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            StringBuilder text = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
                if (next == 0x1c) {
                    String control = text.toString().split("\\|", -1)[9];
                    text.setLength(0);
                    boolean first = !heard.contains(control);
                    heard.add(control);
                    if (control.equals("3") && first) {
                        return;
                    }
                    String code = control.equals("2") ? "AE" : "AA";
                    String reason = "TRI-104";
                    if (isToComeAgain(control)) {
                        code = "AR";
                        reason = Code.UNAVAILABLE.tag();
                    }
                    socket.getOutputStream()
                            .write(("\u000bMSH|^~\\&|T\rMSA|" + code + "|" + control + "\rERR||PID^1^3|101|E|" + reason
                                            + "||PID-3: missing|x\r\u001c\r")
                                    .getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException gone) {
            // The sender hung up.
        }
    }

    @Test
    void answersAreCountedRefusalsSaidAndLostAnswersAskedForAgain() throws Exception {
        StringWriter said = new StringWriter();
        Voice voice = new Voice(new PrintWriter(said), new PrintWriter(said), false);
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server));
            Replay replay = new Replay(new Address("127.0.0.1", server.getLocalPort()), 2, 1, 0, new Kin(), voice);
            for (int i = 1; i <= 6; i++) {
                replay.play(
                        message(i, "P" + i % 2).replace("\n", "\r").getBytes(StandardCharsets.UTF_8), Path.of("a.hl7"));
            }
            Replay.Count count = replay.end();
            assertThat(count.line()).startsWith("6 messages: 5 AA, 1 AE, 0 AR,");
            assertThat(count.isAllTaken()).isFalse();
        }
        assertThat(heard).containsOnlyOnce("1", "2", "4", "5", "6");
        assertThat(heard.stream().filter("3"::equals)).hasSize(2);
        // Each patient's messages keep their order.
        assertThat(heard.stream().filter(one -> Integer.parseInt(one) % 2 == 0)).containsExactly("2", "4", "6");
        assertThat(said.toString()).contains("a.hl7: AE PID-3: missing");
    }

    @Test
    void aLineThatSendsAheadSendsAgainInOrderWhatWasNotAnswered() throws Exception {
        StringWriter said = new StringWriter();
        Voice voice = new Voice(new PrintWriter(said), new PrintWriter(said), false);
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server));
            Replay replay = new Replay(new Address("127.0.0.1", server.getLocalPort()), 1, 4, 0, new Kin(), voice);
            for (int i = 1; i <= 6; i++) {
                replay.play(message(i, "P" + i).replace("\n", "\r").getBytes(StandardCharsets.UTF_8), Path.of("a.hl7"));
            }
            assertThat(replay.end().line()).startsWith("6 messages: 5 AA, 1 AE, 0 AR,");
        }
        assertThat(heard).startsWith("1", "2", "3").endsWith("6").contains("4", "5");
    }

    @Test
    void whatIsToldToComeAgainComesInItsOrderAndBeforeAnythingNew() throws Exception {
        StringWriter said = new StringWriter();
        Voice voice = new Voice(new PrintWriter(said), new PrintWriter(said), false);
        away.set(1);
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server));
            Replay replay = new Replay(new Address("127.0.0.1", server.getLocalPort()), 1, 3, 0, new Kin(), voice);
            for (int i : new int[] {1, 4, 5, 6, 7}) {
                replay.play(message(i, "P1").replace("\n", "\r").getBytes(StandardCharsets.UTF_8), Path.of("a.hl7"));
            }
            assertThat(replay.end().line()).startsWith("5 messages: 5 AA, 0 AE, 0 AR,");
        }
        List<String> once = new ArrayList<>(heard);
        assertThat(once).endsWith("6", "7");
        assertThat(once.stream().filter("1"::equals)).hasSize(2);
        // Each message was last sent behind those before it.
        List<Integer> lasts =
                List.of("1", "4", "5", "6", "7").stream().map(once::lastIndexOf).toList();
        assertThat(lasts).isSorted();
    }

    @Test
    void whoeverIsMergedSharesALine() {
        Kin kin = new Kin();
        byte[] merge = "MSH|^~\\&|A\rPID|||P1^^^X\rMRG|P2^^^X\r".getBytes(StandardCharsets.UTF_8);
        byte[] other = message(1, "P2").replace("\n", "\r").getBytes(StandardCharsets.UTF_8);
        assertThat(kin.of(merge)).isNotEqualTo(kin.of(other));
        kin.look(merge);
        assertThat(kin.of(merge)).isEqualTo(kin.of(other));
    }
}
