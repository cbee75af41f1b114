package trimaran.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/**
 * JSON as maps, lists and texts, for whoever shows or changes what the record holds. Reads as strictly as the check of foreign
 * JSON does (RFC 8259, UTF-8, no name twice), so that no two readers of a resource see two resources. A number stays as its author
 * spelt it: 1.00 is not 1.0.
 */
public final class JsonTree {

    /**
     * Objects and lists inside one another. What the check lets in nests {@link Limits#DEPTH_MAX} objects with a list around each;
     * what a station writes for itself nests less.
     */
    public static final int DEPTH_MAX = 128;

    /** A number, true, false or null, as it is spelt. */
    public record Literal(String text) {}

    private static final Literal TRUE = new Literal("true");
    private static final Literal FALSE = new Literal("false");
    private static final Literal NULL = new Literal("null");

    private final JsonScanner scanner;

    private JsonTree(byte[] json) {
        this.scanner = new JsonScanner(json, 0, json.length);
    }

    /**
     * The one object these bytes are: its values are {@code Map}, {@code List}, {@code String} or {@link Literal}.
     *
     * @throws MalformedException if they are anything else, too deep, or more than {@link Limits#BODY_BYTES_MAX}
     */
    public static Map<String, Object> read(byte[] json) throws MalformedException {
        if (json.length > Limits.BODY_BYTES_MAX) {
            throw new MalformedException("more JSON than a body may hold");
        }
        JsonTree tree = new JsonTree(json);
        try {
            if (tree.scanner.peek() != '{') {
                throw new MalformedException("not a JSON object");
            }
            Map<String, Object> object = tree.object(1);
            tree.scanner.finish();
            return object;
        } catch (RefusedException refused) {
            throw new MalformedException(refused.sentence);
        }
    }

    /** The one object these bytes are; empty for anything else. */
    public static Optional<Map<String, Object>> glimpse(Bytes json) {
        try {
            return Optional.of(read(json.unsafeArray()));
        } catch (MalformedException none) {
            return Optional.empty();
        }
    }

    /** The bytes of an object of maps, lists, texts and literals; what else stands in it is written as its text. */
    public static byte[] write(Map<String, Object> object) {
        return JsonText.of(object);
    }

    /** The text or the number under these names, one inside the other, as it is spelt; empty if there is none. */
    public static String text(Map<String, Object> from, String... names) {
        Object here = from;
        for (String name : names) {
            Object next = here instanceof Map<?, ?> map ? map.get(name) : null;
            if (next == null) {
                return "";
            }
            here = next;
        }
        return switch (here) {
            case String text -> text;
            case Literal literal when !literal.equals(NULL) -> literal.text();
            default -> "";
        };
    }

    /** The objects in the list under a name. */
    public static List<Map<String, Object>> items(Map<String, Object> from, String name) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (from.get(name) instanceof List<?> list) {
            list.forEach(one -> asObject(one).ifPresent(items::add));
        }
        return items;
    }

    /** The object under a name. */
    public static Optional<Map<String, Object>> item(Map<String, Object> from, String name) {
        return asObject(from.get(name));
    }

    @SuppressWarnings("unchecked") // Every map in a tree was made here, of names.
    private static Optional<Map<String, Object>> asObject(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? Optional.of((Map<String, Object>) map) : Optional.empty();
    }

    private Object value(int depth) throws RefusedException, MalformedException {
        return switch (scanner.peek()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> {
                scanner.string();
                yield scanner.text();
            }
            case 't', 'f', 'n' -> word();
            default -> {
                scanner.number();
                yield new Literal(scanner.text());
            }
        };
    }

    private Literal word() throws MalformedException {
        if (scanner.literal("true")) {
            return TRUE;
        }
        if (scanner.literal("false")) {
            return FALSE;
        }
        if (scanner.literal("null")) {
            return NULL;
        }
        throw new MalformedException("not JSON");
    }

    private Map<String, Object> object(int depth) throws RefusedException, MalformedException {
        Map<String, Object> members = new LinkedHashMap<>();
        begin(depth);
        while (scanner.peek() != '}') {
            if (!members.isEmpty()) {
                scanner.take(',');
            }
            scanner.name();
            String name = scanner.text();
            if (members.put(name, value(depth + 1)) != null) {
                throw new MalformedException("a name that stands twice in one object");
            }
        }
        scanner.at++;
        return members;
    }

    private List<Object> list(int depth) throws RefusedException, MalformedException {
        List<Object> items = new ArrayList<>();
        begin(depth);
        while (scanner.peek() != ']') {
            if (!items.isEmpty()) {
                scanner.take(',');
            }
            items.add(value(depth + 1));
        }
        scanner.at++;
        return items;
    }

    private void begin(int depth) throws MalformedException {
        if (depth > DEPTH_MAX) {
            throw new MalformedException("JSON nested deeper than " + DEPTH_MAX + " levels");
        }
        scanner.at++;
    }
}
