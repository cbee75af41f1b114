package trimaran.station.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** When a movement happened, typed as a day and an hour in the hospital's zone; now, if nothing is typed. */
final class MovementTime {

    /** Nobody in a hospital came before it. */
    private static final int FIRST_YEAR = 1900;

    private MovementTime() {}

    /** The fields checked; the moment is {@link #of} them once they are good. */
    static Filled checked(Filled form, Instant now, ZoneId zone, Words words) {
        Filled checked = form;
        if (!form.text("jour").isEmpty() && BirthDate.read(form.text("jour")).isEmpty()) {
            checked = checked.wrong("jour", words.say("when.day"));
        }
        if (!form.text("heure").isEmpty() && hour(form.text("heure")).isEmpty()) {
            checked = checked.wrong("heure", words.say("when.hour"));
        }
        if (!form.text("jour").isEmpty() && form.text("heure").isEmpty()) {
            checked = checked.wrong("heure", words.say("when.hour"));
        }
        boolean ancient = BirthDate.read(form.text("jour"))
                .filter(day -> day.getYear() < FIRST_YEAR)
                .isPresent();
        if (ancient) {
            checked = checked.wrong("jour", words.say("when.day"));
        }
        if (checked.isGood() && of(form, now, zone).isAfter(now.plus(1, ChronoUnit.MINUTES))) {
            checked = checked.wrong("heure", words.say("when.future"));
        }
        return checked;
    }

    static Instant of(Filled form, Instant now, ZoneId zone) {
        LocalDate day =
                BirthDate.read(form.text("jour")).orElse(now.atZone(zone).toLocalDate());
        return hour(form.text("heure"))
                .map(hour -> day.atTime(hour).atZone(zone).toInstant())
                .filter(at -> !at.truncatedTo(ChronoUnit.MINUTES).equals(now.truncatedTo(ChronoUnit.MINUTES)))
                .orElse(now);
    }

    /** Nothing happens in a stay before what happened in it last. */
    static Filled notBefore(Filled form, CurrentStay stay, Instant now, ZoneId zone, Words words) {
        if (!form.isGood()) {
            return form;
        }
        return stay.began()
                .filter(of(form, now, zone)::isBefore)
                .map(start -> form.wrong("heure", words.say("move.before", new Clock(zone, words).since(start, now))))
                .orElse(form);
    }

    /** An hour as people type it, {@code 8:12} or {@code 8h12}. */
    static Optional<LocalTime> hour(String text) {
        String[] parts = text.replace('h', ':').split(":", 3);
        try {
            return parts.length == 2
                    ? Optional.of(LocalTime.of(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip())))
                    : Optional.empty();
        } catch (NumberFormatException | DateTimeException none) {
            return Optional.empty();
        }
    }

    /** As a resource writes it, to the second. */
    static String fhir(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT)
                .format(at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
