package trimaran.station.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import trimaran.kernel.Digest;

/** Who is logged in at this station, by the hash of the cookie that shows it. Only in memory: a restart locks every screen. */
final class Seats {

    private final Map<Digest, Seat> seats = new LinkedHashMap<>();
    private final LongSupplier nanos;
    private final Runnable left;

    /** @param left done when somebody is no longer logged in, however that came about */
    Seats(LongSupplier nanos, Runnable left) {
        this.nanos = nanos;
        this.left = left;
    }

    synchronized Optional<Seat> of(Digest key) {
        return Optional.ofNullable(seats.get(key)).filter(seat -> !seat.isOver(nanos.getAsLong()));
    }

    /** One whose time is over and who was not locked out yet: that is looked for only every few seconds. */
    synchronized Optional<Seat> lapsed(Digest key) {
        return Optional.ofNullable(seats.get(key)).filter(seat -> seat.isOver(nanos.getAsLong()));
    }

    /** Lets one in; beyond {@link WebLimits#SEATS_MAX} whoever did nothing for longest is locked out. */
    void add(Seat seat) {
        Optional<Seat> eldest = Optional.empty();
        synchronized (this) {
            if (seats.size() >= WebLimits.SEATS_MAX) {
                eldest = seats.values().stream().min(Comparator.comparingLong(Seat::touchedNanos));
                eldest.ifPresent(one -> seats.remove(one.key()));
            }
            seats.put(seat.key(), seat);
        }
        eldest.ifPresent(this::close);
    }

    /** Takes one out; false if somebody else did already. */
    boolean remove(Seat seat) {
        synchronized (this) {
            if (!seats.remove(seat.key(), seat)) {
                return false;
            }
        }
        close(seat);
        return true;
    }

    private void close(Seat seat) {
        left.run();
        seat.close();
    }

    /** Those whose time is over, or whose browser somebody else has taken. */
    List<Seat> over() {
        long now = nanos.getAsLong();
        synchronized (this) {
            return seats.values().stream().filter(seat -> seat.isOver(now)).toList();
        }
    }

    synchronized List<Seat> all() {
        return List.copyOf(seats.values());
    }

    synchronized int size() {
        return seats.size();
    }

    void closeAll() {
        List<Seat> all;
        synchronized (this) {
            all = new ArrayList<>(seats.values());
        }
        all.forEach(this::remove);
    }
}
