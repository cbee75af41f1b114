package trimaran.station.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A day as people type it, {@code dd/mm/yyyy}; points, hyphens and single figures are read, too. */
final class BirthDate {

    private static final Pattern DAY = Pattern.compile("([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})");

    private BirthDate() {}

    static boolean looksLikeOne(String text) {
        return DAY.matcher(text).matches();
    }

    /** Empty for what is no day of the calendar. */
    static Optional<LocalDate> read(String text) {
        Matcher day = DAY.matcher(text.strip());
        if (!day.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(number(day, 3), number(day, 2), number(day, 1)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static int number(Matcher day, int group) {
        return Integer.parseInt(Objects.requireNonNull(day.group(group)));
    }

    /** The same with day and month changed over, the slip registrars make most; empty if that is no other day. */
    static Optional<LocalDate> swapped(LocalDate day) {
        return day.getDayOfMonth() > 12 || day.getDayOfMonth() == day.getMonthValue()
                ? Optional.empty()
                : Optional.of(LocalDate.of(day.getYear(), day.getDayOfMonth(), day.getMonthValue()));
    }
}
