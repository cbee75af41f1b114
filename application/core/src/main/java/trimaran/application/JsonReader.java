package trimaran.application;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/**
 * Reads JSON strictly: any byte string yields one value or a {@link MalformedException}. What it reads was checked at a
 * door, but the station that passes it on may have fallen.
 */
final class JsonReader {

    private final String source;
    private int at;

    JsonReader(Bytes json) throws MalformedException {
        try {
            source = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json.unsafeArray()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedException("the JSON is not UTF-8");
        }
    }

    JsonValue whole() throws MalformedException {
        JsonValue value = value(0);
        next();
        if (at < source.length()) {
            throw malformed();
        }
        return value;
    }

    private JsonValue value(int depth) throws MalformedException {
        if (depth > OfficeLimits.JSON_DEPTH_MAX) {
            throw new MalformedException("the JSON is nested deeper than " + OfficeLimits.JSON_DEPTH_MAX + " levels");
        }
        return switch (next()) {
            case '{' -> fields(depth);
            case '[' -> items(depth);
            case '"' -> new JsonValue.Text(text());
            case 't' -> literal("true", new JsonValue.Flag(true));
            case 'f' -> literal("false", new JsonValue.Flag(false));
            case 'n' -> literal("null", new JsonValue.Nothing());
            default -> number();
        };
    }

    private JsonValue fields(int depth) throws MalformedException {
        at++;
        Map<String, JsonValue> values = new LinkedHashMap<>();
        if (next() == '}') {
            at++;
            return new JsonValue.Fields(values);
        }
        while (true) {
            if (next() != '"') {
                throw malformed();
            }
            String name = text();
            take(':');
            if (values.putIfAbsent(name, value(depth + 1)) != null) {
                throw new MalformedException("the JSON repeats a name at character " + at);
            }
            if (next() == '}') {
                at++;
                return new JsonValue.Fields(values);
            }
            take(',');
        }
    }

    private JsonValue items(int depth) throws MalformedException {
        at++;
        List<JsonValue> values = new ArrayList<>();
        if (next() == ']') {
            at++;
            return new JsonValue.Items(values);
        }
        while (true) {
            values.add(value(depth + 1));
            if (next() == ']') {
                at++;
                return new JsonValue.Items(values);
            }
            take(',');
        }
    }

    private String text() throws MalformedException {
        at++;
        StringBuilder text = new StringBuilder();
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c < 0x20) {
                throw malformed();
            }
            text.append(c == '\\' ? escape() : c);
        }
        throw malformed();
    }

    private char escape() throws MalformedException {
        if (at >= source.length()) {
            throw malformed();
        }
        char c = source.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw malformed();
        };
    }

    private char unit() throws MalformedException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < source.length() && source.charAt(at) < 0x80 ? Character.digit(source.charAt(at), 16) : -1;
            if (digit < 0) {
                throw malformed();
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private JsonValue number() throws MalformedException {
        int start = at;
        if (here() == '-') {
            at++;
        }
        if (here() == '0') {
            at++;
        } else {
            digits();
        }
        if (here() == '.') {
            at++;
            digits();
        }
        if (here() == 'e' || here() == 'E') {
            at++;
            if (here() == '+' || here() == '-') {
                at++;
            }
            digits();
        }
        return new JsonValue.Numeral(source.substring(start, at));
    }

    private void digits() throws MalformedException {
        int start = at;
        while (here() >= '0' && here() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private JsonValue literal(String word, JsonValue value) throws MalformedException {
        if (!source.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private void take(char wanted) throws MalformedException {
        if (next() != wanted) {
            throw malformed();
        }
        at++;
    }

    /** The next character after white space, 0 at the end. */
    private char next() {
        while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') {
            at++;
        }
        return here();
    }

    private char here() {
        return at < source.length() ? source.charAt(at) : 0;
    }

    private MalformedException malformed() {
        return new MalformedException("not JSON at character " + at);
    }
}
