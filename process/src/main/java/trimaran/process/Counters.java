package trimaran.process;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What a process counts, by constants of the code: numbers only, so nothing about a patient. From any thread. */
public final class Counters {

    private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    public void add(Enum<?> name, long more) {
        counts.computeIfAbsent(Field.word(name), _ -> new LongAdder()).add(more);
    }

    /** A number as it is now, for whoever may be asked by its own thread only. */
    public void set(Enum<?> name, long value) {
        gauges.put(Field.word(name), () -> value);
    }

    /** A number asked for whenever a snapshot is taken; it MUST be cheap and safe to ask from another thread. */
    public void watch(Enum<?> name, LongSupplier gauge) {
        gauges.put(Field.word(name), gauge);
    }

    /** All numbers by name, names as in {@link EventLog}. */
    public SortedMap<String, Long> snapshot() {
        SortedMap<String, Long> snapshot = new TreeMap<>();
        counts.forEach((name, count) -> snapshot.put(name, count.sum()));
        gauges.forEach((name, gauge) -> snapshot.put(name, gauge.getAsLong()));
        return snapshot;
    }
}
