package trimaran.station.hl7;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time of a message (HL7 2.5, TS data type): {@code YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]}.
 *
 * @param fhir as FHIR writes it, with the precision it came in; hours without minutes are taken as full hours
 * @param millis its beginning, to order by
 */
record Moment(String fhir, long millis) {

    private static final Pattern SHAPE =
            Pattern.compile("(\\d{4})(\\d{2})?(\\d{2})?(?:(\\d{2}|\\d{4}|\\d{6})(?:\\.\\d{1,4})?)?([+-]\\d{4})?");

    /** Empty for what is no time of the calendar. */
    static Optional<Moment> read(String text, ZoneId zone) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        try {
            String digits = shape.group(1);
            boolean timed = shape.group(4) != null;
            LocalDate date = LocalDate.of(number(digits, 0), number(shape.group(2), 1), number(shape.group(3), 1));
            if (date.getYear() < 1) {
                return Optional.empty();
            }
            String offset = shape.group(5);
            ZoneId where = offset == null ? zone : ZoneOffset.of(offset);
            if (!timed) {
                long start = date.atStartOfDay(where).toInstant().toEpochMilli();
                String whole = date.toString();
                int shown = shape.group(3) != null ? 10 : shape.group(2) != null ? 7 : 4;
                return Optional.of(new Moment(whole.substring(0, shown), start));
            }
            String clock = String.valueOf(shape.group(4)) + "0000";
            LocalDateTime time = date.atTime(
                    number(clock.substring(0, 2), 0),
                    number(clock.substring(2, 4), 0),
                    number(clock.substring(4, 6), 0));
            OffsetDateTime at = time.atZone(where).toOffsetDateTime();
            return Optional.of(new Moment(shown(at), at.toInstant().toEpochMilli()));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static String shown(OffsetDateTime at) {
        return java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX")
                .format(at);
    }

    /** A time this station wrote into a resource. */
    static Moment ofFhir(String text) {
        if (text.length() <= 10) {
            String whole = text + "-01-01".substring(Math.min(6, text.length() - 4));
            return new Moment(
                    text,
                    LocalDate.parse(whole)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli());
        }
        return new Moment(text, OffsetDateTime.parse(text).toInstant().toEpochMilli());
    }

    static Moment ofMillis(long millis, ZoneId zone) {
        return new Moment(shown(Instant.ofEpochMilli(millis).atZone(zone).toOffsetDateTime()), millis);
    }
}
