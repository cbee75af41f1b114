package trimaran.keeper.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/**
 * A store in memory that knows what a crash would leave of it, for tests and for the simulator. A crash is
 * {@link #snapshotDurable}: a new store with exactly the durable state, while the old one is thrown away. A {@link Fault}
 * plants a bug an engine could have.
 */
public final class MemoryStore implements Store {

    /** Bugs of engines. {@link StoreConformance} finds each of them; the simulator plants those about crashes. */
    public enum Fault {
        NONE,
        /** A crash loses the last batch although its write had returned. */
        LAST_BATCH_LOST,
        /** A crash leaves only the first half of the last batch. */
        LAST_BATCH_TORN,
        /** A scan sees what is written while it runs. */
        SCAN_MOVES,
        /** A scan gives the key at its end, too. */
        SCAN_GIVES_END,
        /** Keys are ordered as if their bytes were signed. */
        SIGNED_ORDER,
        /** Removal works in spaces that only grow. */
        REMOVES_ANYWHERE,
        /** A batch is refused after its first changes were made. */
        REFUSES_TOO_LATE,
        /** Of two changes of one key in a batch the earlier stays. */
        EARLIER_CHANGE_WINS,
        /** An empty value counts as none. */
        DROPS_EMPTY_VALUES,
        /** All spaces are one map. */
        SPACES_MIXED,
        /** Answers after it was closed. */
        ANSWERS_CLOSED
    }

    private record Place(Space space, Bytes key) {}

    private record Before(Place place, @Nullable Bytes value) {}

    private final Fault fault;
    private final Map<Space, NavigableMap<Bytes, Bytes>> maps = new EnumMap<>(Space.class);
    private final Set<Place> damaged = new HashSet<>();
    private List<Before> lastBatch = List.of();
    private Planned planned = Planned.NOTHING;
    private long sizeBytes;
    private boolean closed;

    private enum Planned {
        NOTHING,
        FAIL_UNDONE,
        FAIL_DONE
    }

    public MemoryStore() {
        this(Fault.NONE);
    }

    public MemoryStore(Fault fault) {
        this.fault = fault;
        for (Space space : Space.values()) {
            maps.put(space, new TreeMap<>(order()));
        }
    }

    /** A copy of exactly what a crash at this moment would leave; also of a closed store. Damage stays damage. */
    public synchronized MemoryStore snapshotDurable() {
        MemoryStore copy = new MemoryStore(fault);
        maps.forEach((space, map) -> copy.map(space).putAll(map));
        copy.sizeBytes = sizeBytes;
        copy.damaged.addAll(damaged);
        int kept = switch (fault) {
            case LAST_BATCH_LOST -> 0;
            case LAST_BATCH_TORN -> lastBatch.size() / 2;
            default -> lastBatch.size();
        };
        for (Before before : lastBatch.subList(kept, lastBatch.size()).reversed()) {
            copy.set(before.place(), before.value());
        }
        return copy;
    }

    /**
     * Makes the next write throw a {@link StoreFailure}, as a disk that dies under it: done tells whether the batch is
     * durable all the same, which the writer cannot know.
     */
    public synchronized void failNextWrite(boolean done) {
        planned = done ? Planned.FAIL_DONE : Planned.FAIL_UNDONE;
    }

    /** Flips a bit under this key: whoever reads it from now on gets a {@link StoreFailure}, until it is written again. */
    public synchronized void damage(Space space, Bytes key) {
        damaged.add(new Place(space, key));
    }

    /** A row is gone, as after a disk's error nobody saw or a stranger's hand; also one of a space that only grows. */
    public synchronized void lose(Space space, Bytes key) {
        remove(new Place(space, key));
    }

    @Override
    public synchronized Optional<Bytes> get(Space space, Bytes key) {
        requireOpen();
        requireWhole(new Place(space, key));
        return Optional.ofNullable(map(space).get(key));
    }

    @Override
    public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
        if (fault == Fault.SCAN_MOVES) {
            scanMoving(space, from, to, visitor);
            return;
        }
        for (Map.Entry<Bytes, Bytes> pair : range(space, from, to)) {
            requireWhole(new Place(space, pair.getKey()));
            if (!visitor.visit(pair.getKey(), pair.getValue())) {
                return;
            }
        }
    }

    @Override
    public synchronized void write(List<Change> batch) {
        requireOpen();
        if (fault != Fault.REFUSES_TOO_LATE) {
            batch.forEach(this::requireAllowed);
        }
        Planned now = planned;
        planned = Planned.NOTHING;
        if (now != Planned.FAIL_UNDONE) {
            apply(batch);
        }
        if (now != Planned.NOTHING) {
            throw failure("the disk failed during a write");
        }
    }

    @Override
    public synchronized long sizeOnDisk() {
        requireOpen();
        return sizeBytes;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void apply(List<Change> batch) {
        List<Before> before = new ArrayList<>();
        Set<Place> seen = new HashSet<>();
        for (Change change : batch) {
            requireAllowed(change);
            Place place = placeOf(change);
            boolean first = fault != Fault.EARLIER_CHANGE_WINS || seen.add(place);
            before.add(new Before(place, map(place.space()).get(place.key())));
            if (first) {
                set(place, valueOf(change));
                mend(place);
            }
        }
        if (!before.isEmpty()) {
            lastBatch = before;
        }
    }

    /** Nearly no store has damage, and every row that is written passes here. */
    private void mend(Place place) {
        if (!damaged.isEmpty()) {
            damaged.remove(place);
        }
    }

    private void set(Place place, @Nullable Bytes value) {
        if (value == null || (fault == Fault.DROPS_EMPTY_VALUES && value.isEmpty())) {
            remove(place);
        } else {
            Bytes before = map(place.space()).put(place.key(), value);
            sizeBytes += value.size() - (before == null ? -place.key().size() : before.size());
        }
    }

    private void remove(Place place) {
        Bytes before = map(place.space()).remove(place.key());
        sizeBytes -= before == null ? 0 : place.key().size() + before.size();
    }

    private static Place placeOf(Change change) {
        return switch (change) {
            case Change.Put put -> new Place(put.space(), put.key());
            case Change.Remove remove -> new Place(remove.space(), remove.key());
            case Change.Erase erase -> new Place(erase.space(), erase.key());
            case Change.TakeBack back -> new Place(back.space(), back.key());
        };
    }

    private static @Nullable Bytes valueOf(Change change) {
        return switch (change) {
            case Change.Put put -> put.value();
            case Change.Remove _ -> null;
            case Change.Erase _ -> null;
            case Change.TakeBack _ -> null;
        };
    }

    private void requireAllowed(Change change) {
        if (fault != Fault.REMOVES_ANYWHERE) {
            Change.requireAllowed(change);
        }
    }

    private synchronized List<Map.Entry<Bytes, Bytes>> range(Space space, Bytes from, Bytes to) {
        requireOpen();
        if (order().compare(from, to) > 0) {
            return List.of();
        }
        boolean givesEnd = fault == Fault.SCAN_GIVES_END;
        List<Map.Entry<Bytes, Bytes>> pairs = new ArrayList<>();
        // The map changes its own entries in place.
        map(space).subMap(from, true, to, givesEnd).forEach((key, value) -> pairs.add(Map.entry(key, value)));
        return pairs;
    }

    private void scanMoving(Space space, Bytes from, Bytes to, Visitor visitor) {
        Map.Entry<Bytes, Bytes> pair = map(space).ceilingEntry(from);
        while (pair != null && pair.getKey().compareTo(to) < 0) {
            if (!visitor.visit(pair.getKey(), pair.getValue())) {
                return;
            }
            pair = map(space).higherEntry(pair.getKey());
        }
    }

    private NavigableMap<Bytes, Bytes> map(Space space) {
        Space real = fault == Fault.SPACES_MIXED ? Space.STATE : space;
        NavigableMap<Bytes, Bytes> map = maps.get(real);
        if (map == null) {
            throw new IllegalStateException("no map for " + real);
        }
        return map;
    }

    private Comparator<Bytes> order() {
        return fault == Fault.SIGNED_ORDER
                ? Comparator.comparing(Bytes::unsafeArray, java.util.Arrays::compare)
                : Comparator.naturalOrder();
    }

    private synchronized void requireWhole(Place place) {
        if (!damaged.isEmpty() && damaged.contains(place)) {
            throw failure("a damaged value in " + place.space());
        }
    }

    private void requireOpen() {
        if (closed && fault != Fault.ANSWERS_CLOSED) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private static StoreFailure failure(String message) {
        return new StoreFailure(message, new java.io.IOException(message));
    }
}
