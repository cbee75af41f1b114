package trimaran.station.chart;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * When something is to be done (R4 data type Timing); what nobody said is empty. {@link #words} says all of it.
 *
 * @param times of day, ascending
 * @param events the very times
 * @param frequency how often in a period, as it is spelt
 * @param periodUnit {@code h}, {@code d}, {@code wk}…
 * @param when R4 event-timing: {@code MORN}, {@code AC}…
 * @param days {@code mon}…{@code sun}
 * @param code a rhythm by its name, {@code BID}
 * @param lasting how long it goes on, as an amount
 */
public record Rhythm(
        List<LocalTime> times,
        List<FhirTime> events,
        String frequency,
        String frequencyMost,
        String period,
        String periodMost,
        String periodUnit,
        List<String> when,
        List<String> days,
        Coded code,
        String count,
        Optional<Quantity> lasting,
        Optional<FhirTime> from,
        Optional<FhirTime> until) {

    public Rhythm {
        times = List.copyOf(times);
        events = List.copyOf(events);
        when = List.copyOf(when);
        days = List.copyOf(days);
    }

    static Rhythm of(Node timing) {
        Node repeat = timing.item("repeat");
        Node bounds = repeat.item("boundsPeriod");
        return new Rhythm(
                repeat.texts("timeOfDay").stream()
                        .map(Rhythm::time)
                        .flatMap(Optional::stream)
                        .sorted()
                        .distinct()
                        .toList(),
                timing.texts("event").stream()
                        .map(FhirTime::of)
                        .flatMap(Optional::stream)
                        .toList(),
                repeat.text("frequency"),
                repeat.text("frequencyMax"),
                repeat.text("period"),
                repeat.text("periodMax"),
                repeat.text("periodUnit"),
                repeat.texts("when"),
                repeat.texts("dayOfWeek"),
                timing.concept("code"),
                repeat.text("count"),
                Quantity.of(repeat.item("boundsDuration")),
                bounds.time("start"),
                bounds.time("end"));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException leapSecond) {
            return Optional.empty();
        }
    }

    /** Every day, or every named day of the week: then times of day alone say when. */
    boolean isDaily() {
        boolean byDay = periodUnit.isEmpty() || (periodUnit.equals("d") && (period.isEmpty() || period.equals("1")));
        boolean byWeek = periodUnit.equals("wk") && period.equals("1") && !days.isEmpty();
        return byDay || byWeek;
    }

    /** Whole hours from one to the next, where it says nothing but that. */
    Optional<Long> hoursApart() {
        boolean once = frequency.isEmpty() || frequency.equals("1");
        return once && period.matches("[0-9]{1,4}")
                ? switch (periodUnit) {
                    case "h" -> Optional.of(Long.parseLong(period));
                    case "d" -> Optional.of(Long.parseLong(period) * 24);
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    public boolean isEmpty() {
        return times.isEmpty()
                && events.isEmpty()
                && frequency.isEmpty()
                && period.isEmpty()
                && when.isEmpty()
                && days.isEmpty()
                && code.isEmpty();
    }

    /** In words; empty if nobody said when. */
    public String words(java.time.ZoneId zone, Language language) {
        return new RhythmWords(this, zone, language).all();
    }
}
