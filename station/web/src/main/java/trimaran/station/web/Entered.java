package trimaran.station.web;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody typed into a form, kept as typed, and what is wrong with it, field by field in the order it was found. */
final class Entered {

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,6})(?:[.,]([0-9]{1,3}))?");
    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3])[:hH]([0-5][0-9])?");
    private static final Pattern DAY = Pattern.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})");

    private final Map<String, String> typed;
    private final Words words;
    private final Map<String, String> wrong = new LinkedHashMap<>();
    private String refused = "";
    private Optional<Meanwhile> meanwhile = Optional.empty();

    private Entered(Map<String, String> typed, Words words) {
        this.typed = Map.copyOf(typed);
        this.words = words;
    }

    static Entered of(Form form, Words words) {
        return new Entered(form.fields(), words);
    }

    /** The same with these values where nothing was typed. */
    Entered or(Map<String, String> usual) {
        Map<String, String> all = new LinkedHashMap<>(usual);
        all.putAll(typed);
        Entered more = new Entered(all, words);
        more.wrong.putAll(wrong);
        more.refused = refused;
        more.meanwhile = meanwhile;
        return more;
    }

    /** As it was typed, without spaces around; empty if it was not. */
    String text(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    boolean has(String field) {
        return !text(field).isEmpty();
    }

    /** What is wrong with a field; empty for nothing. */
    String wrong(String field) {
        return wrong.getOrDefault(field, "");
    }

    boolean isWrong(String field) {
        return wrong.containsKey(field);
    }

    List<Map.Entry<String, String>> faults() {
        return List.copyOf(wrong.entrySet());
    }

    boolean isRight() {
        return wrong.isEmpty();
    }

    /** Why the whole was not taken, though each field is right; empty for nothing. */
    String refused() {
        return refused;
    }

    void refuse(String sentence) {
        refused = sentence;
    }

    /** What somebody else did since the page was made; empty for nothing. */
    Optional<Meanwhile> meanwhile() {
        return meanwhile;
    }

    void against(Meanwhile other) {
        meanwhile = Optional.of(other);
    }

    /** @param key of the sentence */
    void fault(String field, String key, Object... about) {
        wrong.putIfAbsent(field, words.say(key, about));
    }

    String required(String field, int charactersMax) {
        String text = text(field);
        if (text.isEmpty()) {
            fault(field, "form.missing");
        }
        return limited(field, charactersMax);
    }

    String limited(String field, int charactersMax) {
        String text = text(field);
        if (text.length() > charactersMax) {
            fault(field, "form.long", charactersMax, text.length());
        }
        return text;
    }

    /** A number with comma or point; empty, with a fault, for anything else. */
    Optional<BigDecimal> number(String field) {
        Matcher spelt = NUMBER.matcher(text(field));
        if (!spelt.matches()) {
            fault(field, has(field) ? "form.number" : "form.missing");
            return Optional.empty();
        }
        String fraction = spelt.group(2);
        boolean zero = String.valueOf(spelt.group(1)).matches("0+");
        boolean thousand = fraction != null && fraction.length() == 3 && !zero;
        if (thousand) {
            // 1,000 is one to some and a thousand to others: neither is guessed.
            fault(field, "form.thousand");
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text(field).replace(',', '.')));
    }

    /** A whole number in these bounds. */
    Optional<Integer> whole(String field, int from, int to) {
        if (!text(field).matches("[0-9]{1,4}")) {
            fault(field, has(field) ? "form.whole" : "form.missing", from, to);
            return Optional.empty();
        }
        int number = Integer.parseInt(text(field));
        if (number < from || number > to) {
            fault(field, "form.whole", from, to);
            return Optional.empty();
        }
        return Optional.of(number);
    }

    /** {@code 8:05}, {@code 08h05}, {@code 8h}. */
    static Optional<LocalTime> time(String text) {
        Matcher spelt = TIME.matcher(text);
        return spelt.matches()
                ? Optional.of(LocalTime.of(
                        Integer.parseInt(String.valueOf(spelt.group(1))),
                        spelt.group(2) == null ? 0 : Integer.parseInt(String.valueOf(spelt.group(2)))))
                : Optional.empty();
    }

    Optional<LocalTime> hour(String field) {
        Optional<LocalTime> time = time(text(field));
        if (time.isEmpty()) {
            fault(field, has(field) ? "form.hour" : "form.missing");
        }
        return time;
    }

    Optional<LocalDate> day(String field) {
        Matcher spelt = DAY.matcher(text(field));
        if (!spelt.matches()) {
            fault(field, has(field) ? "form.day" : "form.missing");
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(String.valueOf(spelt.group(3))),
                    Integer.parseInt(String.valueOf(spelt.group(2))),
                    Integer.parseInt(String.valueOf(spelt.group(1)))));
        } catch (DateTimeException none) {
            fault(field, "form.noday", text(field));
            return Optional.empty();
        }
    }

    /** The moment a day and an hour name. */
    Optional<Instant> moment(String dayField, String hourField, ZoneId zone) {
        Optional<LocalDate> day = day(dayField);
        Optional<LocalTime> hour = hour(hourField);
        return day.isPresent() && hour.isPresent()
                ? Optional.of(day.get().atTime(hour.get()).atZone(zone).toInstant())
                : Optional.empty();
    }

    /**
     * The last time the clocks showed an hour, for what has just happened: shortly after midnight {@code 23:50} is yesterday's. An
     * hour to come is a fault: what is to come has not happened.
     */
    Optional<Instant> justNow(String field, Instant now, ZoneId zone) {
        Optional<LocalTime> hour = hour(field);
        if (hour.isEmpty()) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant at = last(today, hour.get(), now, zone);
        if (at.isAfter(now)) {
            at = last(today.minusDays(1), hour.get(), now, zone);
        }
        if (now.minusMillis(WebLimits.BACKDATED_MAX_MILLIS).isAfter(at)) {
            fault(field, "form.future");
            return Optional.empty();
        }
        return Optional.of(at);
    }

    /** In the hour the clocks show twice, the second time if it has been. */
    private static Instant last(LocalDate day, LocalTime hour, Instant now, ZoneId zone) {
        ZonedDateTime first = day.atTime(hour).atZone(zone);
        Instant later = first.withLaterOffsetAtOverlap().toInstant();
        return later.isAfter(now) ? first.toInstant() : later;
    }
}
