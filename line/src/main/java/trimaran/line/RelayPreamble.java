package trimaran.line;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;

/**
 * The one line in clear before TLS when a channel goes through a relay, {@code TRIMARAN-RELAY/1 data} and a line feed, and
 * the relay's one answer. A relay that will not or cannot says nothing and closes.
 */
public final class RelayPreamble {

    /** Longest preamble with its line feed: the fixed part and a name of 32 characters, with room for a next version. */
    public static final int SIZE_MAX = 64;

    /** What the relay says when both ends are joined; the next byte belongs to TLS. */
    public static final Bytes JOINED = Bytes.ofText("OK\n");

    private static final String START = "TRIMARAN-RELAY/1 ";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private RelayPreamble() {}

    public static boolean isDestination(String name) {
        return NAME.matcher(name).matches();
    }

    public static Bytes of(String destination) {
        return Bytes.ofText(START + destination + "\n");
    }

    /** The destination a whole line names, line feed included; empty for anything else. */
    public static Optional<String> destination(Bytes line) {
        if (line.size() > SIZE_MAX) {
            return Optional.empty();
        }
        String text = new String(line.unsafeArray(), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(START) || !text.endsWith("\n")) {
            return Optional.empty();
        }
        String name = text.substring(START.length(), text.length() - 1);
        return isDestination(name) ? Optional.of(name) : Optional.empty();
    }
}
