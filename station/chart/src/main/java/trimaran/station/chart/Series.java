package trimaran.station.chart;

import java.util.List;
import java.util.Optional;

/**
 * One vital sign over time.
 *
 * @param measures the newest first; never empty
 */
public record Series(Coded what, List<Measure> measures) {

    public Series {
        measures = List.copyOf(measures);
    }

    public Measure latest() {
        return measures.getFirst();
    }

    public Optional<Quantity> latestQuantity() {
        return latest().value().quantity();
    }
}
