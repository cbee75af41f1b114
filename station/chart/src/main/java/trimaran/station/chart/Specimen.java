package trimaran.station.chart;

import java.util.Optional;

/** A sample (R4 Specimen). */
public record Specimen(
        Source source,
        Coded what,
        String number,
        String statusText,
        Optional<FhirTime> drawn,
        Optional<FhirTime> received) {}
