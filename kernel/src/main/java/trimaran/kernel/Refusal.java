package trimaran.kernel;

import java.nio.charset.StandardCharsets;

/**
 * An expected no: a code that never changes its meaning and one English sentence a person can act on. The place names the
 * spot in what was sent (a FHIR path, a byte), never its content. Doors translate by code.
 *
 * @param place where in the request, or empty
 */
public record Refusal(Code code, String sentence, String place) {

    /** Longest sentence or place, in bytes, that crosses a line. */
    public static final int TEXT_MAX = 1024;

    public static Refusal of(Code code, String sentence) {
        return new Refusal(code, sentence, "");
    }

    public static Refusal at(Code code, String place, String sentence) {
        return new Refusal(code, sentence, place);
    }

    public static Refusal read(Reader reader) throws MalformedException {
        return new Refusal(Code.read(reader), reader.text(TEXT_MAX), reader.text(TEXT_MAX));
    }

    public void write(Writer writer) {
        code.write(writer);
        writer.text(bounded(sentence)).text(bounded(place));
    }

    private static String bounded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, TEXT_MAX);
        // A byte 10xxxxxx goes on with a character: it is not cut in two.
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return code.tag() + " " + sentence + (place.isEmpty() ? "" : " (" + place + ")");
    }
}
