package trimaran.drills;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, strings and literals, read strictly (RFC 8259); a number stays as it is spelt, so that 1.00 is not 1.0. Apart
 * from the model's reader on purpose: a drill compares what a station answers, and must not read it by the station's own eyes.
 */
final class JsonTree {

    /** A number, true, false or null. */
    record Literal(String text) {}

    static Object literal(String text) {
        return new Literal(text);
    }

    private static final Pattern LITERAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|true|false|null");

    private final String json;
    private int at;

    private JsonTree(String json) {
        this.json = json;
    }

    static Object of(String json) {
        JsonTree tree = new JsonTree(json);
        Object value = tree.value();
        tree.blank();
        if (tree.at != json.length()) {
            throw new IllegalArgumentException("more than one value at " + tree.at);
        }
        return value;
    }

    /** The one object a text is. */
    static Map<String, Object> read(String json) {
        return object(of(json));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "an object is missing");
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value, "a list is missing");
    }

    /** What stands under this name. */
    static Object at(Map<String, Object> object, String name) {
        return Objects.requireNonNull(object.get(name), () -> "no " + name + " in " + object);
    }

    static long number(Map<String, Object> object, String name) {
        return Long.parseLong(((Literal) at(object, name)).text());
    }

    /** The objects of a list, or the one that stands there. */
    static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        Object there = at(object, name);
        List<?> all = there instanceof List<?> list ? list : List.of(there);
        return all.stream().map(JsonTree::object).toList();
    }

    private Object value() {
        blank();
        return switch (json.charAt(at)) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        blank();
        while (json.charAt(at) != '}') {
            blank();
            String name = string();
            blank();
            expect(':');
            if (members.put(name, value()) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
            blank();
            afterItem('}');
        }
        at++;
        return members;
    }

    private List<Object> items() {
        List<Object> items = new ArrayList<>();
        at++;
        blank();
        while (json.charAt(at) != ']') {
            items.add(value());
            blank();
            afterItem(']');
        }
        at++;
        return items;
    }

    /** A comma, and then another item; or the end. */
    private void afterItem(char end) {
        if (json.charAt(at) != end) {
            expect(',');
            blank();
            if (json.charAt(at) == end) {
                throw new IllegalArgumentException("a comma before the end at " + at);
            }
        }
    }

    private String string() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (json.charAt(at) != '"') {
            char next = json.charAt(at++);
            if (next < ' ') {
                throw new IllegalArgumentException("a control character before " + at);
            }
            text.append(next == '\\' ? escaped() : next);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char kind = json.charAt(at++);
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(json, at - 4, at, 16);
            }
            case '"', '\\', '/' -> kind;
            default -> throw new IllegalArgumentException("no escape before " + at);
        };
    }

    private Literal literal() {
        int from = at;
        while (at < json.length() && ",]} \n\r\t".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        String text = json.substring(from, at);
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not JSON at " + from + ": " + text);
        }
        return new Literal(text);
    }

    private void expect(char next) {
        if (json.charAt(at) != next) {
            throw new IllegalArgumentException("expected " + next + " at " + at);
        }
        at++;
    }

    private void blank() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }
}
