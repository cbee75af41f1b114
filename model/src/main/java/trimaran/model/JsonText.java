package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a {@link JsonTree} as JSON (RFC 8259), without a space, its numbers as they were spelt. */
final class JsonText {

    private JsonText() {}

    static byte[] of(Map<String, Object> object) {
        StringBuilder out = new StringBuilder(512);
        value(out, object);
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
            case JsonTree.Literal(String literal) -> out.append(literal);
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
}
