package trimaran.station.chart;

import java.time.Instant;
import java.util.Optional;
import trimaran.kernel.ResourceId;

/**
 * What became of one dose (R4 MedicationAdministration).
 *
 * @param prescription the MedicationRequest it names
 * @param at when it was given, or when it was decided not to
 * @param until the end of what flowed
 * @param planned for when it was planned, if its author said so
 * @param reason why it was not given
 */
public record Administration(
        Source source,
        Status status,
        String statusText,
        Optional<ResourceId> prescription,
        Coded drug,
        Optional<FhirTime> at,
        Optional<FhirTime> until,
        Optional<Instant> planned,
        Optional<Quantity> dose,
        Coded route,
        String performer,
        String reason,
        String note) {

    public enum Status {
        GIVEN,
        NOT_GIVEN,
        RUNNING,
        HELD,
        INTERRUPTED,
        UNKNOWN;

        static Status of(String status) {
            return switch (status) {
                case "completed" -> GIVEN;
                case "not-done" -> NOT_GIVEN;
                case "in-progress" -> RUNNING;
                case "on-hold" -> HELD;
                case "stopped" -> INTERRUPTED;
                default -> UNKNOWN;
            };
        }

        /** Whether something went into the patient. */
        boolean reached() {
            return this == GIVEN || this == RUNNING || this == HELD || this == INTERRUPTED;
        }
    }

    public Optional<Instant> moment() {
        return at.flatMap(FhirTime::instant);
    }
}
