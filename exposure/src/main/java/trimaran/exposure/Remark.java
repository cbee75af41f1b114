package trimaran.exposure;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/**
 * A sentence about where a report comes from, in the reader's language: what could not be read, what is known of it, how far it is.
 *
 * @param key in the room's texts
 * @param values put into it; names of tiers are put in as the language calls them
 */
public record Remark(String key, List<Object> values) {

    static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");

    public Remark {
        values = List.copyOf(values);
    }

    static Remark of(String key, Object... values) {
        return new Remark(key, List.of(values));
    }

    /**
     * @param locale French or English
     * @param zone of the clocks of whoever reads it
     */
    public String say(Locale locale, ZoneId zone) {
        return say(locale, zone, key, values);
    }

    static String say(Locale locale, ZoneId zone, String key, List<Object> values) {
        String text = word(locale, key);
        List<Object> said = new ArrayList<>(values);
        for (int i = 0; i < said.size(); i++) {
            text = text.replace("{" + i + "}", said(locale, zone, said.get(i)));
        }
        return text;
    }

    private static String said(Locale locale, ZoneId zone, Object value) {
        return switch (value) {
            case Party party -> word(locale, "party." + party.word());
            case Remark remark -> remark.say(locale, zone);
            case RecordTime time -> WHEN.format(time.instant().atZone(zone));
            case Code code -> code.tag();
            case Long number -> String.format(locale, "%,d", number);
            case Integer number -> String.format(locale, "%,d", number);
            default -> value.toString();
        };
    }

    private static String word(Locale locale, String key) {
        return ResourceBundle.getBundle("trimaran.exposure.exposure", locale).getString(key);
    }
}
