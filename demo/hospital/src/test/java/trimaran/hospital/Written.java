package trimaran.hospital;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One written resource, looked at as text: what is tested must not be read by what wrote it. */
record Written(String type, String json) {

    private static final Pattern ENTRY = Pattern.compile(
            "\\{\"fullUrl\":\"(urn:uuid:[0-9a-f-]{36})\",\"resource\":(\\{\"resourceType\":\"([A-Za-z]+)\".*?)"
                    + ",\"request\":\\{\"method\":\"POST\",\"url\":\"([A-Za-z]+)\"\\}\\}");

    /** All resources of a transaction, in order. */
    static List<Written> of(DemoHospital.Load load) {
        List<Written> all = new ArrayList<>();
        ENTRY.matcher(load.body()).results().forEach(found -> all.add(new Written(group(found, 3), group(found, 2))));
        return all;
    }

    /** Every text behind a name, wherever it stands. */
    List<String> texts(String name) {
        return all("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    }

    /** The numbers of its quantities. */
    List<Double> values() {
        return all("\"value\":(-?[0-9.]+)").stream().map(Double::valueOf).toList();
    }

    boolean has(String text) {
        return json.contains(text);
    }

    private List<String> all(String pattern) {
        return Pattern.compile(pattern)
                .matcher(json)
                .results()
                .map(found -> group(found, 1))
                .toList();
    }

    private static String group(MatchResult found, int number) {
        return Objects.requireNonNull(found.group(number));
    }
}
