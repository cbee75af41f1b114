package trimaran.station;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;

/**
 * A look into JSON this station checked or wrote itself: objects, lists and texts; numbers and words as they are spelt. What
 * is not JSON after all reads as empty, for nothing here decides whether a resource is good.
 */
final class Glimpse {

    /** As deep as the strict check lets in, and a little more. */
    static final int DEPTH_MAX = 128;

    private final String json;
    private int at;

    private Glimpse(String json) {
        this.json = json;
    }

    static Optional<Map<String, Object>> of(Bytes bytes) {
        try {
            return new Glimpse(new String(bytes.unsafeArray(), java.nio.charset.StandardCharsets.UTF_8)).object(0);
        } catch (IndexOutOfBoundsException | NumberFormatException cut) {
            return Optional.empty();
        }
    }

    /** The text under these names, one inside the other; empty if there is none. */
    static String text(Map<String, Object> from, String... names) {
        @Nullable Object here = from;
        for (String name : names) {
            here = here instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : "";
        }
        return here instanceof String text ? text : "";
    }

    /** The objects in the list under a name. */
    static List<Map<String, Object>> items(Map<String, Object> from, String name) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (from.get(name) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> map) {
                    Map<String, Object> item = new LinkedHashMap<>();
                    map.forEach((key, value) -> item.put(String.valueOf(key), value));
                    items.add(item);
                }
            }
        }
        return items;
    }

    private char peek() {
        while (json.charAt(at) <= ' ') {
            at++;
        }
        return json.charAt(at);
    }

    private Optional<Map<String, Object>> object(int depth) {
        if (peek() != '{' || depth > DEPTH_MAX) {
            return Optional.empty();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String name = string();
            peek();
            at++;
            map.put(name, value(depth + 1));
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return Optional.of(map);
    }

    private Object value(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IndexOutOfBoundsException("too deep");
        }
        return switch (peek()) {
            case '{' -> object(depth).orElseThrow(IndexOutOfBoundsException::new);
            case '[' -> list(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        at++;
        while (peek() != ']') {
            list.add(value(depth + 1));
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return list;
    }

    private String word() {
        int from = at;
        while (",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        return json.substring(from, at);
    }

    private String string() {
        if (peek() != '"') {
            throw new IndexOutOfBoundsException("not a text");
        }
        StringBuilder text = new StringBuilder();
        at++;
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
                yield (char) Integer.parseInt(json.substring(at - 4, at), 16);
            }
            default -> kind;
        };
    }
}
