package trimaran.station.fhir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a few texts off an author's bytes as the record gives them: JSON that passed the strict check and has no white
 * space between tokens. Faster than checking it again.
 */
final class StoredText {

    private final byte[] json;
    private final String[] path;
    private final List<String> texts = new ArrayList<>(2);
    private final List<Map<String, String>> objects = new ArrayList<>(2);
    private int at;

    private StoredText(byte[] json, String[] path) {
        this.json = json;
        this.path = path;
    }

    /** The texts, numbers and truths at a path of element names, of every item where an element repeats. */
    static List<String> texts(byte[] json, String... path) {
        StoredText stored = new StoredText(json, path);
        stored.value(0);
        return stored.texts;
    }

    /** The strings in each object at a path, by name. */
    static List<Map<String, String>> objects(byte[] json, String... path) {
        StoredText stored = new StoredText(json, path);
        stored.value(0);
        return stored.objects;
    }

    /** Whether anything stands at a path. */
    static boolean isThere(byte[] json, String... path) {
        StoredText stored = new StoredText(json, path);
        stored.value(0);
        return !stored.texts.isEmpty() || !stored.objects.isEmpty();
    }

    private void value(int level) {
        switch (json[at]) {
            case '[' -> {
                at++;
                while (json[at] != ']') {
                    value(level);
                    at += json[at] == ',' ? 1 : 0;
                }
                at++;
            }
            case '{' -> members(level);
            case '"' -> {
                int start = at + 1;
                skip();
                if (level == path.length) {
                    texts.add(text(start, at - 1));
                }
            }
            default -> {
                int start = at;
                skip();
                if (level == path.length) {
                    texts.add(text(start, at));
                }
            }
        }
    }

    private void members(int level) {
        Map<String, String> strings = level == path.length ? new HashMap<>(4) : Map.of();
        at++;
        while (json[at] != '}') {
            int start = at + 1;
            skip();
            int end = at - 1;
            at++;
            if (level == path.length) {
                String name = text(start, end);
                int value = at + 1;
                boolean string = json[at] == '"';
                skip();
                if (string) {
                    strings.put(name, text(value, at - 1));
                }
            } else if (is(path[level], start, end)) {
                value(level + 1);
                if (level == 0) {
                    // A name occurs once, and nobody needs the rest of the resource.
                    return;
                }
            } else {
                skip();
            }
            at += json[at] == ',' ? 1 : 0;
        }
        at++;
        if (level == path.length) {
            objects.add(strings);
        }
    }

    private boolean is(String name, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (json[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over one value. */
    private void skip() {
        int depth = 0;
        do {
            switch (json[at]) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                default -> scalar();
            }
        } while (depth > 0);
    }

    private void string() {
        at++;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void scalar() {
        while (json[at] != ',' && json[at] != '}' && json[at] != ']') {
            at++;
        }
    }

    private String text(int start, int end) {
        String text = new String(json, start, end - start, StandardCharsets.UTF_8);
        return text.indexOf('\\') < 0 ? text : unescaped(text);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next != '\\') {
                plain.append(next);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> plain.append(kind);
            }
        }
        return plain.toString();
    }
}
