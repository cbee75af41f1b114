package trimaran.station.hl7;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/**
 * The HL7 v2 door of a station: listens for MLLP lines until it is closed. Each line has a thread of its own and one message
 * under way, as original mode asks (HL7 2.5, 2.9.2): the next is read when the last is answered.
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

    /** What a line waits for, and until when. */
    private record Wait(long deadlineNanos, Hl7Event.Reason late) {}

    private final class Line implements Runnable {

        private final Socket socket;
        private volatile Wait wait;

        Line(Socket socket) {
            this.socket = socket;
            this.wait = until(setting.limits().idleMillis(), Hl7Event.Reason.IDLE);
        }

        private Wait until(long millis, Hl7Event.Reason late) {
            return new Wait(setting.monotonicNanos().getAsLong() + millis * 1_000_000, late);
        }

        /** While a message is dealt with, the station's own patience counts. */
        private Wait working() {
            return until(Long.MAX_VALUE / 4_000_000, Hl7Event.Reason.NOT_READ);
        }

        void closeIfLate(long now) {
            Wait waited = wait;
            if (now - waited.deadlineNanos() > 0) {
                wait = working();
                setting.events().accept(new Hl7Event.Closed(waited.late()));
                closeQuietly(socket);
            }
        }

        @Override
        public void run() {
            try (socket) {
                socket.setTcpNoDelay(true);
                Blocks blocks = new Blocks(socket.getInputStream(), setting.limits(), room, this::began);
                while (deal(blocks.next())) {
                    wait = until(setting.limits().idleMillis(), Hl7Event.Reason.IDLE);
                }
            } catch (IOException gone) {
                // The sender went, or it was closed for being late: what was not acknowledged comes again.
            } catch (RuntimeException broken) {
                setting.events().accept(new Hl7Event.Broken(broken));
            } finally {
                lines.remove(this);
            }
        }

        private void began() {
            wait = until(setting.limits().messageMillis(), Hl7Event.Reason.TOO_SLOW);
        }

        /** Whether the line goes on. */
        private boolean deal(Blocks.Block block) throws IOException {
            return switch (block) {
                case Blocks.Block.Over() -> false;
                case Blocks.Block.Garbage() -> ended(Hl7Event.Reason.GARBAGE);
                case Blocks.Block.TooLarge() -> refused(Hl7Event.Reason.TOO_LARGE);
                case Blocks.Block.NoRoom() -> refused(Hl7Event.Reason.NO_ROOM);
                case Blocks.Block.Message(Bytes bytes, long taken) -> {
                    try {
                        wait = working();
                        answer(reception.answer(bytes.unsafeArray()));
                    } finally {
                        room.give(taken);
                    }
                    yield true;
                }
            };
        }

        private boolean refused(Hl7Event.Reason reason) throws IOException {
            answer(reception.refusal(reason));
            return ended(reason);
        }

        private boolean ended(Hl7Event.Reason reason) {
            Consumer<Hl7Event> events = setting.events();
            events.accept(new Hl7Event.Closed(reason));
            return false;
        }

        private void answer(byte[] message) throws IOException {
            wait = until(setting.limits().answerMillis(), Hl7Event.Reason.NOT_READ);
            Blocks.write(socket.getOutputStream(), message);
        }
    }
}
