package trimaran.station.hl7;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/**
 * The HL7 v2 door of a station: listens for MLLP lines until it is closed. A sender that waits for each answer, as original mode
 * asks (HL7 2.5, 2.9.2), has one message under way; one that sends on is read on, and answered in order ({@link Pipeline}).
 */
public final class Hl7Door implements AutoCloseable {

    private static final long WATCH_MILLIS = 100;
    private static final int BACKLOG = 50;

    private final Hl7DoorSetting setting;
    private final Reception reception;
    private final ServerSocket server;
    private final MessageRoom room;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Hl7Door(Hl7DoorSetting setting, Reception reception, ServerSocket server) {
        this.setting = setting;
        this.reception = reception;
        this.server = server;
        this.room = new MessageRoom(setting.limits().messagesBytes());
    }

    /** Opens the door; {@code PORT_BUSY} if somebody else listens there. */
    public static Outcome<Hl7Door> open(Hl7DoorSetting setting, Reception reception) {
        try {
            ServerSocket server = new ServerSocket();
            try {
                server.bind(new InetSocketAddress(InetAddress.getByName(setting.host()), setting.port()), BACKLOG);
            } catch (IOException taken) {
                server.close();
                throw taken;
            }
            Hl7Door door = new Hl7Door(setting, reception, server);
            Thread.ofVirtual().name("hl7-door").start(door::accept);
            Thread.ofVirtual().name("hl7-watch").start(door::watch);
            setting.events().accept(new Hl7Event.Opened(door.port()));
            return Outcome.done(door);
        } catch (IOException taken) {
            return Outcome.refused(Code.PORT_BUSY, "the HL7 door cannot listen at port " + setting.port());
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Lets nobody in any more and ends what is under way; what is not acknowledged its sender sends again. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(server);
        lines.forEach(line -> closeQuietly(line.socket));
    }

    /** Memory the messages under way take. */
    long roomTaken() {
        return room.taken();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (lines.size() >= setting.limits().connections()) {
                    closeQuietly(socket);
                    setting.events().accept(new Hl7Event.Closed(Hl7Event.Reason.TOO_MANY_LINES));
                } else {
                    Line line = new Line(socket);
                    lines.add(line);
                    Thread.ofVirtual().name("hl7-line").start(line);
                }
            } catch (IOException failure) {
                if (!closed) {
                    // This machine lends no more sockets for now: the lines there are go on, and the next is tried.
                    pause();
                }
            }
        }
    }

    /** Closes what is overdue. A thread that waits for its line wakes up by that. */
    private void watch() {
        while (!closed) {
            long now = setting.monotonicNanos().getAsLong();
            lines.forEach(line -> line.closeIfLate(now));
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WATCH_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable some) {
        try {
            some.close();
        } catch (Exception gone) {
            // It is closed, which is what was asked for.
        }
    }

    /** What a line waits for, and until when; nothing for as long as the station works. */
    private record Wait(long deadlineNanos, Hl7Event.Reason late) {}

    private final class Line implements Runnable, Blocks.Line {

        private final Socket socket;
        private final Pipeline pipeline;
        private volatile Wait reading;
        private volatile @Nullable Wait writing;
        private volatile boolean late;

        Line(Socket socket) {
            this.socket = socket;
            this.reading = until(setting.limits().idleMillis(), Hl7Event.Reason.IDLE);
            this.pipeline = new Pipeline(
                    this::write,
                    () -> closeQuietly(socket),
                    fault -> setting.events().accept(new Hl7Event.Broken(fault)));
        }

        private Wait until(long millis, Hl7Event.Reason reason) {
            return new Wait(setting.monotonicNanos().getAsLong() + millis * 1_000_000, reason);
        }

        void closeIfLate(long now) {
            Wait unread = writing;
            if (unread != null) {
                closeIfLate(now, unread);
            }
            Wait read = reading;
            // Who waits for answers is not idle, and who must not send on is not slow.
            if (pipeline.isEmpty()) {
                closeIfLate(now, read);
            }
        }

        private void closeIfLate(long now, Wait waited) {
            if (now - waited.deadlineNanos() > 0 && !late) {
                late = true;
                setting.events().accept(new Hl7Event.Closed(waited.late()));
                closeQuietly(socket);
            }
        }

        @Override
        public void run() {
            try (socket) {
                socket.setTcpNoDelay(true);
                Blocks blocks = new Blocks(socket.getInputStream(), setting.limits(), room, this);
                read(blocks);
            } catch (IOException gone) {
                // The sender went, or it was closed for being late: what was not acknowledged comes again.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException broken) {
                setting.events().accept(new Hl7Event.Broken(broken));
            } finally {
                lines.remove(this);
            }
        }

        /** Reads on while there is room; in the end what is under way is answered, if its sender is still there. */
        private void read(Blocks blocks) throws IOException, InterruptedException {
            try {
                while (deal(blocks.next())) {
                    reading = until(setting.limits().idleMillis(), Hl7Event.Reason.IDLE);
                }
            } finally {
                pipeline.end();
            }
        }

        @Override
        public void began() {
            reading = until(setting.limits().messageMillis(), Hl7Event.Reason.TOO_SLOW);
        }

        @Override
        public boolean waited() throws IOException {
            try {
                return pipeline.drain();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", stopped);
            } finally {
                began();
            }
        }

        /** Whether the line goes on. */
        private boolean deal(Blocks.Block block) throws InterruptedException {
            return switch (block) {
                case Blocks.Block.Over() -> false;
                case Blocks.Block.Garbage() -> ended(Hl7Event.Reason.GARBAGE);
                case Blocks.Block.TooLarge() -> refused(Hl7Event.Reason.TOO_LARGE);
                case Blocks.Block.NoRoom() -> refused(Hl7Event.Reason.NO_ROOM);
                case Blocks.Block.Message(Bytes bytes, long taken) -> {
                    dealt(bytes, taken);
                    yield true;
                }
            };
        }

        private void dealt(Bytes bytes, long taken) throws InterruptedException {
            boolean handed = false;
            try {
                pipeline.reserve();
                pipeline.add(reception.take(bytes.unsafeArray(), this), () -> room.give(taken));
                handed = true;
            } finally {
                if (!handed) {
                    room.give(taken);
                }
            }
        }

        private boolean refused(Hl7Event.Reason reason) throws InterruptedException {
            pipeline.reserve();
            pipeline.add(() -> reception.refusal(reason), () -> {});
            pipeline.drain();
            return !late && ended(reason);
        }

        private boolean ended(Hl7Event.Reason reason) {
            Consumer<Hl7Event> events = setting.events();
            events.accept(new Hl7Event.Closed(reason));
            return false;
        }

        private void write(byte[] answer) throws IOException {
            writing = until(setting.limits().answerMillis(), Hl7Event.Reason.NOT_READ);
            Blocks.write(socket.getOutputStream(), answer);
            writing = null;
        }
    }
}
