package trimaran.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;

/** The time an archive is about, both ends in it. */
public record Window(RecordTime from, RecordTime to) {

    /** How a moment is written; without an offset it is the hospital's time. */
    public static final String USAGE = "a day as 2026-03-01, or a time as 2026-03-01T22:30 or 2026-03-01T21:30:00Z";

    public Window {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    /**
     * Reads what a person wrote. A day counts from its first moment as the beginning and to its last as the end.
     *
     * @param zone the hospital's, for whatever is written without an offset
     */
    public static Outcome<Window> of(String from, String to, ZoneId zone, RecordTime now) {
        return moment(from, zone, false)
                .then(begin -> moment(to, zone, true).then(end -> {
                    if (begin.isAfter(end)) {
                        return Outcome.refused(
                                Code.USAGE,
                                "the window ends (" + to + ") before it begins (" + from
                                        + "); name an earlier --from or a later --to");
                    }
                    if (end.isAfter(now)) {
                        return Outcome.refused(
                                Code.USAGE,
                                "the window ends in the future (" + to
                                        + "); what is still to come cannot be proven: end it now or" + " earlier");
                    }
                    return Outcome.done(new Window(begin, end));
                }));
    }

    private static Outcome<RecordTime> moment(String text, ZoneId zone, boolean end) {
        try {
            return Outcome.done(time(text.strip(), zone, end));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException unreadable) {
            return Outcome.refused(Code.USAGE, "\"" + text + "\" is no time; write " + USAGE);
        }
    }

    private static RecordTime time(String text, ZoneId zone, boolean end) {
        if (!text.contains("T")) {
            LocalDate day = LocalDate.parse(text);
            return of(
                    end
                            ? day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)
                            : day.atStartOfDay(zone).toInstant());
        }
        int at = text.indexOf('T');
        boolean offset = text.endsWith("Z") || text.indexOf('+', at) > 0 || text.indexOf('-', at) > 0;
        if (offset) {
            return of(OffsetDateTime.parse(text).toInstant());
        }
        LocalDateTime local = LocalDateTime.parse(text);
        // In the hour that comes twice in autumn the window is the longer one.
        ZonedDateTime zoned = local.atZone(zone);
        return of((end ? zoned.withLaterOffsetAtOverlap() : zoned.withEarlierOffsetAtOverlap()).toInstant());
    }

    private static RecordTime of(Instant instant) {
        if (instant.toEpochMilli() < 0) {
            throw new DateTimeException("before the record's time");
        }
        return new RecordTime(instant.toEpochMilli());
    }

    boolean has(RecordTime time) {
        return !time.isAfter(to) && !from.isAfter(time);
    }

    /** A moment as people of this zone read it, with the offset. */
    static String text(RecordTime time, ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS ZZZZZ", Locale.ROOT)
                .format(time.instant().atZone(zone));
    }
}
