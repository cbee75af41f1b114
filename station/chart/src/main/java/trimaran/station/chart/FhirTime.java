package trimaran.station.chart;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * A date or time as FHIR writes it (R4 data types: date, dateTime, instant), as exact as it was said: a year stays a year.
 *
 * @param text as it stands in the resource
 */
public record FhirTime(String text) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("dd/MM", Locale.ROOT);

    static Optional<FhirTime> of(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new FhirTime(text));
    }

    /** As a resource would write this moment. */
    public static FhirTime at(Instant instant) {
        return new FhirTime(instant.toString());
    }

    /** The moment, if it was said to the second. */
    public Optional<Instant> instant() {
        if (text.length() <= 10) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException leapSecond) {
            return Optional.empty();
        }
    }

    /** The day, if it was said to the day. */
    public Optional<LocalDate> day(ZoneId zone) {
        try {
            return text.length() == 10
                    ? Optional.of(LocalDate.parse(text))
                    : instant().map(instant -> LocalDate.ofInstant(instant, zone));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The first day it may mean. */
    Optional<LocalDate> firstDay(ZoneId zone) {
        try {
            return switch (text.length()) {
                case 4 -> Optional.of(Year.parse(text).atDay(1));
                case 7 -> Optional.of(YearMonth.parse(text).atDay(1));
                default -> day(zone);
            };
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The last day it may mean. */
    Optional<LocalDate> lastDay(ZoneId zone) {
        return firstDay(zone).map(day -> switch (text.length()) {
            case 4 -> day.plusYears(1).minusDays(1);
            case 7 -> day.plusMonths(1).minusDays(1);
            default -> day;
        });
    }

    /** The first moment it may mean; what cannot be read comes before all. */
    Instant earliest(ZoneId zone) {
        return instant()
                .orElseGet(() -> firstDay(zone)
                        .map(day -> day.atStartOfDay(zone).toInstant())
                        .orElse(Instant.MIN));
    }

    /** {@code 24/11/2026 08:12}, {@code 24/11/2026}, {@code 11/2026}, {@code 2026}. */
    public String words(ZoneId zone) {
        Optional<Instant> instant = instant();
        if (instant.isPresent()) {
            ZonedDateTime local = instant.get().atZone(zone);
            return DAY.format(local) + "\u00a0" + HOUR.format(local);
        }
        return switch (text.length()) {
            case 7 -> firstDay(zone).map(MONTH::format).orElse(text);
            case 10 -> firstDay(zone).map(DAY::format).orElse(text);
            default -> text;
        };
    }

    /** Without the year, for what lies within some days: {@code 24/11 08:12}. */
    public String shortWords(ZoneId zone) {
        Optional<Instant> instant = instant();
        if (instant.isPresent()) {
            ZonedDateTime local = instant.get().atZone(zone);
            return SHORT_DAY.format(local) + "\u00a0" + HOUR.format(local);
        }
        return words(zone);
    }

    /** {@code 08:12} of a moment. */
    public static String hour(Instant instant, ZoneId zone) {
        return HOUR.format(instant.atZone(zone));
    }

    /** {@code 24/11} of a moment. */
    public static String shortDay(Instant instant, ZoneId zone) {
        return SHORT_DAY.format(instant.atZone(zone));
    }

    static Comparator<Optional<FhirTime>> order(ZoneId zone) {
        return Comparator.comparing((Optional<FhirTime> time) ->
                        time.map(one -> one.earliest(zone)).orElse(Instant.MIN))
                .thenComparing(time -> time.map(FhirTime::text).orElse(""));
    }
}
