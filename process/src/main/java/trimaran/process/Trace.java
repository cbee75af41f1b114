package trimaran.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/**
 * Where a program goes wrong in a way nobody foresaw: a person reads one line, and who mends the program finds the trace in a file of its
 * own, readable by its owner alone.
 */
public final class Trace {

    /** In a party's folder: of the last failure. */
    public static final String FILE = "fault.trace";

    /** What of a failure's own words goes into a line for people. */
    static final int WORDS_MAX = 300;

    private Trace() {}

    /** What failed, in one line: its kind and its own words. */
    public static String words(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        return line(failure.getMessage() == null ? kind : kind + ": " + failure.getMessage());
    }

    /**
     * What a party's process says last when it cannot go on: one line, and where the trace is.
     *
     * @param who the party, as a sentence begins
     */
    public static Refusal refusal(String who, Path folder, Throwable failure) {
        if (DiskFullException.isBehind(failure)) {
            return Refusal.of(Code.DISK_FULL, "the disk is full");
        }
        String what = failure instanceof UncheckedIOException unwritten
                ? who + " cannot use its disk: " + DiskFailure.words(unwritten)
                : who + " stopped on a fault of this program (" + words(failure) + ")";
        return Refusal.of(Code.BROKEN, what + "; " + into(folder, failure));
    }

    /**
     * Writes the trace into a party's folder, in place of the one before.
     *
     * @return where it is, or why it is nowhere: the end of a sentence
     */
    public static String into(Path folder, Throwable failure) {
        try {
            FileDisk.in(folder).replace(FILE, text(failure));
            return isIn(folder.resolve(FILE));
        } catch (UncheckedIOException unwritten) {
            return isNowhere(DiskFailure.words(unwritten));
        }
    }

    /** As {@link #into}, into a file of its own in this folder: who runs a command has no folder of their own. */
    public static String among(Path folder, Throwable failure) {
        try {
            Path file = Files.createTempFile(folder, "trimaran-", "-" + FILE);
            Files.write(file, text(failure).unsafeArray());
            return isIn(file);
        } catch (IOException unwritten) {
            return isNowhere(DiskFailure.words(unwritten));
        }
    }

    private static String isIn(Path file) {
        return "the trace is in " + file;
    }

    private static String isNowhere(String why) {
        return "its trace could not be written (" + why + ")";
    }

    private static Bytes text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return Bytes.ofText(text.toString());
    }

    /** Without the ends of lines, and no longer than a person reads. */
    static String line(String words) {
        String one = words.strip().replaceAll("\\s*\\R\\s*", " ");
        return one.length() <= WORDS_MAX ? one : one.substring(0, WORDS_MAX) + "…";
    }
}
