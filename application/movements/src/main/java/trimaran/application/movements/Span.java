package trimaran.application.movements;

import java.util.Optional;
import trimaran.application.JsonValue;

/** A FHIR Period: from when to when, either end open or unreadable. */
record Span(Optional<Moment> start, Optional<Moment> end) {

    static Span of(JsonValue holder) {
        return new Span(
                holder.text("period", "start").flatMap(Moment::parse),
                holder.text("period", "end").flatMap(Moment::parse));
    }

    boolean inOrder() {
        return start.isEmpty() || end.isEmpty() || !start.get().surelyAfter(end.get());
    }

    /** Whether a part of a stay surely lies before it began or after it ended. */
    boolean leaves(Span stay) {
        return begins(start, stay) || begins(end, stay) || ends(start, stay) || ends(end, stay);
    }

    private static boolean begins(Optional<Moment> moment, Span stay) {
        return moment.isPresent() && stay.start.isPresent() && stay.start.get().surelyAfter(moment.get());
    }

    private static boolean ends(Optional<Moment> moment, Span stay) {
        return moment.isPresent() && stay.end.isPresent() && moment.get().surelyAfter(stay.end.get());
    }
}
