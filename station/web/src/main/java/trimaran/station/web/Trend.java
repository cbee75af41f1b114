package trimaran.station.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import trimaran.station.chart.Chart;
import trimaran.station.chart.FhirTime;
import trimaran.station.chart.Flag;
import trimaran.station.chart.Language;
import trimaran.station.chart.Measure;
import trimaran.station.chart.Quantity;
import trimaran.station.chart.Series;

/**
 * Vital signs of the last two days as lines, one lane under the other, drawn here: no script. The table beside it says the same in
 * figures, so a lane leaves out what is no number.
 *
 * @param height of the drawing
 * @param description what is seen, in words
 */
record Trend(List<Lane> lanes, List<Mark> marks, int height, String description) {

    static final int WIDTH = 760;
    static final int LEFT = 176;
    static final int RIGHT = 640;
    static final int LANE = 54;
    private static final Duration SPAN = Duration.ofDays(2);
    private static final Duration MARK = Duration.ofHours(12);
    static final int LANES_MAX = 8;
    static final int POINTS_MAX = 200;

    /**
     * One vital sign.
     *
     * @param top where its lane begins
     * @param line the path of the line, or of the bars of a pressure
     * @param usual points that are usual or of which nothing was said
     * @param out points their author flags
     * @param latest the newest, with its unit
     */
    record Lane(String name, String unit, int top, String line, List<Point> usual, List<Point> out, String latest) {
        Lane {
            usual = List.copyOf(usual);
            out = List.copyOf(out);
        }
    }

    record Point(String x, String y) {}

    /** A time below the lanes. */
    record Mark(String x, String words) {}

    /** One measure with a number, or two of a pressure. */
    private record Spot(Instant at, double low, double high, boolean flagged) {}

    Trend {
        lanes = List.copyOf(lanes);
        marks = List.copyOf(marks);
    }

    static Trend of(Chart chart, Frame frame) {
        Language language = frame.words().language();
        Instant to = frame.now();
        Instant from = to.minus(SPAN);
        List<Lane> lanes = new ArrayList<>();
        StringJoiner said = new StringJoiner(" ; ");
        for (Series series : chart.vitals()) {
            List<Spot> spots = spots(series, from, to);
            if (spots.size() > 1 && lanes.size() < LANES_MAX) {
                Lane lane = lane(series, spots, lanes.size() * LANE, from, language);
                lanes.add(lane);
                said.add(lane.name() + " " + lane.latest());
            }
        }
        List<Mark> marks = new ArrayList<>();
        for (Instant at = from; !at.isAfter(to); at = at.plus(MARK)) {
            marks.add(new Mark(
                    x(at, from),
                    frame.clock().shortDay(at) + " " + frame.clock().hour(at)));
        }
        return new Trend(lanes, marks, lanes.size() * LANE + 22, said.toString());
    }

    private static List<Spot> spots(Series series, Instant from, Instant to) {
        return series.measures().stream()
                .limit(POINTS_MAX)
                .flatMap(measure -> spot(measure).stream())
                .filter(spot -> !spot.at().isBefore(from) && !spot.at().isAfter(to))
                .sorted(Comparator.comparing(Spot::at))
                .toList();
    }

    private static Optional<Spot> spot(Measure measure) {
        Optional<Instant> at = measure.at().flatMap(FhirTime::instant);
        List<Double> numbers = new ArrayList<>();
        measure.value().quantity().ifPresent(one -> number(one).ifPresent(numbers::add));
        if (numbers.isEmpty()) {
            measure.parts()
                    .forEach(part ->
                            part.value().quantity().ifPresent(one -> number(one).ifPresent(numbers::add)));
        }
        boolean flagged =
                isFlagged(measure.flag()) || measure.parts().stream().anyMatch(part -> isFlagged(part.flag()));
        return at.isEmpty() || numbers.isEmpty() || numbers.size() > 2
                ? Optional.empty()
                : Optional.of(new Spot(
                        at.get(),
                        numbers.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                        numbers.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                        flagged));
    }

    private static boolean isFlagged(Flag flag) {
        return flag.level() == Flag.Level.ABNORMAL || flag.level() == Flag.Level.CRITICAL;
    }

    private static OptionalDouble number(Quantity quantity) {
        return quantity.value().matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(quantity.value()))
                : OptionalDouble.empty();
    }

    private static Lane lane(Series series, List<Spot> spots, int top, Instant from, Language language) {
        double least = spots.stream().mapToDouble(Spot::low).min().orElse(0);
        double most = spots.stream().mapToDouble(Spot::high).max().orElse(1);
        double span = Math.max(most - least, 1e-9);
        boolean bars = spots.stream().anyMatch(spot -> spot.high() > spot.low());
        StringBuilder line = new StringBuilder();
        List<Point> usual = new ArrayList<>();
        List<Point> out = new ArrayList<>();
        for (Spot spot : spots) {
            String x = x(spot.at(), from);
            String high = y(spot.high(), least, span, top);
            if (bars) {
                String low = y(spot.low(), least, span, top);
                line.append('M').append(x).append(' ').append(high).append('V').append(low);
                line.append("m-4 0h8M").append(x).append(' ').append(high).append("m-4 0h8");
            } else {
                line.append(line.isEmpty() ? 'M' : 'L').append(x).append(' ').append(high);
            }
            if (spot.flagged()) {
                out.add(new Point(x, high));
            } else if (!bars) {
                usual.add(new Point(x, high));
            }
        }
        Measure latest = series.latest();
        String unit = unit(latest);
        return new Lane(series.what().text(), unit, top, line.toString(), usual, out, latest.valueWords(language));
    }

    static String unit(Measure measure) {
        return measure.unit().isEmpty()
                ? measure.parts().stream()
                        .flatMap(part -> part.value().quantity().stream())
                        .map(Quantity::unit)
                        .findFirst()
                        .orElse("")
                : measure.unit();
    }

    private static String x(Instant at, Instant from) {
        double share = (double) Duration.between(from, at).toMillis() / SPAN.toMillis();
        return decimal(LEFT + share * (RIGHT - LEFT));
    }

    private static String y(double value, double least, double span, int top) {
        return decimal(top + LANE - 12 - (value - least) / span * (LANE - 22));
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
