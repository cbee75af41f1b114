package trimaran.station.chart;

import java.util.Optional;

/**
 * A resource the chart has no place for, so that it is at least named.
 *
 * @param words what it is about, as far as it says
 * @param readable whether it could be read at all
 */
public record Other(Source source, String words, String statusText, Optional<FhirTime> at, boolean readable) {}
