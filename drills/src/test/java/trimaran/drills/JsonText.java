package trimaran.drills;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON strictly (RFC 8259), as the programs do that ask with {@code --json}: a room of the house may link no parser. */
final class JsonText {

    private static final Pattern TOKEN = Pattern.compile(
            "[ \\t\\r\\n]*(?:([{}\\[\\],:])|\"((?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)\""
                    + "|(-?(?:0|[1-9]\\d*))(?![.eE\\d])|(true|false|null))");

    private final Matcher matcher;
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
        this.matcher = TOKEN.matcher(text);
    }

    /** The one object a text is. Whole numbers come as {@code Long}. */
    static Map<String, Object> object(String text) {
        JsonText json = new JsonText(text.strip());
        json.next();
        Map<String, Object> object = json.object();
        if (json.at != json.text.length()) {
            throw new IllegalArgumentException("more than one value: " + text);
        }
        return object;
    }

    /** What stands under this name. */
    static Object at(Map<String, Object> object, String name) {
        return Objects.requireNonNull(object.get(name), () -> "no " + name + " in " + object);
    }

    static long number(Map<String, Object> object, String name) {
        return (Long) at(object, name);
    }

    static List<?> list(Map<String, Object> object, String name) {
        return (List<?>) at(object, name);
    }

    /** The objects of a list, or the one that stands there. */
    static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        Object there = at(object, name);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object one : there instanceof List<?> list ? list : List.of(there)) {
            Map<String, Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) one).forEach((key, value) -> copy.put(String.valueOf(key), value));
            objects.add(copy);
        }
        return objects;
    }

    private void next() {
        matcher.region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("not JSON at " + at + ": " + text);
        }
        at = matcher.end();
    }

    private boolean is(String sign) {
        return sign.equals(matcher.group(1));
    }

    private void require(String sign) {
        if (!is(sign)) {
            throw new IllegalArgumentException("no " + sign + " before " + at + ": " + text);
        }
    }

    private Object value() {
        if (is("{")) {
            return object();
        }
        if (is("[")) {
            return list();
        }
        String token = token();
        if (token.startsWith("\"")) {
            return string();
        }
        return token.matches("true|false|null") ? Boolean.valueOf(token) : Long.valueOf(token);
    }

    private String token() {
        return String.valueOf(matcher.group()).strip();
    }

    /** Escapes are left as they stand: nothing looked for has any. */
    private String string() {
        String whole = token();
        if (!whole.startsWith("\"")) {
            throw new IllegalArgumentException("no string before " + at + ": " + text);
        }
        return whole.substring(1, whole.length() - 1);
    }

    private Map<String, Object> object() {
        require("{");
        Map<String, Object> object = new LinkedHashMap<>();
        next();
        while (!is("}")) {
            String key = string();
            next();
            require(":");
            next();
            if (object.put(key, value()) != null) {
                throw new IllegalArgumentException(key + " stands twice: " + text);
            }
            afterValue("}");
        }
        return object;
    }

    private List<Object> list() {
        require("[");
        List<Object> list = new ArrayList<>();
        next();
        while (!is("]")) {
            list.add(value());
            afterValue("]");
        }
        return list;
    }

    private void afterValue(String end) {
        next();
        if (is(",")) {
            next();
            if (is(end)) {
                throw new IllegalArgumentException("a comma before " + end + ": " + text);
            }
        } else {
            require(end);
        }
    }
}
