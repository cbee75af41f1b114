package trimaran.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trimaran.kernel.Code;

/** Files of HL7 v2 messages, as interface teams keep them: one or many a file, with any line ends, perhaps in a batch. */
final class MessageFiles {

    /** Largest file read at once; a day of a hospital is some 20 MB. */
    static final long FILE_BYTES_MAX = 256L << 20;

    private static final Pattern ENDING = Pattern.compile("(?i).*\\.(hl7|er7|txt)");

    /** A message begins at a header at the beginning of a line. */
    private static final Pattern HEADER = Pattern.compile("(?m)^\\x0b?MSH(?=[^A-Za-z0-9\\s])");

    /** What stands around messages in a batch file (HL7 2.5, 2.10.3). */
    private static final Pattern BATCH = Pattern.compile("(?m)^(FHS|BHS|BTS|FTS)[^\r\n]*[\r\n]*");

    private MessageFiles() {}

    /** One file, or those of a folder and the folders in it, by name. */
    static List<Path> of(Path source) throws IOException, RefusedException {
        if (Files.isRegularFile(source)) {
            return List.of(source);
        }
        if (!Files.isDirectory(source)) {
            throw new RefusedException(Code.USAGE, "there is no file or folder " + source);
        }
        try (Stream<Path> inside = Files.walk(source)) {
            Predicate<Path> message = path -> ENDING.matcher(path.toString()).matches();
            List<Path> files =
                    inside.filter(Files::isRegularFile).filter(message).sorted().toList();
            if (files.isEmpty()) {
                throw new RefusedException(Code.USAGE, "no .hl7, .er7 or .txt file in " + source);
            }
            return files;
        }
    }

    /** The messages of a file, byte for byte but for their line ends, which are made those of the standard. */
    static List<byte[]> messages(Path file) throws IOException, RefusedException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new RefusedException(Code.TOO_LARGE, file + " has more than " + FILE_BYTES_MAX + " bytes");
        }
        // One character a byte: what character set a message is in is the door's business.
        String text = BATCH.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                .replaceAll("");
        List<byte[]> messages = new ArrayList<>();
        Matcher header = HEADER.matcher(text);
        int from = header.find() ? header.start() : text.length();
        while (from < text.length()) {
            int to = header.find() ? header.start() : text.length();
            String message = text.substring(from, to).replaceAll("[\\x0b\\x1c]", "");
            messages.add((message.replaceAll("[\r\n]+", "\r").strip() + "\r").getBytes(StandardCharsets.ISO_8859_1));
            from = to;
        }
        return messages;
    }

    /** By what messages of one patient are kept in order: the first number of PID-3, else the whole message. */
    static String patient(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return number(text, "PID", 3).orElse(text);
    }

    /** The number that is merged into it, if it tells a merge (MRG-1). */
    static Optional<String> merged(byte[] message) {
        return number(new String(message, StandardCharsets.ISO_8859_1), "MRG", 1);
    }

    private static Optional<String> number(String text, String segment, int field) {
        int start = text.indexOf("\r" + segment);
        if (start < 0 || start + 4 >= text.length()) {
            return Optional.empty();
        }
        String separator = Pattern.quote(String.valueOf(text.charAt(start + 4)));
        String[] fields = text.substring(start + 1).split(separator, field + 2);
        return fields.length > field ? Optional.of(fields[field].split("[\\^~\r]", 2)[0]) : Optional.empty();
    }
}
