package trimaran.station.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trimaran.kernel.ResourceId;

/**
 * What one door keeps of forms, in memory alone: drafts of ended log-ins, what is not shared yet, and which forms were taken.
 *
 * @param taken where a form that was taken led, by what it said, so that the same form again leads there, too
 * @param locks one patient's forms are taken one by one; patients share a few of them
 */
record Kept(Drafts drafts, KeptWrites writes, Map<String, String> taken, List<ReentrantLock> locks) {

    private static final int LOCKS = 64;

    static Kept of(LongSupplier nanos) {
        List<ReentrantLock> locks =
                Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
        return new Kept(new Drafts(nanos), new KeptWrites(), new LinkedHashMap<>(), locks);
    }

    ReentrantLock lock(ResourceId patient) {
        return locks.get(Math.floorMod(patient.hashCode(), LOCKS));
    }

    /** Does this while nothing else is done that has one of these keys; all are taken in one order, so that no two wait for each other. */
    <T> T alone(List<?> keys, Supplier<T> work) {
        List<ReentrantLock> ours = keys.stream()
                .map(key -> Math.floorMod(key.hashCode(), LOCKS))
                .distinct()
                .sorted()
                .map(locks::get)
                .toList();
        ours.forEach(ReentrantLock::lock);
        try {
            return work.get();
        } finally {
            ours.forEach(ReentrantLock::unlock);
        }
    }

    Optional<String> before(String input) {
        synchronized (taken) {
            return Optional.ofNullable(taken.get(input));
        }
    }

    /** The eldest goes first: who sends a form twice does so within seconds. */
    void took(String input, String to) {
        synchronized (taken) {
            taken.put(input, to);
            while (taken.size() > WebLimits.TAKEN_MAX) {
                taken.remove(taken.keySet().iterator().next());
            }
        }
    }
}
