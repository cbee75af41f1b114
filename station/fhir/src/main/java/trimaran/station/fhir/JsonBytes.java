package trimaran.station.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer being written: UTF-8 JSON, straight into one array. */
final class JsonBytes {

    private byte[] out;
    private int size;

    JsonBytes(int expected) {
        out = new byte[Math.max(64, expected)];
    }

    int size() {
        return size;
    }

    byte[] toArray() {
        return size == out.length ? out : Arrays.copyOf(out, size);
    }

    /** JSON as it is; ASCII only. */
    @SuppressWarnings("deprecation") // The one call that copies ASCII without an encoder.
    JsonBytes raw(String ascii) {
        int length = ascii.length();
        room(length);
        ascii.getBytes(0, length, out, size);
        size += length;
        return this;
    }

    JsonBytes raw(long number) {
        return raw(Long.toString(number));
    }

    JsonBytes raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, out, size, json.length);
        size += json.length;
        return this;
    }

    /** A string with its quotes, escaped; a control character becomes a space. */
    JsonBytes text(String text) {
        room(text.length() + 2);
        out[size++] = '"';
        if (isPlain(text)) {
            raw(text);
        } else {
            escaped(text.getBytes(StandardCharsets.UTF_8));
        }
        room(1);
        out[size++] = '"';
        return this;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < ' ' || next > '~' || next == '"' || next == '\\') {
                return false;
            }
        }
        return true;
    }

    private void escaped(byte[] utf8) {
        room(utf8.length * 2);
        for (byte next : utf8) {
            if (next == '"' || next == '\\') {
                out[size++] = '\\';
                out[size++] = next;
            } else if (next >= 0 && next < ' ') {
                // FHIR allows no control characters in a string (R4 datatypes, string).
                out[size++] = ' ';
            } else {
                out[size++] = next;
            }
        }
    }

    private void room(int more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, Math.max(size + more, out.length * 2));
        }
    }
}
