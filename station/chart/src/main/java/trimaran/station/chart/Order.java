package trimaran.station.chart;

import java.util.List;
import java.util.Optional;

/**
 * Something asked for (R4 ServiceRequest).
 *
 * @param number by which the other side knows it
 * @param open whether it is still to be done or answered
 * @param answered whether a final report names it
 * @param drawn when its samples were taken
 */
public record Order(
        Source source,
        Coded what,
        String category,
        String number,
        String statusText,
        boolean open,
        boolean answered,
        boolean urgent,
        Optional<FhirTime> asked,
        String by,
        List<FhirTime> drawn) {

    public Order {
        drawn = List.copyOf(drawn);
    }

    /** Asked for, and nobody has answered yet. */
    public boolean isAwaited() {
        return open && !answered;
    }
}
