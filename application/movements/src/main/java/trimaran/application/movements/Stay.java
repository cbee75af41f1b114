package trimaran.application.movements;

import java.util.Optional;
import trimaran.application.JsonValue;

/** What the rules look at in an Encounter. */
record Stay(String status, Phase phase, Span span, Optional<String> end) {

    static Stay of(JsonValue encounter) {
        String status = encounter.text("status").orElse("");
        return new Stay(status, Phase.ofStatus(status), Span.of(encounter), encounter.text("period", "end"));
    }
}
