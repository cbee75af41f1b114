package trimaran.station.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a drug is to be given, as a form says it and as a resource writes it (R4 data type Timing). Whatever is planned names its
 * times of day, so that a plan shows each dose and guesses none.
 *
 * @param timing to be written
 * @param need what for, if on demand; empty for what is planned
 * @param most administrations in 24 hours, if on demand and said
 */
record PrescribedRhythm(Map<String, Object> timing, String need, Optional<BigDecimal> most) {

    /** The rhythms to choose from. */
    enum Kind {
        ONCE_A_DAY("08:00"),
        TWICE("08:00 20:00"),
        THREE_TIMES("08:00 14:00 20:00"),
        FOUR_TIMES("08:00 12:00 16:00 20:00"),
        EVERY_4_HOURS(4),
        EVERY_6_HOURS(6),
        EVERY_8_HOURS(8),
        EVERY_12_HOURS(12),
        FIXED(0),
        ONCE(0),
        DEMAND(0);

        private final String times;
        private final int hours;

        Kind(String times) {
            this.times = times;
            this.hours = 0;
        }

        Kind(int hours) {
            this.times = "";
            this.hours = hours;
        }

        List<LocalTime> times() {
            return List.of(times.split(" ", -1)).stream().map(LocalTime::parse).toList();
        }

        String key() {
            return "rhythm." + name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String name) {
            return List.of(values()).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst();
        }
    }

    private static final int DAY_HOURS = 24;

    /** @return empty, with its faults in the form, if it says no rhythm */
    static Optional<PrescribedRhythm> read(Entered entered, Instant start, Instant now, ZoneId zone) {
        Optional<Kind> kind = Kind.of(entered.text("rythme"));
        if (kind.isEmpty()) {
            entered.fault("rythme", "form.choose");
            return Optional.empty();
        }
        Optional<Instant> until = until(entered, start, zone);
        return switch (kind.get()) {
            case DEMAND -> demand(entered, bounds(start, until, zone));
            case ONCE -> once(start, now, zone);
            case FIXED -> fixed(entered).map(times -> daily(times, bounds(start, until, zone)));
            case ONCE_A_DAY, TWICE, THREE_TIMES, FOUR_TIMES ->
                Optional.of(daily(kind.get().times(), bounds(start, until, zone)));
            case EVERY_4_HOURS, EVERY_6_HOURS, EVERY_8_HOURS, EVERY_12_HOURS ->
                Optional.of(clock(kind.get().hours, notBefore(start, now), until, zone));
        };
    }

    /** The first dose is at the start: it is the first full minute from now on, or the plan would leave it out as one of before. */
    private static Instant notBefore(Instant start, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Instant next = minute.equals(now) ? now : minute.plus(1, ChronoUnit.MINUTES);
        return start.isBefore(next) ? next : start;
    }

    private static PrescribedRhythm clock(int hours, Instant first, Optional<Instant> until, ZoneId zone) {
        return daily(around(LocalTime.ofInstant(first, zone), hours), bounds(first, until, zone));
    }

    private static Optional<Instant> until(Entered entered, Instant start, ZoneId zone) {
        return entered.has("duree")
                ? entered.whole("duree", 1, WebLimits.COURSE_DAYS_MAX)
                        .map(days -> start.atZone(zone)
                                .plusDays(days)
                                .minusSeconds(1)
                                .toInstant())
                : Optional.empty();
    }

    private static Map<String, Object> bounds(Instant start, Optional<Instant> until, ZoneId zone) {
        return Json.of(
                "start",
                Json.time(start, zone),
                "end",
                until.map(end -> Json.time(end, zone)).orElse(""));
    }

    private static Optional<PrescribedRhythm> demand(Entered entered, Map<String, Object> bounds) {
        String need = entered.required("besoin", WebLimits.WORD_MAX);
        Optional<Integer> apart = entered.whole("ecart", 1, DAY_HOURS);
        Optional<Integer> most =
                entered.has("maximum") ? entered.whole("maximum", 1, WebLimits.TIMES_MAX) : Optional.empty();
        return apart.map(hours -> new PrescribedRhythm(
                Json.of(
                        "repeat",
                        Json.of(
                                "boundsPeriod",
                                bounds,
                                "frequency",
                                Json.number("1"),
                                "period",
                                Json.number(String.valueOf(hours)),
                                "periodUnit",
                                "h")),
                need,
                most.map(BigDecimal::valueOf)));
    }

    /** Not before it is written: a dose before its prescription is none. */
    private static Optional<PrescribedRhythm> once(Instant start, Instant now, ZoneId zone) {
        Instant at = start.isBefore(now) ? now : start;
        return Optional.of(
                new PrescribedRhythm(Json.of("event", Json.list(Json.time(at, zone))), "", Optional.empty()));
    }

    private static Optional<List<LocalTime>> fixed(Entered entered) {
        TreeSet<LocalTime> times = new TreeSet<>();
        String text = entered.required("heures", WebLimits.COMMENT_MAX);
        for (String one : text.split("[ ,;]+", -1)) {
            Optional<LocalTime> time = Entered.time(one);
            if (!one.isEmpty() && time.isEmpty()) {
                entered.fault("heures", "presc.hours");
                return Optional.empty();
            }
            time.ifPresent(times::add);
        }
        if (times.isEmpty() || times.size() > WebLimits.TIMES_MAX) {
            entered.fault("heures", times.isEmpty() ? "form.missing" : "presc.hours.many", WebLimits.TIMES_MAX);
            return Optional.empty();
        }
        return Optional.of(List.copyOf(times));
    }

    /** From the first dose around the clock. */
    private static List<LocalTime> around(LocalTime first, int hours) {
        TreeSet<LocalTime> times = new TreeSet<>();
        for (int hour = 0; hour < DAY_HOURS; hour += hours) {
            times.add(first.plusHours(hour).withSecond(0).withNano(0));
        }
        return List.copyOf(times);
    }

    private static PrescribedRhythm daily(List<LocalTime> times, Map<String, Object> bounds) {
        List<Object> spelt = new ArrayList<>();
        times.forEach(one -> spelt.add(String.format(Locale.ROOT, "%02d:%02d:00", one.getHour(), one.getMinute())));
        return new PrescribedRhythm(
                Json.of(
                        "repeat",
                        Json.of(
                                "boundsPeriod",
                                bounds,
                                "frequency",
                                Json.number(String.valueOf(times.size())),
                                "period",
                                Json.number("1"),
                                "periodUnit",
                                "d",
                                "timeOfDay",
                                spelt)),
                "",
                Optional.empty());
    }
}
