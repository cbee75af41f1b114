package trimaran.application.movements;

import java.util.Optional;
import trimaran.application.JsonValue;

/**
 * One line of a ward's bed board, the resource {@code Trimaran.Bed} in a ward cell: one stay's time in this ward. Its JSON:
 *
 * <pre>{@code
 * {"resourceType": "Trimaran.Bed", "id": …, "status": "present",
 *  "encounter": {"reference": "Encounter/…"}, "subject": {"reference": "Patient/…"},
 *  "bed": {"reference": "Location/…"}, "period": {"start": …, "end": …}, "leaves": …}
 * }</pre>
 *
 * <p>{@code status} is {@code expected}, {@code present}, {@code left} or {@code entered-in-error}; {@code bed} is missing
 * for a patient of the ward without a bed; {@code period.end} belongs to {@code left}. {@code leaves} is when whoever is there is to leave: no rule asks for
 * it.
 */
record BedLine(Status status, String encounter, Optional<String> bed, Span span) {

    enum Status {
        EXPECTED("expected"),
        PRESENT("present"),
        LEFT("left"),
        VOID("entered-in-error");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        static Optional<Status> of(String word) {
            for (Status status : values()) {
                if (status.word.equals(word)) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
    }

    static final String TYPE = "Trimaran.Bed";

    /** The line, or the path of the element that keeps it from being one. */
    sealed interface Read {
        record Line(BedLine line) implements Read {}

        record Wrong(String path) implements Read {}
    }

    static Read read(JsonValue json) {
        Optional<Status> status = json.text("status").flatMap(Status::of);
        if (status.isEmpty()) {
            return new Read.Wrong("status");
        }
        Optional<String> encounter = json.text("encounter", "reference").filter(text -> text.startsWith("Encounter/"));
        if (encounter.isEmpty()) {
            return new Read.Wrong("encounter");
        }
        Optional<String> bed = json.text("bed", "reference");
        boolean bedReadable = json.at("bed").isEmpty()
                || bed.filter(text -> text.startsWith("Location/")).isPresent();
        if (!bedReadable) {
            return new Read.Wrong("bed");
        }
        Span span = Span.of(json);
        if (span.start().isEmpty() && (status.get() == Status.PRESENT || status.get() == Status.LEFT)) {
            return new Read.Wrong("period.start");
        }
        if (span.end().isPresent() != (status.get() == Status.LEFT) && status.get() != Status.VOID) {
            return new Read.Wrong("period.end");
        }
        return new Read.Line(new BedLine(status.get(), encounter.get(), bed, span));
    }

    boolean isPresent() {
        return status == Status.PRESENT;
    }

    boolean holds(String wanted) {
        return isPresent() && bed.equals(Optional.of(wanted));
    }
}
