package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.station.hl7.Movement.Step;

/**
 * What people did to a stay at this hospital's own doors since a sender last spoke of it, as movements beside the senders': found by
 * holding the Encounter against what its movements gave. So a message changes what it speaks of, and nothing that was done
 * here. Pure.
 */
final class Elsewhere {

    private static final Set<String> PRESENT = Set.of("in-progress", "arrived", "triaged", "onleave");
    private static final Set<String> LATER = Set.of("planned", "reserved");

    /** Something that happened to a stay: a step, and the place it led to until the next. */
    private record Event(Step step, Moment at, Optional<Moment> until, String location, String shown) {

        boolean isSame(Event other) {
            return step == other.step && at.millis() == other.at.millis() && location.equals(other.location);
        }

        boolean isGivenBy(Movement movement) {
            return movement.counts()
                    && movement.step() == step
                    && movement.at().millis() == at.millis()
                    && movement.spot().location().equals(location);
        }

        /** Whether it is a movement into this place, or one that says its patient stays there. */
        boolean isOwed(Movement movement) {
            long when = movement.at().millis();
            boolean within = when == at.millis()
                    || (when > at.millis()
                            && until.map(end -> when < end.millis()).orElse(true));
            return within && movement.spot().location().equals(location);
        }
    }

    private Elsewhere() {}

    static boolean isPresent(String status) {
        return PRESENT.contains(status);
    }

    /** Whether a place of an Encounter is, or was, meant for later. */
    static boolean isPlan(Map<String, Object> location) {
        return LATER.contains(Json.text(location, "status"));
    }

    /**
     * The course with what was done here.
     *
     * @param course whose places are found
     * @param otherwise when something happened of which the Encounter says no time
     */
    static Course seen(Map<String, Object> encounter, Course course, Moment otherwise) {
        List<Event> gave = of(course.outline());
        List<Event> is = of(encounter, otherwise);
        Course seen = course;
        if (is.isEmpty()) {
            return gave.isEmpty() ? seen : takenBack(seen, one -> true);
        }
        if (is.getFirst().step() == Step.EXPECT) {
            seen = takenBack(seen, one -> one.step() != Step.EXPECT);
        }
        for (Event event : without(gave, is)) {
            seen = takenBack(seen, movement -> undone(event, is, movement));
        }
        for (Event event : without(is, gave)) {
            if (seen.movements().stream().noneMatch(event::isGivenBy)) {
                seen = seen.with(Movement.here(event.step(), event.at(), event.location(), event.shown()));
            }
        }
        return seen;
    }

    private static boolean undone(Event event, List<Event> is, Movement movement) {
        return switch (event.step()) {
            // An arrival does not undo that somebody was expected.
            case EXPECT ->
                is.getFirst().step() == Step.EXPECT && movement.step() == Step.EXPECT && event.isOwed(movement);
            case ADMIT, TRANSFER -> movement.step() != Step.DISCHARGE && event.isOwed(movement);
            case DISCHARGE -> movement.step() == Step.DISCHARGE;
        };
    }

    private static Course takenBack(Course course, Predicate<Movement> which) {
        return course.each(one -> one.counts() && which.test(one) ? one.takeBack() : one);
    }

    private static List<Event> without(List<Event> all, List<Event> others) {
        return all.stream()
                .filter(one -> others.stream().noneMatch(one::isSame))
                .toList();
    }

    private static List<Event> of(Course.Outline outline) {
        List<Course.Stop> stops = outline.stops();
        List<Event> events = new ArrayList<>();
        if (outline.status().equals("planned")) {
            String place = stops.isEmpty() ? "" : stops.getFirst().spot().location();
            outline.start().ifPresent(at -> events.add(new Event(Step.EXPECT, at, Optional.empty(), place, "")));
        } else if (isPresent(outline.status()) || outline.status().equals("finished")) {
            List<Event> moves = stops.stream()
                    .map(stop -> new Event(
                            Step.TRANSFER, stop.from(), stop.to(), stop.spot().location(), ""))
                    .toList();
            outline.start().ifPresent(at -> lived(events, at, moves));
            outline.end()
                    .filter(end -> outline.status().equals("finished"))
                    .ifPresent(end -> events.add(new Event(Step.DISCHARGE, end, Optional.empty(), "", "")));
        }
        return events;
    }

    private static List<Event> of(Map<String, Object> encounter, Moment otherwise) {
        String status = Json.text(encounter, "status");
        Optional<Moment> begun = time(encounter, "start");
        List<Event> events = new ArrayList<>();
        if (status.equals("planned")) {
            List<Event> plans = places(encounter, begun.orElse(otherwise), Elsewhere::isPlan);
            Moment at =
                    begun.orElse(plans.isEmpty() ? otherwise : plans.getFirst().at());
            Event place = plans.isEmpty() ? new Event(Step.EXPECT, at, Optional.empty(), "", "") : plans.getFirst();
            events.add(new Event(Step.EXPECT, at, Optional.empty(), place.location(), place.shown()));
        } else if (isPresent(status) || status.equals("finished")) {
            List<Event> moves = places(encounter, begun.orElse(otherwise), one -> !isPlan(one));
            lived(
                    events,
                    begun.orElse(moves.isEmpty() ? otherwise : moves.getFirst().at()),
                    moves);
            if (status.equals("finished")) {
                Optional<Moment> last =
                        moves.isEmpty() ? Optional.empty() : moves.getLast().until();
                Moment end = time(encounter, "end").orElse(last.orElse(otherwise));
                events.add(new Event(Step.DISCHARGE, end, Optional.empty(), "", ""));
            }
        }
        return events;
    }

    /** Who is in a place since the stay began was admitted there. */
    private static void lived(List<Event> events, Moment begun, List<Event> moves) {
        boolean there = !moves.isEmpty() && moves.getFirst().at().millis() <= begun.millis();
        Event first = there ? moves.getFirst() : new Event(Step.ADMIT, begun, Optional.empty(), "", "");
        events.add(new Event(Step.ADMIT, begun, first.until(), first.location(), first.shown()));
        events.addAll(moves.subList(there ? 1 : 0, moves.size()));
    }

    private static List<Event> places(
            Map<String, Object> encounter, Moment otherwise, Predicate<Map<String, Object>> which) {
        List<Event> events = new ArrayList<>();
        for (Map<String, Object> one : Json.items(encounter, "location")) {
            if (which.test(one)) {
                Moment at = time(one, "start")
                        .orElse(events.isEmpty() ? otherwise : events.getLast().at());
                events.add(new Event(
                        Step.TRANSFER,
                        at,
                        time(one, "end"),
                        Json.text(one, "location", "reference"),
                        Json.text(one, "location", "display")));
            }
        }
        events.sort(Comparator.comparingLong(one -> one.at().millis()));
        return events;
    }

    private static Optional<Moment> time(Map<String, Object> of, String which) {
        String text = Json.text(of, "period", which);
        return text.isEmpty() ? Optional.empty() : Optional.of(Moment.ofFhir(text));
    }
}
