package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

@Timeout(20)
class StatusSocketTest {

    private enum Name {
        ENTRIES_HELD,
        LOG_SIZE
    }

    @TempDir
    Path folder = Path.of("");

    @Test
    void eachReaderGetsTheNumbersOfTheMoment() throws Exception {
        Counters counters = new Counters();
        AtomicLong size = new AtomicLong(7);
        counters.watch(Name.LOG_SIZE, size::get);
        Path socket = folder.resolve("status");
        try (StatusSocket _ = value(StatusSocket.open(socket, counters))) {
            assertThat(value(StatusSocket.read(socket))).isEqualTo(Map.of("log-size", 7L));
            counters.add(Name.ENTRIES_HELD, 2);
            counters.add(Name.ENTRIES_HELD, 3);
            size.set(-8);
            assertThat(value(StatusSocket.read(socket))).isEqualTo(Map.of("entries-held", 5L, "log-size", -8L));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
        }
        assertThat(socket).doesNotExist();
        assertThat(refusal(StatusSocket.read(socket)).code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aReaderThatHangsUpOrNeverReadsDoesNotKeepOthersOut() throws Exception {
        Path socket = folder.resolve("status");
        Counters counters = new Counters();
        counters.add(Name.LOG_SIZE, 1);
        try (StatusSocket _ = value(StatusSocket.open(socket, counters));
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            for (int i = 0; i < 20; i++) {
                SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
            }
            assertThat(value(StatusSocket.read(socket))).isEqualTo(Map.of("log-size", 1L));
            assertThat(silent.isOpen()).isTrue();
        }
    }

    @Test
    void aSocketLeftBehindByADeadProcessIsReplaced() throws Exception {
        Path socket = folder.resolve("status");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (StatusSocket _ = value(StatusSocket.open(socket, new Counters()))) {
            assertThat(value(StatusSocket.read(socket))).isEmpty();
        }
    }

    @Test
    void aPathTooLongForASocketIsRefusedWithAClearSentence() {
        Path socket = folder.resolve("n".repeat(StatusSocket.PATH_MAX + 1));
        Refusal refusal = refusal(StatusSocket.open(socket, new Counters()));
        assertThat(refusal.code()).isEqualTo(Code.USAGE);
        assertThat(refusal.sentence()).contains("too long");
        assertThat(StatusSocket.fits(socket)).isFalse();
        assertThat(StatusSocket.fits(folder.resolve("status"))).isTrue();
    }

    @Test
    void anAnswerThatIsNoSnapshotOrTooLargeIsMalformed() throws Exception {
        String line = "a 1\n";
        for (String answer :
                new String[] {"hello\n", "a 1\nb x\n", line.repeat(StatusSocket.SNAPSHOT_MAX / 4) + line}) {
            assertThat(refusal(readFrom(answer)).code()).isEqualTo(Code.MALFORMED);
        }
        assertThat(readFrom(line.repeat(StatusSocket.SNAPSHOT_MAX / 4)).isDone())
                .isTrue();
    }

    private Outcome<SortedMap<String, Long>> readFrom(String answer) throws IOException, InterruptedException {
        Path socket = folder.resolve("foreign");
        Files.deleteIfExists(socket);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread speaking = Thread.ofPlatform().start(() -> speak(server, answer));
            Outcome<SortedMap<String, Long>> outcome = StatusSocket.read(socket);
            speaking.join();
            return outcome;
        }
    }

    private static void speak(ServerSocketChannel server, String answer) {
        try (SocketChannel channel = server.accept()) {
            ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> throw new AssertionError("not refused");
            case Outcome.Refused<?>(Refusal refusal) -> refusal;
        };
    }
}
