package trimaran.station.chart;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says a rhythm as a nurse would read it: {@code 2 fois par jour, à 08 h et 16 h}. */
final class RhythmWords {

    private static final char SPACE = '\u00a0';

    private record Said(String french, String english) {}

    /** R4 event-timing. */
    private static final Map<String, Said> WHEN = Map.ofEntries(
            Map.entry("MORN", new Said("le matin", "in the morning")),
            Map.entry("MORN.early", new Said("tôt le matin", "early in the morning")),
            Map.entry("MORN.late", new Said("en fin de matinée", "late in the morning")),
            Map.entry("NOON", new Said("à midi", "at noon")),
            Map.entry("AFT", new Said("l’après-midi", "in the afternoon")),
            Map.entry("AFT.early", new Said("en début d’après-midi", "early in the afternoon")),
            Map.entry("AFT.late", new Said("en fin d’après-midi", "late in the afternoon")),
            Map.entry("EVE", new Said("le soir", "in the evening")),
            Map.entry("EVE.early", new Said("en début de soirée", "early in the evening")),
            Map.entry("EVE.late", new Said("en fin de soirée", "late in the evening")),
            Map.entry("NIGHT", new Said("la nuit", "at night")),
            Map.entry("PHS", new Said("après l’endormissement", "once asleep")),
            Map.entry("HS", new Said("au coucher", "at bedtime")),
            Map.entry("WAKE", new Said("au réveil", "on waking")),
            Map.entry("C", new Said("aux repas", "at meals")),
            Map.entry("CM", new Said("au petit déjeuner", "at breakfast")),
            Map.entry("CD", new Said("au déjeuner", "at lunch")),
            Map.entry("CV", new Said("au dîner", "at dinner")),
            Map.entry("AC", new Said("avant les repas", "before meals")),
            Map.entry("ACM", new Said("avant le petit déjeuner", "before breakfast")),
            Map.entry("ACD", new Said("avant le déjeuner", "before lunch")),
            Map.entry("ACV", new Said("avant le dîner", "before dinner")),
            Map.entry("PC", new Said("après les repas", "after meals")),
            Map.entry("PCM", new Said("après le petit déjeuner", "after breakfast")),
            Map.entry("PCD", new Said("après le déjeuner", "after lunch")),
            Map.entry("PCV", new Said("après le dîner", "after dinner")));

    /** R4 timing-abbreviation, those that say something a person would not read off the code. */
    private static final Map<String, Said> CODES = Map.ofEntries(
            Map.entry("QD", new Said("1 fois par jour", "once a day")),
            Map.entry("BID", new Said("2 fois par jour", "2 times a day")),
            Map.entry("TID", new Said("3 fois par jour", "3 times a day")),
            Map.entry("QID", new Said("4 fois par jour", "4 times a day")),
            Map.entry("QOD", new Said("1 jour sur 2", "every other day")),
            Map.entry("AM", new Said("le matin", "every morning")),
            Map.entry("PM", new Said("l’après-midi", "every afternoon")),
            Map.entry("BED", new Said("au coucher", "at bedtime")),
            Map.entry("WK", new Said("1 fois par semaine", "once a week")),
            Map.entry("MO", new Said("1 fois par mois", "once a month")),
            Map.entry("Q1H", new Said("toutes les heures", "every hour")),
            Map.entry("Q2H", new Said("toutes les 2 heures", "every 2 hours")),
            Map.entry("Q3H", new Said("toutes les 3 heures", "every 3 hours")),
            Map.entry("Q4H", new Said("toutes les 4 heures", "every 4 hours")),
            Map.entry("Q6H", new Said("toutes les 6 heures", "every 6 hours")),
            Map.entry("Q8H", new Said("toutes les 8 heures", "every 8 hours")));

    private static final Map<String, Said> DAYS = Map.of(
            "mon", new Said("lundi", "Monday"),
            "tue", new Said("mardi", "Tuesday"),
            "wed", new Said("mercredi", "Wednesday"),
            "thu", new Said("jeudi", "Thursday"),
            "fri", new Said("vendredi", "Friday"),
            "sat", new Said("samedi", "Saturday"),
            "sun", new Said("dimanche", "Sunday"));

    /** Plural and singular. */
    private static final Map<String, Said> UNITS = Map.of(
            "s", new Said("secondes|seconde|f", "seconds|second"),
            "min", new Said("minutes|minute|f", "minutes|minute"),
            "h", new Said("heures|heure|f", "hours|hour"),
            "d", new Said("jours|jour|m", "days|day"),
            "wk", new Said("semaines|semaine|f", "weeks|week"),
            "mo", new Said("mois|mois|m", "months|month"),
            "a", new Said("ans|an|m", "years|year"));

    private final Rhythm rhythm;
    private final ZoneId zone;
    private final Language language;

    RhythmWords(Rhythm rhythm, ZoneId zone, Language language) {
        this.rhythm = rhythm;
        this.zone = zone;
        this.language = language;
    }

    String all() {
        List<String> parts = new ArrayList<>();
        String often = often();
        parts.add(often.isEmpty() ? code() : often);
        parts.add(joined(rhythm.when().stream().map(code -> said(WHEN, code)).toList()));
        String times = joined(rhythm.times().stream().map(this::time).toList());
        parts.add(times.isEmpty() ? "" : language.of("à ", "at ") + times);
        String days = joined(rhythm.days().stream().map(day -> said(DAYS, day)).toList());
        parts.add(days.isEmpty() ? "" : language.of("le ", "on ") + days);
        String events =
                joined(rhythm.events().stream().map(one -> one.words(zone)).toList());
        parts.add(events.isEmpty() ? "" : language.of("le ", "on ") + events);
        parts.add(rhythm.count().isEmpty() ? "" : rhythm.count() + language.of(" fois en tout", " times in all"));
        parts.add(rhythm.lasting()
                .map(one -> language.of("pendant ", "for ") + one.dose(language))
                .orElse(""));
        parts.add(rhythm.from()
                .filter(from -> from.earliest(zone).isAfter(java.time.Instant.EPOCH))
                .filter(from -> !isEmpty())
                .map(from -> language.of("à partir du ", "from ") + from.words(zone))
                .orElse(""));
        parts.add(rhythm.until()
                .map(until -> language.of("jusqu’au ", "until ") + until.words(zone))
                .orElse(""));
        return Node.joined(", ", parts, part -> part);
    }

    private boolean isEmpty() {
        return rhythm.isEmpty();
    }

    private String code() {
        return rhythm.code().codes().stream()
                .filter(code -> CODES.containsKey(code.code()))
                .findFirst()
                .map(code -> said(CODES, code.code()))
                .orElse(rhythm.code().text());
    }

    /** {@code 2 fois par jour}, {@code toutes les 6 heures}, {@code 1 à 2 fois tous les 3 jours}. */
    private String often() {
        if (rhythm.periodUnit().isEmpty() || rhythm.period().isEmpty()) {
            return rhythm.frequency().isEmpty() ? "" : times(rhythm.frequency());
        }
        String frequency = rhythm.frequency().isEmpty() ? "1" : rhythm.frequency();
        if (!rhythm.frequencyMost().isEmpty()) {
            frequency += language.of(" à ", " to ") + rhythm.frequencyMost();
        }
        boolean one = rhythm.period().equals("1") && rhythm.periodMost().isEmpty();
        String[] unit = unit();
        if (language == Language.ENGLISH) {
            return one
                    ? times(frequency) + " a" + (rhythm.periodUnit().equals("h") ? "n " : " ") + unit[1]
                    : (frequency.equals("1") ? "" : times(frequency) + " ") + "every " + period() + " " + unit[0];
        }
        String every = unit[2].equals("f") ? "toutes les " : "tous les ";
        if (one) {
            return frequency.equals("1") && rhythm.periodUnit().equals("h")
                    ? "toutes les heures"
                    : times(frequency) + " par " + unit[1];
        }
        return (frequency.equals("1") ? "" : times(frequency) + " ") + every + period() + " " + unit[0];
    }

    private String period() {
        String period = rhythm.period().replace('.', language == Language.FRENCH ? ',' : '.');
        return rhythm.periodMost().isEmpty() ? period : period + language.of(" à ", " to ") + rhythm.periodMost();
    }

    private String times(String frequency) {
        return frequency.equals("1") ? language.of("1 fois", "once") : frequency + language.of(" fois", " times");
    }

    private String[] unit() {
        Said said = UNITS.get(rhythm.periodUnit());
        return said == null
                ? new String[] {rhythm.periodUnit(), rhythm.periodUnit(), "m"}
                : language.of(said.french(), said.english() + "|m").split("\\|", -1);
    }

    private String time(LocalTime time) {
        String hour = time.getHour() < 10 ? "0" + time.getHour() : String.valueOf(time.getHour());
        String minute = time.getMinute() < 10 ? "0" + time.getMinute() : String.valueOf(time.getMinute());
        return language == Language.ENGLISH
                ? hour + ":" + minute
                : hour + SPACE + "h" + (time.getMinute() == 0 ? "" : SPACE + minute);
    }

    private String said(Map<String, Said> words, String code) {
        Said said = words.get(code);
        return said == null ? code : language.of(said.french(), said.english());
    }

    private String joined(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + language.of(" et ", " and ") + parts.getLast();
    }
}
