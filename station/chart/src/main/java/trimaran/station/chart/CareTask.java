package trimaran.station.chart;

/**
 * One activity of an active plan of care (R4 CarePlan).
 *
 * @param plan what the plan is called
 */
public record CareTask(Source source, String plan, String words, String statusText) {}
