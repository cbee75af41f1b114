package trimaran.exposure;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;

/**
 * What a person whose record a fallen party could have read is told (Regulation (EU) 2016/679, article 34, with article 33(3) b, c and
 * d): in plain words what happened, of which data, what may follow, what was done, and whom to ask. French, since it goes to patients
 * of a French hospital; a page of HTML a letter, to be printed.
 *
 * @param hospital who writes
 * @param party who fell, in the words of {@link #party}
 * @param facts what happened and what was done, in the hospital's own words, a paragraph each: no ledger knows them
 * @param contact the data protection officer, or whoever answers
 * @param zone of the times in it
 */
public record Letter(
        String hospital,
        String party,
        Window window,
        List<String> facts,
        String contact,
        RecordTime written,
        ZoneId zone) {

    /** Of the hospital's own words, in characters: a page has no room for more. */
    public static final int FACTS_MAX = 4_000;

    public static final int CONTACT_MAX = 300;

    private static final List<CellKind> KINDS =
            List.of(CellKind.IDENTITY, CellKind.DOSSIER, CellKind.STAY, CellKind.QUARTER);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy 'à' H 'h' mm", Locale.FRENCH);

    public Letter {
        facts = List.copyOf(facts);
    }

    /** A party that fell, as a patient can be told of it. */
    public static String party(Fallen fallen, String name) {
        return switch (fallen) {
            case Fallen.Tier(var tier) -> say("party." + tier.word());
            case Fallen.Station station -> say("party.station", station.name());
            case Fallen.Badge _ -> say("party.client", name);
        };
    }

    /** Before the first letter of a file, and after the last. */
    public static String head() {
        return "<!DOCTYPE html>\n<html lang=\"fr\"><meta charset=\"utf-8\"><title>Lettres</title><style>"
                + "@page{size:A4;margin:22mm 20mm}body{font:11pt/1.45 serif;max-width:170mm;margin:0 auto}"
                + "article{break-after:page}address{font-style:normal;margin:14mm 0 10mm 85mm}"
                + "h1{font-size:11pt;margin:0 0 6mm}p,ul{margin:0 0 3mm}</style>\n";
    }

    public static String foot() {
        return "</html>\n";
    }

    public String html(Exposed patient, Addressee to) {
        StringBuilder out = new StringBuilder("<article>\n");
        out.append("<p><b>").append(escaped(hospital)).append("</b></p>\n<address>");
        out.append(escaped(to.minor() ? say("to.minor", to.name()) : to.name()));
        to.address().forEach(line -> out.append("<br>").append(escaped(line)));
        out.append("</address>\n");
        paragraph(out, say("date", DAY.format(at(written))));
        out.append("<h1>").append(escaped(say(to.minor() ? "about.minor" : "about")));
        if (!to.number().isEmpty()) {
            out.append("<br>").append(escaped(say("number", to.number())));
        }
        out.append("</h1>\n");
        paragraph(out, say("greeting"));
        paragraph(out, say("happened", moment(window.from()), moment(window.to()), party));
        kinds(out, to.minor() ? "certain.minor" : "certain", patient.certain());
        Map<CellKind, Integer> read = new EnumMap<>(CellKind.class);
        patient.possible()
                .forEach((kind, count) -> read.put(kind, count - patient.named().getOrDefault(kind, 0)));
        kinds(out, patient.certain().isEmpty() ? "possible.alone" : "possible", read);
        kinds(out, "named", patient.named());
        paragraph(out, say("when", moment(patient.first()), moment(patient.last())));
        facts.forEach(fact -> paragraph(out, fact));
        paragraph(out, say("follows"));
        list(out, List.of(say("do.messages"), say("do.secrets"), say("do.accounts"), say("do.police")));
        paragraph(out, say("contact", contact));
        paragraph(out, say("cnil"));
        paragraph(out, say("close"));
        paragraph(out, hospital);
        return out.append("</article>\n").toString();
    }

    private static void kinds(StringBuilder out, String key, Map<CellKind, Integer> counted) {
        List<String> lines = new ArrayList<>();
        for (CellKind kind : KINDS) {
            int count = counted.getOrDefault(kind, 0);
            if (count > 0) {
                lines.add(say("kind." + kind + (count > 1 ? ".many" : ""), String.valueOf(count)));
            }
        }
        if (!lines.isEmpty()) {
            paragraph(out, say(key));
            list(out, lines);
        }
    }

    private static void list(StringBuilder out, List<String> lines) {
        out.append("<ul>");
        lines.forEach(line -> out.append("<li>").append(escaped(line)).append("</li>"));
        out.append("</ul>\n");
    }

    private static void paragraph(StringBuilder out, String text) {
        out.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private String moment(RecordTime time) {
        return MOMENT.format(at(time));
    }

    private java.time.ZonedDateTime at(RecordTime time) {
        return Instant.ofEpochMilli(time.millis()).atZone(zone);
    }

    private static String say(String key, String... values) {
        String text = ResourceBundle.getBundle("trimaran.exposure.letter", Locale.ROOT)
                .getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }
}
