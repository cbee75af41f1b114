package trimaran.operations;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import trimaran.exposure.Exposed;
import trimaran.exposure.ExposureText;
import trimaran.kernel.Code;
import trimaran.process.DiskFullException;

/**
 * The list of whose data could be read, as a file: under its name it is whole. It is written beside its place and renamed at the end, so
 * that a full disk or a run that breaks off leaves no shorter list that looks like one.
 */
record ExposureFile(Path file) {

    /** What the file is called while it is written. */
    private static final String PART = ".part";

    /** Where nothing can be written nobody is asked for anything. */
    static ExposureFile named(Path given) throws RefusedException {
        ExposureFile named = new ExposureFile(given.toAbsolutePath().normalize());
        if (Files.exists(named.file, LinkOption.NOFOLLOW_LINKS)) {
            throw named.there();
        }
        Path folder = named.file.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new RefusedException(
                    Code.USAGE,
                    "nothing can be written at " + named.file + ": its folder is missing or closed; name another file");
        }
        named.requireNoPart();
        return named;
    }

    private Path part() {
        return file.resolveSibling(file.getFileName() + PART);
    }

    private void requireNoPart() throws RefusedException {
        if (Files.exists(part(), LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(
                    Code.USAGE, part() + " is left of a list that is being written, or was broken off; remove it");
        }
    }

    private RefusedException there() {
        return new RefusedException(Code.USAGE, file + " is there already; name a file that is not");
    }

    /** What stands in the file. */
    @FunctionalInterface
    interface Rows {
        void to(Writer out) throws IOException;
    }

    void write(ExposureText text) throws RefusedException {
        write(out -> {
            out.write(ExposureText.HEADER + "\r\n");
            for (Exposed patient : text.exposure().patients()) {
                out.write(text.row(patient) + "\r\n");
            }
        });
    }

    void write(Rows rows) throws RefusedException {
        Thread onStop = Thread.ofPlatform().unstarted(() -> Draft.remove(part()));
        try {
            Files.createFile(
                    part(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Runtime.getRuntime().addShutdownHook(onStop);
            try {
                whole(rows);
                Files.move(part(), file);
            } finally {
                Draft.remove(part());
                Draft.forget(onStop);
            }
        } catch (FileAlreadyExistsException meanwhile) {
            requireNoPart();
            throw there();
        } catch (IOException failure) {
            if (DiskFullException.isBehind(failure)) {
                throw new RefusedException(
                        Code.DISK_FULL,
                        "the disk is full, and " + file + " is not written; name a file on another one");
            }
            throw new RefusedException(
                    Code.USAGE, "nothing can be written at " + file + ", and nothing stays of it; name another file");
        }
    }

    private void whole(Rows rows) throws IOException {
        try (FileOutputStream bytes = new FileOutputStream(part().toFile());
                BufferedWriter out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            rows.to(out);
            out.flush();
            bytes.getFD().sync();
        }
    }
}
