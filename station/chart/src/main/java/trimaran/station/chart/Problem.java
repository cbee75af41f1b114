package trimaran.station.chart;

import java.util.Optional;

/**
 * A condition.
 *
 * @param active whether it is said to be, or nobody said otherwise
 * @param ofStay why somebody is here, rather than what they have had for long
 */
public record Problem(
        Source source, Coded what, boolean active, boolean ofStay, Optional<FhirTime> since, String status) {}
