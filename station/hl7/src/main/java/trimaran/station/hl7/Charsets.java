package trimaran.station.hl7;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Character sets by their names in MSH-18 (HL7 table 0211), and strict decoding. */
final class Charsets {

    static final Charset LATIN_9 = Charset.forName("ISO-8859-15");

    private Charsets() {}

    /** A character set by its name in MSH-18; empty for one this door does not know. */
    static Optional<Charset> named(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT).replace('_', ' ')) {
            case "UNICODE UTF-8", "UTF-8", "UTF8", "UNICODE" -> Optional.of(StandardCharsets.UTF_8);
            case "8859/1", "ISO-8859-1", "ISO8859-1" -> Optional.of(StandardCharsets.ISO_8859_1);
            case "8859/15", "ISO-8859-15", "ISO8859-15" -> Optional.of(LATIN_9);
            case "ASCII", "ISO IR6", "US-ASCII" -> Optional.of(StandardCharsets.US_ASCII);
            case "UNICODE UTF-16" -> Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A text, or at which byte it is none of this character set. */
    record Decoded(Optional<String> text, int badByte) {}

    static Decoded decode(byte[] bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            CharBuffer text = decoder.decode(in);
            return new Decoded(Optional.of(text.toString()), -1);
        } catch (CharacterCodingException bad) {
            return new Decoded(Optional.empty(), in.position());
        }
    }
}
