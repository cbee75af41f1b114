package trimaran.keeper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Digest;
import trimaran.record.Held;

/** Other tiers' words about entries this tier would not hold itself; each tier's word comes by itself, and again. */
final class HeldWords {

    /** Entries remembered so; a forgotten word is told again within a second. */
    static final int ENTRIES_MAX = 10_000;

    private final Map<Digest, List<Held>> words = new LinkedHashMap<>();

    /** Adds a word, and gives those of different tiers known of this entry. */
    List<Held> with(Held word) {
        if (!words.containsKey(word.entry()) && words.size() >= ENTRIES_MAX) {
            words.remove(words.keySet().iterator().next());
        }
        List<Held> known = words.computeIfAbsent(word.entry(), none -> new ArrayList<>());
        if (known.stream().noneMatch(one -> one.tier() == word.tier())) {
            known.add(word);
        }
        return List.copyOf(known);
    }

    void forget(Digest entry) {
        words.remove(entry);
    }
}
