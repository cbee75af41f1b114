package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;

class EventLogTest {

    private enum Event {
        CHECKPOINT_SIGNED,
        WORK_FAILED
    }

    private enum Name {
        LOG_SIZE,
        PARTY,
        CODE,
        CELL,
        ENTRY,
        LATE
    }

    @TempDir
    Path folder = Path.of("");

    @Test
    void anEventIsOneLineWithItsFields() throws IOException {
        try (EventLog log = EventLog.to(folder.resolve("logs/events"))) {
            log.write(
                    Event.CHECKPOINT_SIGNED,
                    Field.of(Name.LOG_SIZE, 12),
                    Field.of(Name.PARTY, Party.DATA),
                    Field.of(Name.CODE, Code.NOT_HELD),
                    Field.of(Name.CELL, new CellId(0, 1)),
                    Field.of(Name.ENTRY, Digest.ZERO),
                    Field.of(Name.LATE, true));
            log.write(Event.CHECKPOINT_SIGNED);
        }
        List<String> lines = Files.readAllLines(folder.resolve("logs/events"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .matches("[-0-9]{10}T[0-9:.]+Z checkpoint-signed log-size=12 party=data code=not-held"
                        + " cell=0{25}1 entry=0{64} late=true");
    }

    /** The guard behind the promise: whoever adds a way for texts to get into an event is told here. */
    @Test
    void noMethodTakesATextOrAnObjectOfAnyKind() {
        assertThat(harmful(Field.class)).isEmpty();
        assertThat(harmful(EventLog.class)).isEmpty();
        assertThat(harmful(Counters.class)).isEmpty();
        assertThat(Field.class.getConstructors()).isEmpty();
    }

    @Test
    void theGuardFindsAMethodThatTakesAText() {
        assertThat(harmful(Planted.class)).containsExactly("text", "thing");
    }

    /** A field as it must never be. */
    static final class Planted {
        public static void text(Enum<?> name, String value) {}

        public static void thing(Enum<?> name, Object value) {}

        public static void number(Enum<?> name, long value) {}
    }

    private static List<String> harmful(Class<?> type) {
        Set<Class<?>> harmless = Set.of(
                Enum.class,
                long.class,
                boolean.class,
                CellId.class,
                Digest.class,
                Field[].class,
                Throwable.class,
                LongSupplier.class,
                Path.class);
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !harmless.containsAll(List.of(method.getParameterTypes())))
                .map(Method::getName)
                .sorted()
                .toList();
    }

    @Test
    void ofAFailureTypesAndPlacesAreWrittenAndNoMessage() throws IOException {
        try (EventLog log = EventLog.to(folder.resolve("events"))) {
            log.failed(Event.WORK_FAILED, new IllegalStateException("Durand Jeanne", new IOException("born 1950")));
        }
        String line = Files.readString(folder.resolve("events"));
        assertThat(line)
                .contains("thrown=java.lang.IllegalStateException", "cause=java.io.IOException", "EventLogTest")
                .doesNotContain("Durand", "1950");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void aFullFileIsPutAsideAndOnlyOneOldOneIsKept() throws IOException {
        Path file = folder.resolve("events");
        long limit = 200;
        try (EventLog log = EventLog.to(file, limit)) {
            for (int i = 0; i < 50; i++) {
                log.write(Event.CHECKPOINT_SIGNED, Field.of(Name.LOG_SIZE, i));
                assertThat(Files.size(file)).isBetween(1L, limit);
            }
        }
        assertThat(Files.readString(file)).endsWith("log-size=49\n");
        String[] names = folder.toFile().list();
        assertThat(names).containsExactlyInAnyOrder("events", "events.1");
    }

    @Test
    void aFileIsContinuedAndItsOwnersAlone() throws IOException {
        Path file = folder.resolve("events");
        for (int start = 0; start < 2; start++) {
            try (EventLog log = EventLog.to(file)) {
                log.write(Event.CHECKPOINT_SIGNED);
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anEventThatCannotBeWrittenIsCountedAndStopsNobody() throws IOException {
        Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
        try (EventLog log = EventLog.to(full)) {
            log.write(Event.CHECKPOINT_SIGNED);
            assertThat(log.lost()).isEqualTo(1);
        }
    }
}
