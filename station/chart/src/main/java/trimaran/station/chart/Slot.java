package trimaran.station.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import trimaran.kernel.ResourceId;

/**
 * One dose in the plan: to come, due, late, or what became of it.
 *
 * @param prescription empty for what was given without a prescription the record knows
 * @param dosage the instruction it follows; empty for what was not planned
 * @param planned for when; empty for what was not planned
 * @param administration what became of it
 * @param byHour matched to its planned time by the clock alone, since its author named none
 */
public record Slot(
        Optional<ResourceId> prescription,
        Coded drug,
        Optional<Dosage> dosage,
        State state,
        Optional<Instant> planned,
        Optional<Administration> administration,
        boolean byHour) {

    /** Where a dose stands; each has its own words and form. */
    public enum State {
        PLANNED,
        DUE,
        LATE,
        /** Nobody wrote down what became of it, and its time is long over. */
        MISSED,
        GIVEN,
        GIVEN_LATE,
        NOT_GIVEN,
        RUNNING,
        HELD,
        INTERRUPTED,
        UNKNOWN;

        public String words(Language language) {
            return switch (this) {
                case PLANNED -> language.of("prévu", "planned");
                case DUE -> language.of("à donner", "to give");
                case LATE -> language.of("en retard", "late");
                case MISSED -> language.of("sans trace", "no record");
                case GIVEN -> language.of("donné", "given");
                case GIVEN_LATE -> language.of("donné en retard", "given late");
                case NOT_GIVEN -> language.of("non donné", "not given");
                case RUNNING -> language.of("en cours", "running");
                case HELD -> language.of("suspendu", "on hold");
                case INTERRUPTED -> language.of("interrompu", "interrupted");
                case UNKNOWN -> language.of("état inconnu", "state unknown");
            };
        }

        /** Somebody has still to do something about it. */
        public boolean isOpen() {
            return this == DUE || this == LATE || this == MISSED;
        }
    }

    /** How much was given, or is to be. */
    public String doseWords(Language language) {
        return administration
                .flatMap(Administration::dose)
                .map(dose -> dose.dose(language))
                .or(() -> dosage.map(one -> one.doseWords(language)))
                .orElse("");
    }

    /** Where it stands in a plan: at its planned time, else when it happened. */
    public Optional<Instant> moment() {
        return planned.or(() -> administration.flatMap(Administration::moment));
    }

    /** How late it is, or was given. */
    public Optional<Duration> lateness(Instant now) {
        Instant until = administration.flatMap(Administration::moment).orElse(now);
        return planned.filter(until::isAfter).map(from -> Duration.between(from, until));
    }
}
