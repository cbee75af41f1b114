package trimaran.station.chart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * One shift of a ward.
 *
 * @param day on which it begins
 * @param from its first moment
 * @param to the first moment of the next
 */
public record Shift(Kind kind, LocalDate day, Instant from, Instant to) {

    /** The three shifts of a day; a night belongs to the day it begins on. */
    public enum Kind {
        MORNING(LocalTime.of(7, 0)),
        AFTERNOON(LocalTime.of(14, 0)),
        NIGHT(LocalTime.of(21, 0));

        private final LocalTime start;

        Kind(LocalTime start) {
            this.start = start;
        }

        public LocalTime start() {
            return start;
        }

        public String words(Language language) {
            return switch (this) {
                case MORNING -> language.of("matin", "morning");
                case AFTERNOON -> language.of("après-midi", "afternoon");
                case NIGHT -> language.of("nuit", "night");
            };
        }
    }

    /** The shift this moment lies in. */
    public static Shift at(Instant moment, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        Shift found = of(Kind.NIGHT, day.minusDays(1), zone);
        for (Kind kind : Kind.values()) {
            Shift shift = of(kind, day, zone);
            if (!shift.from().isAfter(moment)) {
                found = shift;
            }
        }
        return found;
    }

    public static Shift of(Kind kind, LocalDate day, ZoneId zone) {
        Kind next = Kind.values()[(kind.ordinal() + 1) % Kind.values().length];
        LocalDate nextDay = kind == Kind.NIGHT ? day.plusDays(1) : day;
        return new Shift(
                kind,
                day,
                day.atTime(kind.start).atZone(zone).toInstant(),
                nextDay.atTime(next.start).atZone(zone).toInstant());
    }

    public Shift next(ZoneId zone) {
        return at(to, zone);
    }

    /** So many shifts, beginning with the one this moment lies in. */
    public static List<Shift> following(Instant moment, int count, ZoneId zone) {
        List<Shift> all = new ArrayList<>();
        Shift here = at(moment, zone);
        for (int i = 0; i < count; i++) {
            all.add(here);
            here = here.next(zone);
        }
        return all;
    }

    public boolean holds(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }
}
