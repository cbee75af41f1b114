package trimaran.drills;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The drills and how they came out, for people and for programs. */
final class DrillTable {

    private static final String ROW = "%-22s %-8s %4s %6s %7s %8s %-9s %7s %7s %8s %8s %8s  %s";

    private DrillTable() {}

    /** What there is to be carried out. */
    static List<String> list(List<Drill> drills) {
        return drills.stream()
                .map(drill -> String.format(
                        "%-22s %-8s %s%n%-31s %s%s",
                        drill.name(),
                        drill.numbers(),
                        drill.holds(),
                        "",
                        drill.isHarmful() ? "EXPECTED TO DO HARM: " : "expected: ",
                        drill.expects()))
                .toList();
    }

    /** A row a drill: promises broken, seconds, and the verdict. */
    static String text(List<Result> results) {
        StringBuilder text = new StringBuilder(String.format(
                ROW,
                "drill",
                "no.",
                "lost",
                "forged",
                "omitted",
                "readable",
                "exposure",
                "alarm",
                "said",
                "no read",
                "no write",
                "rebuild",
                "verdict"));
        for (Result result : results) {
            text.append(String.format("%n"))
                    .append(String.format(
                            ROW,
                            result.drill().name(),
                            result.drill().numbers(),
                            result.count(Breach.Kind.LOST),
                            result.count(Breach.Kind.FORGED),
                            result.count(Breach.Kind.OMITTED),
                            result.count(Breach.Kind.READABLE),
                            result.exposure()
                                    .map(found -> switch (found) {
                                        case EXACT -> "exact";
                                        case COMPLETE -> "complete";
                                        case INCOMPLETE -> "MISSING";
                                        case WRONG -> "NOT EXACT";
                                    })
                                    .orElse("–"),
                            seconds(result.alarmMillis()),
                            seconds(result.saidMillis()),
                            seconds(result.readMillis()),
                            seconds(result.writeMillis()),
                            seconds(result.rebuildMillis()),
                            result.verdict()));
            result.missing().forEach(one -> text.append(String.format("%n    NO ATTACK: not so: %s", one)));
            if (!result.skipped().isEmpty()) {
                text.append(String.format("%n    not carried out: %s", result.skipped()));
            }
            String word = result.drill().isHarmful() ? "harm" : "BREACH";
            result.breaches().forEach(breach -> text.append(String.format("%n    %s %s", word, breach)));
        }
        long asExpected = results.stream().filter(Result::isAsExpected).count();
        long skipped = results.stream().filter(Result::isSkipped).count();
        return text.append(String.format(
                        "%n%d drills, %d as expected, %d skipped, %d not as expected",
                        results.size(), asExpected, skipped, results.size() - asExpected - skipped))
                .toString();
    }

    /** Which of them were not carried out, and why: the last that is said of a row, so that nobody takes it for whole. */
    static Optional<String> skipped(List<Result> results) {
        List<Result> skipped = results.stream().filter(Result::isSkipped).toList();
        if (skipped.isEmpty()) {
            return Optional.empty();
        }
        String why = String.join(
                "; ", skipped.stream().map(Result::skipped).distinct().toList());
        return Optional.of(skipped.size() + " skipped, because " + why + ": the row is not whole");
    }

    /** Whether all came out as was said before. What was not tried did not, unless whoever asked can do without. */
    static boolean isWell(List<Result> results, boolean allowSkipped) {
        return results.stream().allMatch(result -> result.isSkipped() ? allowSkipped : result.isAsExpected());
    }

    private static String seconds(OptionalLong millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%.1f s", millis.getAsLong() / 1000.0) : "–";
    }

    /** @param chosen how many are to be carried out: with fewer done somebody stopped the row */
    static String json(long seed, int chosen, List<Result> results) {
        return "{\"seed\":" + seed + ",\"chosen\":" + chosen + ",\"done\":" + results.size() + ",\"drills\":"
                + list(results, DrillTable::json) + "}\n";
    }

    private static String json(Result result) {
        return "{\"name\":" + quoted(result.drill().name())
                + ",\"numbers\":" + quoted(result.drill().numbers())
                + ",\"expected_to_do_harm\":" + result.drill().isHarmful()
                + ",\"verdict\":" + quoted(result.verdict())
                + ",\"as_expected\":" + result.isAsExpected()
                + ",\"skipped\":" + quoted(result.skipped())
                + ",\"evidence\":" + list(result.evidence(), DrillTable::quoted)
                + ",\"evidence_missing\":" + list(result.missing(), DrillTable::quoted)
                + ",\"breaches\":" + list(result.breaches(), breach -> quoted(breach.toString()))
                + ",\"lost\":" + result.count(Breach.Kind.LOST)
                + ",\"forged\":" + result.count(Breach.Kind.FORGED)
                + ",\"omitted\":" + result.count(Breach.Kind.OMITTED)
                + ",\"readable\":" + result.count(Breach.Kind.READABLE)
                + ",\"exposure\":"
                + result.exposure()
                        .map(found -> quoted(found.name().toLowerCase(Locale.ROOT)))
                        .orElse("null")
                + ",\"alarm\":" + quoted(result.alarm())
                + ",\"alarm_millis\":" + number(result.alarmMillis())
                + ",\"said\":" + quoted(result.said())
                + ",\"said_millis\":" + number(result.saidMillis())
                + ",\"without_read_millis\":" + number(result.readMillis())
                + ",\"without_write_millis\":" + number(result.writeMillis())
                + ",\"rebuild_millis\":" + number(result.rebuildMillis())
                + ",\"took_millis\":" + result.tookMillis()
                + "}";
    }

    private static <T> String list(List<T> items, Function<T, String> each) {
        return "[" + String.join(",", items.stream().map(each).toList()) + "]";
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? String.valueOf(value.getAsLong()) : "null";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '"' || one == '\\') {
                out.append('\\').append(one);
            } else if (one < 0x20) {
                out.append(String.format("\\u%04x", (int) one));
            } else {
                out.append(one);
            }
        }
        return out.append('"').toString();
    }
}
