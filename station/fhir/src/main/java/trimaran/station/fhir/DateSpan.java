package trimaran.station.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a date, a time or a period covers: from its first instant to the one after its last (R4 search, date: a value is as wide
 * as it is precise).
 */
record DateSpan(Instant low, Instant high) {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T(\\d{2}:\\d{2})(:\\d{2})?(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})?)?)?)?");

    /** A date, dateTime or instant; empty if the text is none. Without a zone it is a time of the hospital. */
    static Optional<DateSpan> of(String text, ZoneId zone) {
        Matcher parts = FORM.matcher(text);
        try {
            return parts.matches() ? Optional.of(parsed(parts, zone)) : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static DateSpan parsed(Matcher parts, ZoneId zone) {
        String month = part(parts, 2);
        String day = part(parts, 3);
        String minute = part(parts, 4);
        LocalDate date = LocalDate.of(
                Integer.parseInt(part(parts, 1)),
                month.isEmpty() ? 1 : Integer.parseInt(month),
                day.isEmpty() ? 1 : Integer.parseInt(day));
        if (minute.isEmpty()) {
            TemporalUnit unit =
                    month.isEmpty() ? ChronoUnit.YEARS : day.isEmpty() ? ChronoUnit.MONTHS : ChronoUnit.DAYS;
            return new DateSpan(
                    date.atStartOfDay(zone).toInstant(),
                    date.plus(1, unit).atStartOfDay(zone).toInstant());
        }
        String second = part(parts, 5);
        String fraction = part(parts, 6);
        String offset = part(parts, 7);
        if (second.isEmpty() && !fraction.isEmpty()) {
            throw new DateTimeException("a fraction of a minute");
        }
        String time = date + "T" + minute + second + fraction;
        Instant low = offset.isEmpty()
                ? LocalDateTime.parse(time).atZone(zone).toInstant()
                : OffsetDateTime.parse(time + offset).toInstant();
        TemporalUnit unit =
                second.isEmpty() ? ChronoUnit.MINUTES : fraction.isEmpty() ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
        return new DateSpan(low, low.plus(1, unit));
    }

    private static String part(Matcher parts, int group) {
        String text = parts.group(group);
        return text == null ? "" : text;
    }

    /** A Period; an end that is not there is far away. Empty if it has neither, or what it has is no date. */
    static Optional<DateSpan> ofPeriod(Map<String, String> period, ZoneId zone) {
        Optional<DateSpan> start = of(period.getOrDefault("start", ""), zone);
        Optional<DateSpan> end = of(period.getOrDefault("end", ""), zone);
        return start.isEmpty() && end.isEmpty()
                ? Optional.empty()
                : Optional.of(new DateSpan(
                        start.map(DateSpan::low).orElse(Instant.MIN),
                        end.map(DateSpan::high).orElse(Instant.MAX)));
    }

    boolean contains(DateSpan other) {
        return !other.low.isBefore(low) && !other.high.isAfter(high);
    }

    boolean overlaps(DateSpan other) {
        return low.isBefore(other.high) && other.low.isBefore(high);
    }
}
