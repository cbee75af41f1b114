package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trimaran.station.chart.Chart;
import trimaran.station.chart.FhirTime;
import trimaran.station.chart.Flag;
import trimaran.station.chart.Language;
import trimaran.station.chart.Measure;
import trimaran.station.chart.Series;
import trimaran.station.chart.Source;

/**
 * Vital signs in figures: a column each, a row for each time, the newest first.
 *
 * @param untimed measures that say no time: they are counted, not lost
 * @param beyond rows there are beyond those shown
 */
record VitalsTable(List<Column> columns, List<Row> rows, int untimed, int beyond) {

    record Column(String name, String unit) {}

    /**
     * @param by who measured
     * @param marked where what was not checked, or came late, stands in the record; of those alike in that one
     */
    record Row(FhirTime at, List<Cell> cells, String by, List<Source> marked) {
        Row {
            cells = List.copyOf(cells);
            marked = List.copyOf(marked);
        }
    }

    /** @param flag what its author says of it; empty for nothing */
    record Cell(String words, String flag, boolean isFlagged) {}

    private static final Cell NOTHING = new Cell("", "", false);

    VitalsTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static VitalsTable of(Chart chart, Language language) {
        List<Column> columns = new ArrayList<>();
        Map<Instant, List<Cell>> byTime = new TreeMap<>(Collections.reverseOrder());
        Map<Instant, String> by = new TreeMap<>();
        Map<Instant, Map<List<Object>, Source>> marked = new TreeMap<>();
        int untimed = 0;
        int width = chart.vitals().size();
        for (Series series : chart.vitals()) {
            String unit = Trend.unit(series.latest());
            for (Measure measure : series.measures()) {
                Instant at = measure.at().flatMap(FhirTime::instant).orElse(null);
                if (at == null) {
                    untimed++;
                    continue;
                }
                byTime.computeIfAbsent(at, none -> new ArrayList<>(Collections.nCopies(width, NOTHING)))
                        .set(columns.size(), cell(measure, unit, language));
                Source source = measure.source();
                if (source.continuity() || source.late()) {
                    // What was written together came together, and is said once.
                    marked.computeIfAbsent(at, none -> new LinkedHashMap<>())
                            .putIfAbsent(List.of(source.continuity(), source.late(), source.lastUpdated()), source);
                }
                by.merge(at, measure.performer(), (one, other) -> one.contains(other) ? one : one + ", " + other);
            }
            columns.add(new Column(series.what().text(), unit));
        }
        List<Row> rows = byTime.entrySet().stream()
                .limit(WebLimits.ROWS_MAX)
                .map(one -> new Row(
                        FhirTime.at(one.getKey()),
                        one.getValue(),
                        by.getOrDefault(one.getKey(), ""),
                        List.copyOf(marked.getOrDefault(one.getKey(), Map.of()).values())))
                .toList();
        return new VitalsTable(columns, rows, untimed, byTime.size() - rows.size());
    }

    private static Cell cell(Measure measure, String unit, Language language) {
        String words = measure.valueWords(language);
        String bare = !unit.isEmpty() && words.endsWith(unit)
                ? words.substring(0, words.length() - unit.length()).strip().replaceFirst("\u00a0$", "")
                : words;
        boolean flagged =
                measure.flag().level() == Flag.Level.ABNORMAL || measure.flag().isCritical();
        return new Cell(bare, measure.flag().words(language), flagged);
    }
}
