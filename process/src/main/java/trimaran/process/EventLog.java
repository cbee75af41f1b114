package trimaran.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened, one line for each event: time, event, fields. Made so that nothing about a patient can get in: see
 * {@link Field}; of an exception it writes the types and places, never the message. A log that cannot be written stops
 * nobody: the event is counted as lost. MAY be used from any thread.
 */
public final class EventLog implements AutoCloseable {

    /** When a file is full it becomes {@code <name>.1} and a new one begins, so two of this size are the most on disk. */
    public static final long FILE_BYTES = 8L << 20;

    /** Frames of an exception that are written, and causes that are followed. */
    private static final int FRAMES_MAX = 24;

    private static final int CAUSES_MAX = 4;

    private final @Nullable Path file;
    private final long fileBytes;
    private OutputStream out;
    private long written;
    private long lost;

    private EventLog(@Nullable Path file, long fileBytes, OutputStream out, long written) {
        this.file = file;
        this.fileBytes = fileBytes;
        this.out = out;
        this.written = written;
    }

    /** Events on the standard error, where the launcher or the service manager collects them. */
    public static EventLog toStandardError() {
        return new EventLog(null, Long.MAX_VALUE, System.err, 0);
    }

    /** Events at the end of this file. */
    public static EventLog to(Path file) {
        return to(file, FILE_BYTES);
    }

    static EventLog to(Path file, long fileBytes) {
        try {
            DurableFile.createFolder(file.toAbsolutePath().resolveSibling("").normalize());
            OutputStream out = open(file);
            return new EventLog(file, fileBytes, out, Files.size(file));
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    public void write(Enum<?> event, Field... fields) {
        StringBuilder line = head(event);
        for (Field field : fields) {
            line.append(' ').append(field);
        }
        add(line);
    }

    /** An event with what was thrown: the types of the exceptions and the places in the code, on the same line. */
    public void failed(Enum<?> event, Throwable thrown) {
        StringBuilder line = head(event);
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            line.append(depth == 0 ? " thrown=" : " cause=")
                    .append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES_MAX, frames.length); i++) {
                line.append(i == 0 ? " at=" : ",")
                        .append(frames[i].getClassName())
                        .append('.')
                        .append(frames[i].getMethodName())
                        .append(':')
                        .append(frames[i].getLineNumber());
            }
            cause = cause.getCause();
        }
        add(line);
    }

    /** Events that could not be written. */
    public synchronized long lost() {
        return lost;
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                out.close();
            } catch (IOException failure) {
                lost++;
            }
        }
    }

    private static StringBuilder head(Enum<?> event) {
        return new StringBuilder(160).append(Instant.now()).append(' ').append(Field.word(event));
    }

    private synchronized void add(StringBuilder line) {
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        try {
            if (file != null && written > 0 && written + bytes.length > fileBytes) {
                rotate(file);
            }
            out.write(bytes);
            out.flush();
            written += bytes.length;
        } catch (IOException failure) {
            lost++;
        }
    }

    private void rotate(Path full) throws IOException {
        out.close();
        Files.move(full, full.resolveSibling(full.toFile().getName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        out = open(full);
        written = 0;
    }

    private static OutputStream open(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(DurableFile.OWNER_ONLY));
        }
        return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }
}
