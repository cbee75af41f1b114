package trimaran.witness;

import java.nio.file.Path;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.process.Counters;
import trimaran.process.EventLog;
import trimaran.process.Field;
import trimaran.process.StatusSocket;

/**
 * What the witness writes down for whoever runs its box: events in {@code events.log}, counters on {@code status.sock}, both in
 * its own folder. A witness that can have no socket there serves all the same, and the log says so.
 */
final class WitnessStatus implements AutoCloseable {

    /** How old the numbers on the socket may be. */
    static final long COUNT_MILLIS = 5_000;

    /** The events' names in the log. */
    enum Event {
        STARTED,
        STOPPED,
        NO_STATUS_SOCKET,
        EPOCH_BEGUN,
        EQUIVOCATION
    }

    /** The names of what an event holds. */
    enum Name {
        EPOCH,
        SIZE
    }

    /** What is counted. */
    enum Count {
        EPOCH,
        CHECKPOINT_SIZE,
        ALARM_DISAGREEMENT
    }

    private final EventLog log;
    private final Counters counters = new Counters();
    private final Outcome<StatusSocket> socket;

    WitnessStatus(Path folder) {
        log = EventLog.to(folder.resolve("events.log"));
        socket = StatusSocket.open(folder.resolve("status.sock"), counters);
        log.write(Event.STARTED);
        if (!socket.isDone()) {
            log.write(Event.NO_STATUS_SOCKET);
        }
    }

    void write(WitnessEvent event) {
        switch (event) {
            case WitnessEvent.EpochBegun begun -> log.write(Event.EPOCH_BEGUN, Field.of(Name.EPOCH, begun.epoch()));
            case WitnessEvent.Equivocation other -> log.write(Event.EQUIVOCATION, Field.of(Name.SIZE, other.size()));
        }
    }

    /** Counts from now on. On the witness's loop. */
    void follow(Loop loop, Witness witness) {
        counters.set(Count.EPOCH, witness.epoch());
        counters.set(Count.CHECKPOINT_SIZE, witness.head().size());
        counters.set(Count.ALARM_DISAGREEMENT, witness.disagreements());
        loop.after(COUNT_MILLIS, () -> follow(loop, witness));
    }

    @Override
    public void close() {
        if (socket instanceof Outcome.Done<StatusSocket>(StatusSocket open)) {
            open.close();
        }
        log.write(Event.STOPPED);
        log.close();
    }
}
