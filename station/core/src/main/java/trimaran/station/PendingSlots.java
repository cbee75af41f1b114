package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cells that entries under way are about to open, so that two writers do not open two for one purpose. */
final class PendingSlots {

    private final Map<Placing.Slot, List<Runnable>> pending = new HashMap<>();

    boolean isPending(Placing.Slot slot) {
        return pending.containsKey(slot);
    }

    void whenSettled(Placing.Slot slot, Runnable then) {
        pending.computeIfAbsent(slot, none -> new ArrayList<>()).add(then);
    }

    void begin(Set<Placing.Slot> slots) {
        slots.forEach(slot -> pending.computeIfAbsent(slot, none -> new ArrayList<>()));
    }

    /** The entry is in the record, or will not be: whoever waited goes on. */
    void settle(Set<Placing.Slot> slots) {
        List<Runnable> waiting = new ArrayList<>();
        for (Placing.Slot slot : slots) {
            List<Runnable> each = pending.remove(slot);
            if (each != null) {
                waiting.addAll(each);
            }
        }
        waiting.forEach(Runnable::run);
    }
}
