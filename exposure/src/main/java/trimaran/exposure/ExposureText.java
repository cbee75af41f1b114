package trimaran.exposure;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;

/**
 * An exposure in words, counts first; and as a table, a patient a row.
 *
 * @param party as whoever asked calls it
 * @param lacks what could not be read; with any the report is not whole and says so before all else
 * @param zone of the clocks of whoever reads it
 * @param locale French or English
 */
public record ExposureText(
        Exposure exposure, String party, Window window, List<Remark> lacks, ZoneId zone, Locale locale) {

    /** The table's columns, for programs: they are the same in every language. */
    public static final String HEADER =
            "patient,resource,certainty,ways,identity_certain,dossier_certain,stays_certain,"
                    + "quarters_certain,identity_possible,dossier_possible,stays_possible,quarters_possible,first,last,"
                    + "keys_released";

    private static final List<CellKind> KINDS =
            List.of(CellKind.IDENTITY, CellKind.DOSSIER, CellKind.STAY, CellKind.QUARTER);

    private static final List<Certainty> CERTAINTIES = List.of(Certainty.CERTAIN, Certainty.POSSIBLE);

    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    public ExposureText {
        lacks = List.copyOf(lacks);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!lacks.isEmpty()) {
            lines.add(say("partial"));
            lacks.forEach(lack -> lines.add("  " + lack.say(locale, zone)));
            lines.add("");
        }
        lines.add(say("title", party, when(window.from()), when(window.to())));
        for (Certainty certainty : CERTAINTIES) {
            lines.add(count(exposure.count(certainty), label(certainty)));
        }
        lines.add(count(exposure.excluded(), excluded()));
        for (Way way : Way.values()) {
            if (exposure.count(way) > 0) {
                lines.add(count(exposure.count(way), label(way)));
            }
        }
        lines.addAll(remarks());
        lines.add(meaning());
        return lines;
    }

    /** What counts patients of whom something was, or may have been, readable. */
    public String label(Certainty certainty) {
        return say(certainty.name().toLowerCase(Locale.ROOT));
    }

    /** What counts all other patients. */
    public String excluded() {
        return say("excluded");
    }

    /** How a patient was reached. */
    public String label(Way way) {
        return say("way." + way);
    }

    /** What was readable beside records, and what counts nowhere else. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!exposure.patients().isEmpty() || exposure.keysReleased() > 0) {
            remarks.add(say("keysReleased", exposure.keysReleased()));
        }
        if (exposure.wardLists() > 0) {
            remarks.add(say("wards", exposure.wardLists(), exposure.onWardLists()));
        }
        if (exposure.lookups() > 0) {
            remarks.add(say("lookups", exposure.lookups()));
        }
        if (exposure.strangers() > 0) {
            remarks.add(say("strangers", exposure.strangers()));
        }
        if (exposure.neverCame() > 0) {
            remarks.add(say("neverCame", exposure.neverCame()));
        }
        return remarks;
    }

    /** What certain and possible mean. */
    public String meaning() {
        return say("meaning");
    }

    private String count(long count, String label) {
        return String.format(locale, "%,10d  %s", count, label);
    }

    /** One row under {@link #HEADER}; times carry their offset. */
    public String row(Exposed patient) {
        List<String> fields = new ArrayList<>();
        fields.add(patient.subject().handle());
        fields.add(patient.resource().map(ResourceId::toString).orElse(""));
        fields.add(patient.certainty().name().toLowerCase(Locale.ROOT));
        fields.add(patient.ways().stream()
                .sorted()
                .map(way -> way.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" ")));
        for (Map<CellKind, Integer> counted : List.of(patient.certain(), patient.possible())) {
            KINDS.forEach(kind -> fields.add(Integer.toString(counted.getOrDefault(kind, 0))));
        }
        fields.add(iso(patient.first()));
        fields.add(iso(patient.last()));
        fields.add(Integer.toString(patient.keysReleased()));
        return String.join(",", fields);
    }

    private String iso(RecordTime time) {
        return ISO.format(Instant.ofEpochMilli(time.millis()).atZone(zone));
    }

    private String when(RecordTime time) {
        return Remark.WHEN.format(Instant.ofEpochMilli(time.millis()).atZone(zone));
    }

    private String say(String key, Object... values) {
        return Remark.say(locale, zone, key, List.of(values));
    }
}
