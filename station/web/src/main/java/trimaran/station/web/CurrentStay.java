package trimaran.station.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.model.JsonTree;
import trimaran.model.Placement;
import trimaran.station.ResourceVersion;

/** The stay of a patient that a movement is about, as the record has it. */
record CurrentStay(ResourceVersion version, Map<String, Object> json) {

    private static final int PRESENT = 0;
    private static final int EXPECTED = 1;
    private static final int LEFT = 2;
    private static final int OTHER = 3;

    /** The stay somebody is in, else the one to come, else the last that is over; one that was cancelled never. */
    static Optional<CurrentStay> of(List<ResourceVersion> all) {
        return all.stream()
                .filter(one -> one.type().equals("Encounter"))
                .flatMap(one -> JsonTree.glimpse(one.json()).map(json -> new CurrentStay(one, json)).stream())
                .filter(one -> Placement.STAY_CLASSES.contains(JsonTree.text(one.json(), "class", "code")))
                .filter(one -> one.rank() != OTHER)
                .min(Comparator.comparingInt(CurrentStay::rank)
                        .thenComparing(Comparator.comparing(CurrentStay::end).reversed()));
    }

    /** The stay of this id, whatever became of it. */
    static Optional<CurrentStay> named(List<ResourceVersion> all, String id) {
        return all.stream()
                .filter(one ->
                        one.type().equals("Encounter") && one.id().toString().equals(id))
                .flatMap(one -> JsonTree.glimpse(one.json()).map(json -> new CurrentStay(one, json)).stream())
                .findFirst();
    }

    /** Whether its admission was taken back. */
    boolean isCancelled() {
        return rank() == OTHER;
    }

    String status() {
        return JsonTree.text(json, "status");
    }

    private int rank() {
        return switch (status()) {
            case "in-progress", "arrived", "triaged", "onleave" -> PRESENT;
            case "planned" -> EXPECTED;
            case "finished" -> LEFT;
            default -> OTHER;
        };
    }

    private String end() {
        return JsonTree.text(json, "period", "end");
    }

    boolean isPresent() {
        return rank() == PRESENT;
    }

    boolean isExpected() {
        return rank() == EXPECTED;
    }

    boolean hasLeft() {
        return rank() == LEFT;
    }

    /** Where its patient is now, or that they are not. */
    String where(PlaceChoices places, Words words) {
        if (isCancelled()) {
            return words.say("move.cancelled");
        }
        if (hasLeft()) {
            return words.say("move.left");
        }
        return places.place(StayChange.place(json))
                .map(PlaceChoices.Place::words)
                .orElse(words.say("time.unknown"));
    }

    /** When the last thing said to the second began: the stay, or the time in the place of now. */
    Optional<Instant> began() {
        List<String> starts = new ArrayList<>(List.of(JsonTree.text(json, "period", "start")));
        JsonTree.items(json, "location").stream()
                .filter(one -> !StayChange.isPlanned(one))
                .forEach(one -> starts.add(JsonTree.text(one, "period", "start")));
        return starts.stream().flatMap(start -> instant(start).stream()).max(Comparator.naturalOrder());
    }

    private static Optional<Instant> instant(String fhir) {
        try {
            return Optional.of(OffsetDateTime.parse(fhir).toInstant());
        } catch (DateTimeParseException coarse) {
            return Optional.empty();
        }
    }
}
