package trimaran.station.main;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.process.Counters;
import trimaran.process.StatusSocket;
import trimaran.station.BuddyState;
import trimaran.station.Station;

/** What a station counts for whoever runs its machine, on {@code status.sock} in its own folder; without a socket it serves all the same. */
final class StationStatus implements AutoCloseable {

    /** How old the numbers on the socket may be. */
    private static final long COUNT_MILLIS = 500;

    /** What is counted: entries, and of the reached and heard 1 or 0. */
    enum Count {
        WAITING,
        TO_REVIEW,
        BUDDY_REACHED,
        BUDDY_KEPT,
        WARD_HEARD,
        WARD_ENTRIES,
        WARD_STAY,
        WARD_BROUGHT
    }

    private final Counters counters = new Counters();
    private final Outcome<StatusSocket> socket;

    StationStatus(Path folder) {
        socket = opened(folder.resolve("status.sock"), counters);
    }

    private static Outcome<StatusSocket> opened(Path socket, Counters counters) {
        try {
            return StatusSocket.open(socket, counters);
        } catch (UncheckedIOException failure) {
            return Outcome.refused(Code.UNAVAILABLE, "the counts are not to be had: " + failure.getMessage());
        }
    }

    /** Counts from now on. On the station's loop. */
    void follow(Loop loop, Station station, Buddies buddies) {
        counters.set(Count.WAITING, station.state().waiting());
        counters.set(Count.TO_REVIEW, station.state().toReview());
        BuddyState state = buddies.state();
        state.buddy().ifPresent(buddy -> {
            counters.set(Count.BUDDY_REACHED, buddy.reached() ? 1 : 0);
            counters.set(Count.BUDDY_KEPT, buddy.kept());
        });
        state.ward().ifPresent(ward -> {
            counters.set(Count.WARD_HEARD, ward.heard() ? 1 : 0);
            counters.set(Count.WARD_ENTRIES, ward.entries());
            counters.set(Count.WARD_STAY, ward.stay());
            counters.set(Count.WARD_BROUGHT, ward.brought());
        });
        loop.after(COUNT_MILLIS, () -> follow(loop, station, buddies));
    }

    @Override
    public void close() {
        if (socket instanceof Outcome.Done<StatusSocket>(StatusSocket open)) {
            try {
                open.close();
            } catch (UncheckedIOException left) {
                // What is left of it is replaced at the next start.
            }
        }
    }
}
