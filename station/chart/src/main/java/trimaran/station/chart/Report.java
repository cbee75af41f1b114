package trimaran.station.chart;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.ResourceId;

/**
 * A report on examinations (R4 DiagnosticReport).
 *
 * @param results the observations it gathers, as far as this record holds them
 * @param attached how many documents hang on it
 */
public record Report(
        Source source,
        Coded what,
        String category,
        Measure.State state,
        String statusText,
        Optional<FhirTime> at,
        Optional<FhirTime> issued,
        String conclusion,
        List<ResourceId> results,
        int attached) {

    public Report {
        results = List.copyOf(results);
    }
}
