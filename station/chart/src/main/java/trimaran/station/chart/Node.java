package trimaran.station.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.model.JsonTree;

/** An object of a resource's JSON; what is not there reads as empty. */
record Node(Map<String, Object> json) {

    static final Node NONE = new Node(Map.of());

    String text(String... names) {
        return JsonTree.text(json, names);
    }

    Node item(String name) {
        return JsonTree.item(json, name).map(Node::new).orElse(NONE);
    }

    List<Node> items(String name) {
        return JsonTree.items(json, name).stream().map(Node::new).toList();
    }

    /** The texts and numbers in a list. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (json.get(name) instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof String text) {
                    texts.add(text);
                } else if (one instanceof JsonTree.Literal(String literal) && !literal.equals("null")) {
                    texts.add(literal);
                }
            });
        }
        return texts;
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    Coded concept(String name) {
        return Coded.of(item(name));
    }

    List<Coded> concepts(String name) {
        return items(name).stream()
                .map(Coded::of)
                .filter(coded -> !coded.isEmpty())
                .toList();
    }

    Optional<FhirTime> time(String... names) {
        return FhirTime.of(text(names));
    }

    /** The first of several names under which a time stands. */
    Optional<FhirTime> firstTime(String... names) {
        for (String name : names) {
            Optional<FhirTime> time = time(name);
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    /** The value of the first extension of a name. */
    String extension(String url, String value) {
        return items("extension").stream()
                .filter(one -> one.text("url").equals(url))
                .map(one -> one.text(value))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whom or what a reference shows: its display, else its identifier; empty if it shows nothing. */
    static String shown(Node reference) {
        String display = reference.text("display");
        return display.isEmpty() ? reference.text("identifier", "value") : display;
    }

    /** The parts that are not empty, with this between them. */
    static <T> String joined(String between, List<T> parts, Function<T, String> words) {
        return String.join(
                between,
                parts.stream().map(words).filter(text -> !text.isEmpty()).toList());
    }
}
