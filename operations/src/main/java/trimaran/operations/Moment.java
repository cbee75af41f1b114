package trimaran.operations;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.RecordTime;

/** A point in time as somebody types it: with an offset, or by this machine's clock; a day alone is its beginning. */
final class Moment {

    static final String USAGE = "2026-11-28T09:00, 2026-11-28T09:00:00+01:00 or 2026-11-28";

    private Moment() {}

    /** @param option which option it was typed for */
    static RecordTime read(String option, String text, ZoneId zone) throws RefusedException {
        List<Function<String, Instant>> forms = List.of(
                typed -> OffsetDateTime.parse(typed).toInstant(),
                typed -> LocalDateTime.parse(typed).atZone(zone).toInstant(),
                typed -> LocalDate.parse(typed).atStartOfDay(zone).toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                Instant found = form.apply(text);
                if (found.toEpochMilli() >= 0) {
                    return new RecordTime(found.toEpochMilli());
                }
            } catch (DateTimeException | ArithmeticException another) {
                // Another form may fit.
            }
        }
        throw new RefusedException(Code.USAGE, option + " " + text + " is no time; write " + USAGE);
    }
}
