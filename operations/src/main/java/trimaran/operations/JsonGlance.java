package trimaran.operations;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The text members at the top of a JSON object, read as far as needed and no further: enough to send a file to the right
 * place. Whether the rest is JSON, the station judges.
 */
final class JsonGlance {

    /** Longest text kept; a resource type or id is far shorter. */
    private static final int TEXT_MAX = 256;

    private final Reader source;
    private final Set<String> wanted;
    private final Map<String, String> found = new HashMap<>();
    private int next;

    private JsonGlance(Reader source, Set<String> wanted) {
        this.source = source;
        this.wanted = wanted;
    }

    /** @return the wanted members that are texts; empty if this does not begin like an object */
    static Optional<Map<String, String>> at(Reader source, Set<String> wanted) throws IOException {
        return new JsonGlance(source, wanted).object();
    }

    private Optional<Map<String, String>> object() throws IOException {
        advance();
        if (next == '\uFEFF') {
            advance();
        }
        blank();
        if (next != '{') {
            return Optional.empty();
        }
        advance();
        blank();
        while (next == '"' && found.size() < wanted.size()) {
            String name = text();
            blank();
            if (next != ':') {
                return Optional.empty();
            }
            advance();
            blank();
            if (next == '"') {
                String value = text();
                if (wanted.contains(name)) {
                    found.put(name, value);
                }
            } else {
                skip();
            }
            blank();
            if (next == ',') {
                advance();
                blank();
            }
        }
        return Optional.of(found);
    }

    /** Passes over a value that is no text: brackets are counted, texts inside may hold brackets. */
    private void skip() throws IOException {
        int depth = 0;
        while (next >= 0) {
            if (next == '"') {
                text();
                continue;
            }
            if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                if (depth == 0) {
                    return;
                }
                depth--;
            } else if (next == ',' && depth == 0) {
                return;
            }
            advance();
        }
    }

    /** Reads a text and passes its closing quote. Escapes stay as they are: what is wanted has none. */
    private String text() throws IOException {
        StringBuilder text = new StringBuilder();
        advance();
        while (next >= 0 && next != '"') {
            if (next == '\\') {
                advance();
            }
            if (text.length() < TEXT_MAX) {
                text.append((char) next);
            }
            advance();
        }
        advance();
        return text.toString();
    }

    private void blank() throws IOException {
        while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            advance();
        }
    }

    private void advance() throws IOException {
        next = source.read();
    }
}
