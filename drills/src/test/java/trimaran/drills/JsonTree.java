package trimaran.drills;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, strings and literals; a number stays as it is spelt, so that 1.00 is not 1.0. */
final class JsonTree {

    /** A number, true, false or null. */
    record Literal(String text) {}

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

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "an object is missing");
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value, "a list is missing");
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
            if (json.charAt(at) != '}') {
                expect(',');
            }
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
            if (json.charAt(at) != ']') {
                expect(',');
            }
        }
        at++;
        return items;
    }

    private String string() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (json.charAt(at) != '"') {
            char next = json.charAt(at++);
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
            default -> kind;
        };
    }

    private Literal literal() {
        int from = at;
        while (at < json.length() && ",]} \n\r\t".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        return new Literal(json.substring(from, at));
    }

    private void expect(char next) {
        if (json.charAt(at) != next) {
            throw new IllegalArgumentException("expected " + next + " at " + at);
        }
        at++;
    }

    private void blank() {
        while (at < json.length() && json.charAt(at) <= ' ') {
            at++;
        }
    }
}
