package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.MalformedException;
import trimaran.model.JsonTree;

/**
 * FHIR resources as maps, lists and texts, for building them and for changing those the record holds. Numbers and truth values
 * are kept as their author spelt them.
 */
final class Json {

    static final JsonTree.Literal TRUE = new JsonTree.Literal("true");
    static final JsonTree.Literal FALSE = new JsonTree.Literal("false");

    private Json() {}

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
        return JsonTree.text(from, names);
    }

    /** The object under this name; an empty one if there is none. */
    static Map<String, Object> item(Map<String, Object> from, String name) {
        return JsonTree.item(from, name).orElse(Map.of());
    }

    /** The objects in a list. */
    static List<Map<String, Object>> items(Map<String, Object> from, String name) {
        return JsonTree.items(from, name);
    }

    static byte[] write(Map<String, Object> resource) {
        return JsonTree.write(resource);
    }

    /** What the record holds, which the strict check let in. */
    static Map<String, Object> read(byte[] resource) {
        try {
            return JsonTree.read(resource);
        } catch (MalformedException bad) {
            throw new IllegalStateException("a checked resource can be read", bad);
        }
    }
}
