package trimaran.station.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a message apart: character set, delimiters, segments, fields (HL7 2.5, chapter 2). Any bytes give a message or faults,
 * in one pass and within the limits. Line feeds for carriage returns, both, and empty lines are taken as they come.
 */
final class Reading {

    /** What came of some bytes: a message with what is odd in it, or, if errors are among the faults, as much as could be read. */
    record Result(Optional<Message> message, List<Fault> faults) {
        Result {
            faults = List.copyOf(faults);
        }

        boolean isGood() {
            return message.isPresent() && faults.stream().noneMatch(one -> one.severity() == Fault.Severity.ERROR);
        }
    }

    private static final Place MSH_1 = Place.of("MSH", 1);
    private static final Place MSH_2 = Place.of("MSH", 2);
    private static final Place MSH_18 = Place.of("MSH", 18);
    private static final Fault.Said CHARSETS = Fault.Said.both("UNICODE UTF-8, 8859/1, 8859/15, ASCII");

    private final byte[] bytes;
    private final int segmentsMax;
    private final List<Fault> faults = new ArrayList<>();

    private Reading(byte[] bytes, int segmentsMax) {
        this.bytes = bytes;
        this.segmentsMax = segmentsMax;
    }

    static Result read(byte[] bytes, int segmentsMax) {
        return new Reading(bytes, segmentsMax).run();
    }

    private Result run() {
        String head = head();
        if (!head.startsWith("MSH") || head.length() < 8) {
            return failed(Fault.error(
                    Fault.Kind.SEGMENT_ORDER,
                    MSH_1,
                    Fault.Said.of("un message qui commence par MSH", "a message that begins with MSH"),
                    head.substring(0, Math.min(8, head.length()))));
        }
        Optional<Delimiters> raw = Delimiters.of(head, StandardCharsets.ISO_8859_1);
        if (raw.isEmpty()) {
            return failed(Fault.error(
                    Fault.Kind.UNREADABLE,
                    MSH_2,
                    Fault.Said.of("quatre délimiteurs distincts, comme ^~\\&", "four distinct delimiters, as ^~\\&"),
                    head.substring(3, Math.min(9, head.length()))));
        }
        Segment named = segment(head, 1, raw.get());
        String name = named.values(18).isEmpty() ? "" : named.value(18).text();
        Optional<String> text = name.isEmpty() ? guessed() : decoded(name);
        Charset charset = charsetUsed;
        if (text.isEmpty() || charset == null) {
            // What can be said of the sender is in ASCII: enough to answer.
            return new Result(Optional.of(new Message(List.of(named))), faults);
        }
        return taken(text.get(), Delimiters.of(head, charset).orElseThrow());
    }

    private @Nullable Charset charsetUsed;

    private Result failed(Fault fault) {
        faults.add(fault);
        return new Result(Optional.empty(), faults);
    }

    /** The first line, byte for byte. */
    private String head() {
        int start = start();
        int end = start;
        while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Behind a byte order mark and white space some senders put first. */
    private int start() {
        boolean mark =
                bytes.length > 2 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf;
        int at = mark ? 3 : 0;
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n' || bytes[at] == ' ')) {
            at++;
        }
        return at;
    }

    private Optional<String> decoded(String name) {
        Optional<Charset> charset = Charsets.named(name);
        if (charset.isEmpty()) {
            faults.add(Fault.error(Fault.Kind.CHARSET, MSH_18, CHARSETS, name));
            return Optional.empty();
        }
        charsetUsed = charset.get();
        Charsets.Decoded decoded = Charsets.decode(bytes, charset.get());
        if (decoded.text().isEmpty()) {
            int at = decoded.badByte();
            faults.add(Fault.error(
                    Fault.Kind.CHARSET,
                    placeOf(at),
                    Fault.Said.of("des caractères de " + name, "characters of " + name),
                    "0x%02X".formatted(bytes[Math.min(at, bytes.length - 1)] & 0xff)));
        }
        return decoded.text();
    }

    /** MSH-18 is empty: by the standard ASCII. What is not is read as what it can be, and that is said. */
    private Optional<String> guessed() {
        for (Charset charset : List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_8, Charsets.LATIN_9)) {
            Charsets.Decoded decoded = Charsets.decode(bytes, charset);
            if (decoded.text().isPresent()) {
                charsetUsed = charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
                if (!charset.equals(StandardCharsets.US_ASCII)) {
                    String read = charset.equals(StandardCharsets.UTF_8) ? "UNICODE UTF-8" : "8859/15";
                    faults.add(Fault.warning(
                            Fault.Kind.CHARSET,
                            MSH_18,
                            Fault.Said.of(
                                    "le jeu de caractères ; lu comme " + read, "the character set; read as " + read),
                            ""));
                }
                return decoded.text();
            }
        }
        throw new IllegalStateException("every byte is a character of ISO 8859");
    }

    /** The segment and field a byte lies in. */
    private Place placeOf(int at) {
        String before = new String(bytes, 0, Math.min(at, bytes.length), StandardCharsets.ISO_8859_1);
        String[] lines = before.substring(Math.min(start(), before.length())).split("[\r\n]+", -1);
        String line = lines[lines.length - 1];
        String name = line.length() >= 3 ? line.substring(0, 3) : line;
        int sequence = 0;
        for (String one : lines) {
            sequence += one.startsWith(name) ? 1 : 0;
        }
        char separator = before.length() > start() + 3 ? before.charAt(start() + 3) : '|';
        int field = (int) line.chars().filter(one -> one == separator).count();
        return new Place(name, sequence, name.equals("MSH") ? field + 1 : field, 0, 0);
    }

    // ---- segments

    private Result taken(String whole, Delimiters delimiters) {
        String text = whole.startsWith("\uFEFF") ? whole.substring(1) : whole;
        // Where carriage returns end segments, a line feed alone is part of a text somebody did not escape.
        boolean returns = text.indexOf('\r') >= 0;
        List<Segment> segments = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(returns ? '\r' : '\n', from);
            end = end < 0 ? text.length() : end;
            String line = stripped(text, from, end);
            from = end + 1;
            if (line.isBlank()) {
                continue;
            }
            if (segments.size() >= segmentsMax) {
                faults.add(Fault.error(
                        Fault.Kind.TOO_LARGE,
                        Place.NOWHERE,
                        Fault.Said.of("au plus " + segmentsMax + " segments", "at most " + segmentsMax + " segments"),
                        ""));
                break;
            }
            String name = line.substring(0, Math.min(3, line.length()));
            boolean separated = line.length() == 3 || (line.length() > 3 && line.charAt(3) == delimiters.field());
            if (!name.matches("[A-Z][A-Z0-9]{2}") || !separated) {
                String last = segments.isEmpty() ? "" : segments.getLast().name();
                faults.add(Fault.error(
                        Fault.Kind.SEGMENT_ORDER,
                        last.isEmpty() ? Place.NOWHERE : Place.of(segments.getLast()),
                        Fault.Said.of(
                                "un nom de segment en début de ligne, après " + last,
                                "the name of a segment at the beginning of a line, after " + last),
                        line));
                break;
            }
            int sequence = counts.getOrDefault(name, 0) + 1;
            counts.put(name, sequence);
            Segment segment = segment(line, sequence, delimiters);
            if (segment.fields().size() > Hl7Limits.FIELDS_MAX) {
                faults.add(Fault.error(
                        Fault.Kind.TOO_LARGE,
                        segment.at(Hl7Limits.FIELDS_MAX + 1),
                        Fault.Said.of(
                                "au plus " + Hl7Limits.FIELDS_MAX + " champs",
                                "at most " + Hl7Limits.FIELDS_MAX + " fields"),
                        ""));
                break;
            }
            segments.add(segment);
        }
        return new Result(Optional.of(new Message(segments)), faults);
    }

    private static String stripped(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && (text.charAt(start) == '\n' || text.charAt(start) == ' ')) {
            start++;
        }
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    private static Segment segment(String line, int sequence, Delimiters delimiters) {
        List<String> fields = Segment.split(line, delimiters.field(), Hl7Limits.FIELDS_MAX + 2);
        List<String> numbered = new ArrayList<>(fields.subList(1, fields.size()));
        String name = line.substring(0, 3);
        if (name.equals("MSH")) {
            numbered.addFirst(String.valueOf(delimiters.field()));
        }
        return new Segment(name, sequence, numbered, delimiters);
    }
}
