package trimaran.station.chart;

import java.util.Optional;

/** What somebody is given to eat (R4 NutritionOrder, active). */
public record Diet(Source source, String words, Optional<FhirTime> since) {}
