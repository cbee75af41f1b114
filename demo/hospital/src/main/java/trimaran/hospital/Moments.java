package trimaran.hospital;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The times of one hospital, as FHIR writes them (R4, data types, dateTime and instant): with Paris's distance from UTC. */
final class Moments {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/uuuu 'à' HH:mm", Locale.ROOT);

    private final LocalDateTime now;

    Moments(LocalDateTime now) {
        this.now = now.truncatedTo(ChronoUnit.MINUTES);
    }

    LocalDateTime now() {
        return now;
    }

    LocalDate day() {
        return now.toLocalDate();
    }

    /** An hour of a day, counted from today: yesterday is −1. */
    LocalDateTime at(int days, int hour, int minute) {
        return day().plusDays(days).atTime(hour, minute);
    }

    boolean hasCome(LocalDateTime time) {
        return !time.isAfter(now);
    }

    static String text(LocalDateTime time) {
        return DATE_TIME.format(time.atZone(PARIS));
    }

    /** For readers of French. */
    static String french(LocalDateTime time) {
        return FRENCH.format(time);
    }
}
