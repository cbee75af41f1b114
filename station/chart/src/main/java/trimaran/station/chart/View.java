package trimaran.station.chart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * From when and where a chart is looked at.
 *
 * @param now what is due, late or over is judged by it
 * @param zone of the hospital: times of day are meant there
 */
public record View(Instant now, ZoneId zone, Places places) {

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }
}
