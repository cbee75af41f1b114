package trimaran.tier;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import trimaran.keeper.Keeper;
import trimaran.kernel.Outcome;
import trimaran.line.message.Response;
import trimaran.process.Counters;
import trimaran.process.EventLog;
import trimaran.process.StatusSocket;

/**
 * What a tier writes down for whoever runs its machine: events in {@code events.log}, counters on {@code status.sock}. Both
 * lie in its own folder and need no key; a tier that can have no socket there serves all the same, and the log says so.
 */
final class TierStatus implements AutoCloseable {

    /** How old the numbers on the socket may be: the keeper alone may read its own. */
    static final long COUNT_MILLIS = 5_000;

    /** The keeper's counters, by its names with underscores for dots. */
    enum Count {
        EPOCH,
        SIZE,
        CHECKPOINT_SIZE,
        CHECKPOINT_TIME,
        HELD,
        LEDGER_LINES,
        SHARES_REFUSED,
        ROLL_LATE,
        FOLLOWERS,
        DISK_BYTES,
        ALARM_VOID,
        ALARM_OVERDUE,
        ALARM_BEHIND,
        ALARM_LEDGER,
        ALARM_PAIRS,
        ALARM_DISAGREEMENT,
        ALARM_KEYS,
        ALARM_FORK;

        /** The constant of a counter's name; empty for those that are no numbers to watch. */
        static Optional<Count> of(String counter) {
            return Arrays.stream(values())
                    .filter(one -> one.name().equalsIgnoreCase(counter.replace('.', '_')))
                    .findFirst();
        }
    }

    private final EventLog log;
    private final TierLog events;
    private final Counters counters = new Counters();
    private final Outcome<StatusSocket> socket;

    private TierStatus(Path folder) {
        log = EventLog.to(folder.resolve("events.log"));
        events = new TierLog(log);
        socket = StatusSocket.open(folder.resolve("status.sock"), counters);
        log.write(TierLog.Event.STARTED);
        if (!socket.isDone()) {
            log.write(TierLog.Event.NO_STATUS_SOCKET);
        }
    }

    /** Listens to a keeper that has not started yet. */
    static TierStatus of(Path folder, Keeper keeper) {
        TierStatus status = new TierStatus(folder);
        keeper.tell(status.events::write);
        return status;
    }

    /** Counts from now on. On the keeper's loop. */
    void follow(Keeper keeper) {
        for (Response.Counter counter : keeper.report().counters()) {
            Count.of(counter.name()).ifPresent(count -> counters.set(count, counter.value()));
        }
        keeper.setting().loop().after(COUNT_MILLIS, () -> follow(keeper));
    }

    @Override
    public void close() {
        if (socket instanceof Outcome.Done<StatusSocket>(StatusSocket open)) {
            open.close();
        }
        log.write(TierLog.Event.STOPPED);
        log.close();
    }
}
