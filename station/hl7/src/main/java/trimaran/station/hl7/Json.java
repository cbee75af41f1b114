package trimaran.station.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * FHIR resources as maps, lists and texts, for building them and for changing those the record holds. Numbers and truth values
 * are kept as their author spelt them. Reads only what the strict check let in.
 */
final class Json {

    /** A number, or true or false, as it is spelt. */
    record Literal(String text) {}

    static final Literal TRUE = new Literal("true");
    static final Literal FALSE = new Literal("false");

    static final int DEPTH_MAX = 128;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Names and values in turn; those that are empty or null are left out. */
    static Map<String, Object> object(@Nullable Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            put(map, String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    /** Puts a value, or takes the name away if there is nothing to say under it: FHIR knows no empty element. */
    static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value == null || isEmpty(value)) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case String text -> text.isBlank();
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /** The items that say something. */
    static List<Object> list(@Nullable Object... items) {
        List<Object> list = new ArrayList<>();
        for (Object item : items) {
            if (item != null && !isEmpty(item)) {
                list.add(item);
            }
        }
        return list;
    }

    /** The text under these names, one inside the other; empty if there is none. */
    static String text(Map<String, Object> from, String... names) {
        Object here = from;
        for (String name : names) {
            here = here instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : "";
        }
        return here instanceof String found ? found : here instanceof Literal literal ? literal.text() : "";
    }

    /** The objects in a list. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(Map<String, Object> from, String name) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (from.get(name) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> map) {
                    items.add((Map<String, Object>) map);
                }
            }
        }
        return items;
    }

    // ---- writing

    static byte[] write(Map<String, Object> resource) {
        StringBuilder out = new StringBuilder(512);
        value(out, resource);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                char before = '{';
                for (Map.Entry<?, ?> one : map.entrySet()) {
                    out.append(before);
                    quoted(out, String.valueOf(one.getKey()));
                    out.append(':');
                    value(out, one.getValue());
                    before = ',';
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case List<?> list -> {
                char before = '[';
                for (Object one : list) {
                    out.append(before);
                    value(out, one);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case Literal(String literal) -> out.append(literal);
            default -> quoted(out, String.valueOf(value));
        }
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                out.append('\\').append(next);
            } else if (next < ' ') {
                out.append("\\u%04x".formatted((int) next));
            } else {
                out.append(next);
            }
        }
        out.append('"');
    }

    // ---- reading

    static Map<String, Object> read(byte[] resource) {
        Json json = new Json(new String(resource, StandardCharsets.UTF_8));
        json.peek();
        return json.object(0);
    }

    private char peek() {
        while (text.charAt(at) <= ' ') {
            at++;
        }
        return text.charAt(at);
    }

    private Map<String, Object> object(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalStateException("a checked resource is not so deep");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            if (text.charAt(at) == ',') {
                at++;
                peek();
            }
            String name = string();
            peek();
            at++;
            map.put(name, value(depth + 1));
        }
        at++;
        return map;
    }

    private Object value(int depth) {
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> {
                List<Object> list = new ArrayList<>();
                at++;
                while (peek() != ']') {
                    if (text.charAt(at) == ',') {
                        at++;
                    }
                    list.add(value(depth + 1));
                }
                at++;
                yield list;
            }
            case '"' -> string();
            default -> {
                int from = at;
                while (",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                yield new Literal(text.substring(from, at));
            }
        };
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            char next = text.charAt(at++);
            out.append(next == '\\' ? escaped() : next);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char kind = text.charAt(at++);
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> kind;
        };
    }
}
