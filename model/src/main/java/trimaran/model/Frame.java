package trimaran.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object that is being read: which elements it had so far, and what is remembered until it ends. Used again. */
final class Frame {

    /** Where a list of primitives had nulls, in values and in the {@code _name} beside them. */
    static final class Gaps {
        final BitSet values = new BitSet();
        final BitSet extras = new BitSet();
        int extraCount;
    }

    Shape shape;

    /** The element being read, and its position if it is a list, else -1. */
    Shape.@Nullable Field field;

    int index;
    boolean extra;
    boolean typed;
    long seen;
    long extras;

    /** Whether a coding of a bound concept was one of its codes. */
    boolean bound;

    int firstStart;
    int firstEnd;
    int secondStart;
    int secondEnd;

    @Nullable
    List<String> given;

    /** Members that stay when the resource is written again; null where nobody asks. */
    @Nullable
    Positions runs;

    private boolean runOpen;
    /** How many items each list of primitives had, by the number of its bit; only meant where the bit is set. */
    final int[] counts = new int[Long.SIZE];

    private Shape.Field[] chosen = new Shape.Field[4];
    private int chosenCount;
    private final Map<Shape.Field, Gaps> gaps = new HashMap<>(4);

    Frame(Shape shape) {
        this.shape = shape;
    }

    void reset(Shape next) {
        shape = next;
        field = null;
        index = -1;
        extra = false;
        typed = false;
        seen = 0;
        extras = 0;
        bound = false;
        firstStart = -1;
        secondStart = -1;
        given = null;
        runs = null;
        runOpen = false;
        chosenCount = 0;
        if (!gaps.isEmpty()) {
            gaps.clear();
        }
    }

    boolean hasFirst() {
        return firstStart >= 0;
    }

    boolean hasSecond() {
        return secondStart >= 0;
    }

    void addGiven(String text) {
        if (given == null) {
            given = new ArrayList<>(2);
        }
        if (given.size() < Limits.FACTS_MAX) {
            given.add(text);
        }
    }

    /** Notes the type used for a choice; false if another one was used before. */
    boolean choose(Shape.Field type) {
        for (int i = 0; i < chosenCount; i++) {
            if (chosen[i].bit == type.bit) {
                return chosen[i] == type;
            }
        }
        if (chosenCount == chosen.length) {
            Shape.Field[] more = new Shape.Field[2 * chosenCount];
            System.arraycopy(chosen, 0, more, 0, chosenCount);
            chosen = more;
        }
        chosen[chosenCount++] = type;
        return true;
    }

    void member(Positions kept, int start, int end, boolean dropped) {
        if (dropped) {
            runOpen = false;
        } else if (runOpen) {
            kept.extend(end);
        } else {
            kept.add(start, end);
            runOpen = true;
        }
    }

    Gaps gaps(Shape.Field list) {
        return gaps.computeIfAbsent(list, _ -> new Gaps());
    }

    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    /** The list of primitives in which a position has neither value nor extension, or null. */
    Shape.@Nullable Field hollow() {
        for (Map.Entry<Shape.Field, Gaps> entry : gaps.entrySet()) {
            Gaps lists = entry.getValue();
            long bit = entry.getKey().bit;
            int valueCount = (seen & bit) == 0 ? 0 : counts[Long.numberOfTrailingZeros(bit)];
            for (int i = lists.values.nextSetBit(0); i >= 0; i = lists.values.nextSetBit(i + 1)) {
                if (i >= lists.extraCount || lists.extras.get(i)) {
                    return entry.getKey();
                }
            }
            for (int i = lists.extras.nextSetBit(0); i >= 0; i = lists.extras.nextSetBit(i + 1)) {
                if (i >= valueCount || lists.values.get(i)) {
                    return entry.getKey();
                }
            }
        }
        return null;
    }
}
