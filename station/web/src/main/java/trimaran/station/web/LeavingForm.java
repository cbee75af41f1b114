package trimaran.station.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** When somebody who is there is to leave: a day, perhaps an hour, or nothing where nobody knows any more. */
final class LeavingForm {

    /** How far ahead a departure is counted among those to prepare: a day. */
    private static final Duration SOON = Duration.ofDays(1);

    private LeavingForm() {}

    /** Whether somebody is to leave within a day, or should have left already. */
    static boolean isSoon(Instant leaves, Instant now) {
        return leaves.isBefore(now.plus(SOON));
    }

    /** The fields checked; the moment is {@link #of} them once they are good. */
    static Filled checked(Filled form, Instant now, ZoneId zone, Words words) {
        Filled checked = form;
        if (form.text("quand").isEmpty()) {
            return form.text("quelle").isEmpty() ? form : form.wrong("quand", words.say("leave.day"));
        }
        if (BirthDate.read(form.text("quand")).isEmpty()) {
            return form.wrong("quand", words.say("when.day"));
        }
        if (!form.text("quelle").isEmpty() && Entered.time(form.text("quelle")).isEmpty()) {
            checked = checked.wrong("quelle", words.say("when.hour"));
        }
        Instant at = of(form, zone).orElseThrow();
        boolean past = BirthDate.read(form.text("quand"))
                .filter(day -> day.isBefore(now.atZone(zone).toLocalDate()))
                .isPresent();
        if (past || at.isAfter(now.plusMillis(WebLimits.AHEAD_MAX_MILLIS))) {
            checked = checked.wrong("quand", words.say("leave.range"));
        }
        return checked;
    }

    /** Noon where no hour is typed; empty for no day. */
    static Optional<Instant> of(Filled form, ZoneId zone) {
        LocalTime hour = Entered.time(form.text("quelle")).orElse(LocalTime.NOON);
        return BirthDate.read(form.text("quand"))
                .map(day -> day.atTime(hour).atZone(zone).toInstant());
    }
}
