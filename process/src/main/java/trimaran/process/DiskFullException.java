package trimaran.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disk, or this account's part of it, is full. A party's main ends the process with {@code Code.DISK_FULL}. */
public final class DiskFullException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    /** How deep causes are followed; a longer chain is a loop. */
    private static final int CAUSES_MAX = 16;

    /** Java gives no code for it, only the words of the operating system: a full disk, a full quota, a file at its limit. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "File too large");

    public DiskFullException(IOException cause) {
        super("the disk is full", cause);
    }

    /** Whether a full disk is behind this failure, whichever library reports it. */
    public static boolean isBehind(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof DiskFullException || WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The failure as it is thrown on: a full disk by its name, everything else as it came. */
    static UncheckedIOException of(IOException failure) {
        return isBehind(failure) ? new DiskFullException(failure) : new UncheckedIOException(failure);
    }
}
