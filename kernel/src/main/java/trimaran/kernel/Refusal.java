package trimaran.kernel;

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
        // A quarter of the limit in characters fits whatever UTF-8 makes of them.
        return text.length() <= TEXT_MAX / 4 ? text : text.substring(0, TEXT_MAX / 4);
    }

    @Override
    public String toString() {
        return code.tag() + " " + sentence + (place.isEmpty() ? "" : " (" + place + ")");
    }
}
