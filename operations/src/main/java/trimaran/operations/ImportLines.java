package trimaran.operations;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one resource a line, a line at a time, however long the file is. */
final class ImportLines {

    /** Longest line: one resource. What is larger comes as a file of its own, which is never held. */
    static final int LINE_BYTES_MAX = 4 << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    /** Takes the lines of a file in their order, blank ones left out. */
    interface Taker {
        void line(long number, byte[] content) throws InterruptedException;

        void tooLong(long number);
    }

    private ImportLines() {}

    static void each(Path file, Taker taker) throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 1;
            long length = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    give(taker, number++, line, length);
                    line.reset();
                    length = 0;
                } else if (++length <= LINE_BYTES_MAX) {
                    line.write(next);
                }
            }
            give(taker, number, line, length);
        }
    }

    private static void give(Taker taker, long number, ByteArrayOutputStream line, long length)
            throws InterruptedException {
        if (length > LINE_BYTES_MAX) {
            taker.tooLong(number);
            return;
        }
        byte[] content = line.toByteArray();
        for (byte one : content) {
            if (one > ' ' || one < 0) {
                taker.line(number, content);
                return;
            }
        }
    }
}
