package trimaran.station.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them, in the hospital's zone. */
record Clock(ZoneId zone, Words words) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("dd/MM", Locale.ROOT);

    /** {@code 08:12} of today, {@code 23/11 08:12} of another day. */
    String since(Instant moment, Instant now) {
        ZonedDateTime local = moment.atZone(zone);
        boolean today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return today ? HOUR.format(local) : SHORT_DAY.format(local) + "\u00a0" + HOUR.format(local);
    }

    String hour(Instant moment) {
        return HOUR.format(moment.atZone(zone));
    }

    String second(Instant moment) {
        return SECOND.format(moment.atZone(zone));
    }

    String day(Instant moment) {
        return DAY.format(moment.atZone(zone));
    }

    String shortDay(Instant moment) {
        return SHORT_DAY.format(moment.atZone(zone));
    }

    /** {@code mardi 24 novembre 2026}. */
    String longDay(Instant moment) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", words.locale()).format(moment.atZone(zone));
    }

    /** {@code 2 h 12}, {@code 12 min}. */
    String length(Duration length) {
        long minutes = Math.max(0, length.toMinutes());
        return minutes < 60
                ? minutes + "\u00a0min"
                : minutes / 60 + "\u00a0h\u00a0" + String.format(Locale.ROOT, "%02d", minutes % 60);
    }

    /** {@code 0,4 s}, {@code 12 s}, {@code 3 min}. */
    String age(long millis) {
        if (millis < 10_000) {
            return String.format(words.locale(), "%.1f", millis / 1000.0) + "\u00a0s";
        }
        return millis < 120_000 ? millis / 1000 + "\u00a0s" : length(Duration.ofMillis(millis));
    }
}
