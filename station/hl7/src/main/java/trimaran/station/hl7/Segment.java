package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.List;

/**
 * One segment. Fields count from 1, as the standard counts them, in MSH, too, whose first field is the separator itself.
 *
 * @param sequence which of several segments of this name, from 1
 * @param fields the raw fields; the first is field 1
 */
record Segment(String name, int sequence, List<String> fields, Delimiters delimiters) {

    Segment {
        fields = List.copyOf(fields);
    }

    /** Cuts a text into at most so many parts; the rest of a longer one stays in the last. */
    static List<String> split(String text, char at, int max) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int next = text.indexOf(at); next >= 0 && parts.size() < max - 1; next = text.indexOf(at, from)) {
            parts.add(text.substring(from, next));
            from = next + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** All of it, as it came. */
    String text() {
        String bar = String.valueOf(delimiters.field());
        return name + bar + String.join(bar, name.equals("MSH") ? fields.subList(1, fields.size()) : fields);
    }

    String raw(int field) {
        return field <= fields.size() ? fields.get(field - 1) : "";
    }

    boolean has(int field) {
        return !raw(field).isEmpty();
    }

    /** All repetitions that are not empty. */
    List<Value> values(int field) {
        String raw = raw(field);
        if (raw.isEmpty()) {
            return List.of();
        }
        if (name.equals("MSH") && field <= 2) {
            return List.of(new Value(raw, delimiters));
        }
        return split(raw, delimiters.repetition(), Hl7Limits.REPETITIONS_MAX).stream()
                .filter(one -> !one.isEmpty())
                .map(one -> new Value(one, delimiters))
                .toList();
    }

    /** The first repetition, empty if there is none. */
    Value value(int field) {
        List<Value> values = values(field);
        return values.isEmpty() ? new Value("", delimiters) : values.getFirst();
    }

    /** The first component of the first repetition. */
    String text(int field) {
        return value(field).component(1);
    }

    Place at(int field) {
        return Place.of(this).field(field);
    }
}
