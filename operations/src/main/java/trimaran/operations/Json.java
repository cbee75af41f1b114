package trimaran.operations;

import java.util.Locale;
import java.util.Map;

/** Writes the results of {@code --json}: maps, lists, texts, whole numbers, truth values, null. */
final class Json {

    private Json() {}

    static String text(@org.jspecify.annotations.Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, @org.jspecify.annotations.Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                out.append('{');
                map.forEach((key, item) -> {
                    comma(out, '{');
                    quote(out, String.valueOf(key));
                    out.append(':');
                    write(out, item);
                });
                out.append('}');
            }
            case Iterable<?> items -> {
                out.append('[');
                items.forEach(item -> {
                    comma(out, '[');
                    write(out, item);
                });
                out.append(']');
            }
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> quote(out, value.toString());
        }
    }

    private static void comma(StringBuilder out, char opening) {
        if (out.charAt(out.length() - 1) != opening) {
            out.append(',');
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
