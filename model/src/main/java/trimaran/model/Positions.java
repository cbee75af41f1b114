package trimaran.model;

import java.util.Arrays;

/** A growing list of byte positions, in pairs of start and end. */
final class Positions {

    private static final int[] NONE = {};

    private int[] values = NONE;
    private int size;

    void add(int start, int end) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(8, size * 2));
        }
        values[size++] = start;
        values[size++] = end;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Moves the end of the last pair. */
    void extend(int end) {
        values[size - 1] = end;
    }

    int[] toArray() {
        return size == 0 ? NONE : Arrays.copyOf(values, size);
    }
}
