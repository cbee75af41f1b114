package trimaran.station.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import trimaran.kernel.MalformedException;

/**
 * What a form sent ({@code application/x-www-form-urlencoded}, as WHATWG's URL standard writes it), or what stands behind the
 * question mark of an address. A field that is there twice counts as it was first.
 */
record Form(Map<String, String> fields) {

    static final Form NONE = new Form(Map.of());

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t\\r\\n]]");

    Form {
        fields = Map.copyOf(fields);
    }

    /** The text of a field; empty if it is not there. */
    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** @throws MalformedException if it is not encoded as forms are, is not UTF-8, or has too many fields */
    static Form read(byte[] encoded) throws MalformedException {
        Map<String, String> fields = new HashMap<>();
        String text = new String(encoded, StandardCharsets.ISO_8859_1);
        String[] pairs = text.isEmpty() ? new String[0] : text.split("&", WebLimits.FORM_FIELDS_MAX + 2);
        if (pairs.length > WebLimits.FORM_FIELDS_MAX) {
            throw new MalformedException("a form of too many fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            fields.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return new Form(fields);
    }

    private static String decoded(String text) throws MalformedException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                boolean whole = i + 2 < text.length();
                int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new MalformedException("a percent sign that encodes nothing");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            String plain =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            // What is pasted brings form feeds and the like, which no text of FHIR may hold (R4 datatypes, string).
            return CONTROL.matcher(plain).replaceAll(" ");
        } catch (CharacterCodingException other) {
            throw new MalformedException("a form that is not UTF-8");
        }
    }
}
