package trimaran.station.hl7;

import java.util.List;

/**
 * One repetition of a field. Components count from 1; what is not there is empty. {@code ""} is HL7's word for "to be deleted"
 * (2.5, 2.5.3) and reads as empty, too; {@link #isDeletion} tells.
 */
record Value(String raw, Delimiters delimiters) {

    private static final String DELETE = "\"\"";

    boolean isEmpty() {
        return raw.isEmpty();
    }

    boolean isDeletion() {
        return raw.equals(DELETE);
    }

    String rawComponent(int number) {
        List<String> parts = Segment.split(raw, delimiters.component(), Hl7Limits.COMPONENTS_MAX);
        return number <= parts.size() ? parts.get(number - 1) : "";
    }

    /** The first subcomponent of a component, without escapes. */
    String component(int number) {
        return component(number, 1);
    }

    String component(int number, int subcomponent) {
        List<String> parts = Segment.split(rawComponent(number), delimiters.subcomponent(), Hl7Limits.COMPONENTS_MAX);
        String part = subcomponent <= parts.size() ? parts.get(subcomponent - 1) : "";
        return part.equals(DELETE) ? "" : plain(Escapes.read(part, delimiters));
    }

    /** The whole repetition as one text, for fields that have no components. */
    String text() {
        return isDeletion() ? "" : plain(Escapes.read(raw, delimiters));
    }

    /** Without spaces around and without control characters no FHIR text may hold. */
    private static String plain(String text) {
        boolean clean = text.chars().allMatch(one -> one >= ' ' || one == '\n' || one == '\t');
        String kept = clean
                ? text
                : text.chars()
                        .filter(one -> one >= ' ' || one == '\n' || one == '\t')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        return kept.strip();
    }
}
