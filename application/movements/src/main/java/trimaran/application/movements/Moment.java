package trimaran.application.movements;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A FHIR dateTime (R4, data types) as the span it may mean, in milliseconds since 1970: {@code 2026-11} is any moment of
 * that month. What only may be out of order is not refused.
 *
 * @param latest the last millisecond of the span
 */
record Moment(long earliest, long latest) {

    /** A date without a zone may be meant up to so far from UTC. */
    private static final long ZONES_MILLIS = 14 * 3_600_000L;

    private static final long DAY_MILLIS = 24 * 3_600_000L;

    /** The moment a text names; empty if it is no dateTime. */
    static Optional<Moment> parse(String text) {
        try {
            return switch (text.length()) {
                case 4 -> Optional.of(days(LocalDate.parse(text + "-01-01"), LocalDate.parse(text + "-12-31")));
                case 7 -> {
                    YearMonth month = YearMonth.parse(text);
                    yield Optional.of(days(month.atDay(1), month.atEndOfMonth()));
                }
                case 10 -> Optional.of(days(LocalDate.parse(text), LocalDate.parse(text)));
                default -> {
                    long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
                    yield Optional.of(new Moment(millis, millis));
                }
            };
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Moment days(LocalDate first, LocalDate last) {
        long from = first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long to = last.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return new Moment(from - ZONES_MILLIS, to + DAY_MILLIS - 1 + ZONES_MILLIS);
    }

    /** Whether this lies after the other, however both are meant. */
    boolean surelyAfter(Moment other) {
        return earliest > other.latest;
    }
}
