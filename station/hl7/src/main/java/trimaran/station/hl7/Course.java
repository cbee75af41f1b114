package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The course of a stay: its movements, in the order they were told, and what follows of them in the order they happened. Pure, so
 * that the same movements give the same course in whatever order they come, corrections and cancels included.
 */
record Course(List<Movement> movements) {

    Course {
        movements = List.copyOf(movements);
    }

    /** A time in a place. */
    record Stop(Spot spot, Moment from, Optional<Moment> to) {}

    /**
     * What the movements say.
     *
     * @param status of the Encounter (R4 value set encounter-status)
     * @param odd whether they contradict each other: a transfer without admission, or after the discharge
     */
    record Outline(
            String status,
            Optional<Moment> start,
            Optional<Moment> end,
            List<Stop> stops,
            String patientClass,
            boolean odd) {}

    /** The movement of this id. */
    Optional<Movement> find(String id) {
        return movements.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The last that was not cancelled among some events: what a sender without movement ids cancels. */
    Optional<Movement> last(Set<String> events) {
        return movements.stream()
                .filter(one -> one.counts() && !one.here() && events.contains(one.event()))
                .max(Comparator.comparingLong(one -> one.at().millis()));
    }

    /** Each movement looked at anew. */
    Course each(UnaryOperator<Movement> look) {
        return new Course(movements.stream().map(look).toList());
    }

    /** With this movement in place of one of the same id, or behind all others. */
    Course with(Movement movement) {
        List<Movement> changed = new ArrayList<>();
        boolean known = false;
        for (Movement one : movements) {
            boolean same = one.id().equals(movement.id());
            changed.add(same ? movement : one);
            known |= same;
        }
        if (!known) {
            changed.add(movement);
        }
        return new Course(changed);
    }

    Outline outline() {
        List<Movement> valid = movements.stream()
                .filter(Movement::counts)
                .sorted(Comparator.comparingLong((Movement one) -> one.at().millis())
                        .thenComparing(Movement::step))
                .toList();
        Fold fold = new Fold();
        valid.forEach(fold::step);
        return fold.outline(!movements.isEmpty());
    }

    private static final class Fold {
        private final List<Stop> stops = new ArrayList<>();
        private String status = "";
        private Optional<Moment> start = Optional.empty();
        private Optional<Moment> end = Optional.empty();
        private String patientClass = "";
        private boolean odd;

        void step(Movement movement) {
            switch (movement.step()) {
                case EXPECT -> {
                    if (status.isEmpty()) {
                        status = "planned";
                        start = Optional.of(movement.at());
                        move(movement);
                    }
                }
                case ADMIT -> {
                    if (!status.equals("in-progress")) {
                        if (status.equals("planned")) {
                            // An expected place was never lived in.
                            stops.clear();
                        }
                        start = status.equals("finished") ? start : Optional.of(movement.at());
                        status = "in-progress";
                        end = Optional.empty();
                    }
                    move(movement);
                }
                case TRANSFER -> {
                    if (status.equals("finished")) {
                        odd = true;
                        return;
                    }
                    if (!status.equals("in-progress")) {
                        odd = true;
                        stops.clear();
                        start = Optional.of(movement.at());
                        status = "in-progress";
                    }
                    move(movement);
                }
                case DISCHARGE -> {
                    odd |= !status.equals("in-progress");
                    if (status.equals("planned")) {
                        stops.clear();
                        start = Optional.of(movement.at());
                    }
                    status = "finished";
                    start = start.isPresent() ? start : Optional.of(movement.at());
                    end = Optional.of(movement.at());
                    close(movement.at());
                }
            }
            if (!movement.patientClass().isEmpty() && movement.step() != Movement.Step.DISCHARGE) {
                patientClass = movement.patientClass();
            }
        }

        private void move(Movement movement) {
            if (!movement.spot().isKnown()) {
                return;
            }
            boolean stays = !stops.isEmpty()
                    && stops.getLast().to().isEmpty()
                    && stops.getLast().spot().isSame(movement.spot());
            if (!stays) {
                close(movement.at());
                stops.add(new Stop(movement.spot(), movement.at(), Optional.empty()));
            }
        }

        private void close(Moment at) {
            if (!stops.isEmpty() && stops.getLast().to().isEmpty()) {
                Stop last = stops.removeLast();
                stops.add(new Stop(last.spot(), last.from(), Optional.of(at)));
            }
        }

        Outline outline(boolean any) {
            String said = status.isEmpty() ? any ? "cancelled" : "unknown" : status;
            return new Outline(said, start, end, List.copyOf(stops), patientClass, odd);
        }
    }
}
