package trimaran.operations;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Inputs that refer to something the record does not have yet. It may come with another line or file, whatever order they
 * stand in, so they are sent once more after the rest. Kept are places, not contents.
 */
final class ImportDeferred {

    /** Refusals told one by one at the end; of the others only how many. */
    static final int TOLD_MAX = 100;

    private final Map<Path, BitSet> places = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private long count;

    /** @param line 0 for the whole file */
    synchronized void add(Path file, long line, String name, String why) {
        places.computeIfAbsent(file, none -> new BitSet()).set((int) Math.min(Integer.MAX_VALUE, line));
        if (reasons.size() < TOLD_MAX) {
            reasons.put(name, why);
        }
        count++;
    }

    synchronized boolean contains(Path file, long line) {
        BitSet lines = places.get(file);
        return lines != null && lines.get((int) Math.min(Integer.MAX_VALUE, line));
    }

    synchronized boolean contains(Path file) {
        return places.containsKey(file);
    }

    synchronized long count() {
        return count;
    }

    /** Some of them, by name, with what was said. */
    synchronized Map<String, String> reasons() {
        return new LinkedHashMap<>(reasons);
    }
}
