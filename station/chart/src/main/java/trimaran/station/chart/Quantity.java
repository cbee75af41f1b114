package trimaran.station.chart;

import java.util.Map;
import java.util.Optional;

/**
 * A measured or prescribed amount.
 *
 * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >} or empty
 * @param value the number as its author spelt it
 * @param unit as people read it; empty for a bare number
 */
public record Quantity(String comparator, String value, String unit) {

    private static final int GROUP = 3;

    /** UCUM codes nobody reads at a bedside, where the author gave no other unit. */
    private static final Map<String, String> READ = Map.ofEntries(
            Map.entry("1", ""),
            Map.entry("{score}", ""),
            Map.entry("{#}", ""),
            Map.entry("Cel", "°C"),
            Map.entry("mm[Hg]", "mmHg"),
            Map.entry("cm[H2O]", "cmH2O"),
            Map.entry("umol/L", "µmol/L"),
            Map.entry("ug", "µg"),
            Map.entry("ug/L", "µg/L"),
            Map.entry("[IU]", "UI"),
            Map.entry("[IU]/L", "UI/L"),
            Map.entry("m[IU]/L", "mUI/L"),
            Map.entry("10*9/L", "G/L"),
            Map.entry("10*12/L", "T/L"));

    static Optional<Quantity> of(Node quantity) {
        String value = quantity.text("value");
        String unit = quantity.text("unit");
        if (unit.isEmpty()) {
            unit = quantity.text("code");
        }
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quantity(quantity.text("comparator"), value, READ.getOrDefault(unit, unit)));
    }

    /** With the decimals it was written with: of a result they say how exact it is. */
    public String words(Language language) {
        return with(number(language));
    }

    /** Without needless zeros, which are misread in doses: {@code 5 mg}, never {@code 5,0 mg}. */
    public String dose(Language language) {
        return new Quantity(comparator, withoutZeros(value), unit).words(language);
    }

    /** The number alone. */
    public String number(Language language) {
        boolean plain = value.matches("-?[0-9]+(\\.[0-9]+)?");
        String compared = switch (comparator) {
            case "<=" -> "≤\u00a0";
            case ">=" -> "≥\u00a0";
            case "" -> "";
            default -> comparator + "\u00a0";
        };
        if (!plain) {
            return compared + value;
        }
        int point = value.indexOf('.');
        String whole = point < 0 ? value : value.substring(0, point);
        String fraction = point < 0 ? "" : language.of(",", ".") + value.substring(point + 1);
        return compared + grouped(whole) + fraction;
    }

    private String with(String number) {
        return unit.isEmpty() ? number : number + (unit.startsWith("/") ? "" : "\u00a0") + unit;
    }

    private static String grouped(String whole) {
        StringBuilder out = new StringBuilder(whole);
        for (int i = whole.length() - GROUP; i > (whole.startsWith("-") ? 1 : 0); i -= GROUP) {
            out.insert(i, '\u00a0');
        }
        return out.toString();
    }

    private static String withoutZeros(String value) {
        if (!value.matches("-?[0-9]+\\.[0-9]+")) {
            return value;
        }
        int end = value.length();
        while (value.charAt(end - 1) == '0') {
            end--;
        }
        return value.substring(0, value.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
