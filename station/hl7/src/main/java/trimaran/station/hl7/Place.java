package trimaran.station.hl7;

/**
 * Where in a message something is (HL7 2.5, ERL data type). Numbers count from 1; 0 says no more.
 *
 * @param sequence which of several segments of this name
 */
public record Place(String segment, int sequence, int field, int repetition, int component) {

    static final Place NOWHERE = new Place("", 0, 0, 0, 0);

    static Place of(Segment segment) {
        return new Place(segment.name(), segment.sequence(), 0, 0, 0);
    }

    static Place of(String segment, int field) {
        return new Place(segment, 1, field, 0, 0);
    }

    Place field(int number) {
        return new Place(segment, sequence, number, 0, 0);
    }

    Place repetition(int number) {
        return new Place(segment, sequence, field, number, 0);
    }

    Place component(int number) {
        return new Place(segment, sequence, field, repetition, number);
    }

    /** As an interface team says it: {@code ZBE-4}, {@code PID-3(2).1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(segment);
        if (sequence > 1) {
            text.append('[').append(sequence).append(']');
        }
        if (field > 0) {
            text.append('-').append(field);
        }
        if (repetition > 1) {
            text.append('(').append(repetition).append(')');
        }
        if (component > 0) {
            text.append('.').append(component);
        }
        return text.toString();
    }
}
