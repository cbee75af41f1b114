package trimaran.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** How files are written so that a power cut leaves the old or the new content, readable by their owner alone. */
final class DurableFile {

    /** Marks a file that is being written; no name a party may choose holds this character. */
    static final String UNFINISHED = "~";

    /** Marks a file that is being destroyed. */
    static final String CONDEMNED = ".gone" + UNFINISHED;

    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final FileAttribute<?> FILE_MODE = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Set<OpenOption> WRITTEN_OVER =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private DurableFile() {}

    /** Writes a file of the same folder first and puts it in place in one step. */
    static void replace(Path file, byte[] content, boolean synced) throws IOException {
        Path unfinished = unfinished(file);
        createFolder(folderOf(file));
        put(unfinished, WRITTEN_OVER, content, synced, none -> {}, FILE_MODE);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (synced) {
            syncFolder(folderOf(file));
        }
    }

    /**
     * As {@link #replace}, synced, of a file that is not its writer's alone: it is of whom the other one is, and read by whom that is read.
     * Its folder may be another account's, which must not lead whoever writes here elsewhere: no link is followed.
     */
    static void replaceShared(Path file, byte[] content, Path like) throws IOException {
        Path unfinished = unfinished(file);
        createFolder(folderOf(file));
        // What a power cut left of another attempt may be another account's.
        Files.deleteIfExists(unfinished);
        put(unfinished, NEW, content, true, fresh -> inherit(like, fresh));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folderOf(file));
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.toFile().getName() + UNFINISHED);
    }

    /** What is done to a file before anything is in it, so that one sync holds all of it. */
    @FunctionalInterface
    private interface Preparing {
        void prepare(Path fresh) throws IOException;
    }

    private static void put(
            Path unfinished,
            Set<OpenOption> how,
            byte[] content,
            boolean synced,
            Preparing preparing,
            FileAttribute<?>... mode)
            throws IOException {
        try (FileChannel channel = FileChannel.open(unfinished, how, mode)) {
            preparing.prepare(unfinished);
            write(channel, content);
            if (synced) {
                channel.force(true);
            }
        } catch (IOException refused) {
            // A full disk would be fuller by each attempt.
            Files.deleteIfExists(unfinished);
            throw refused;
        }
    }

    private static void inherit(Path like, Path fresh) throws IOException {
        if (!Files.exists(like, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        PosixFileAttributes before = attributes(like).readAttributes();
        PosixFileAttributeView view = attributes(fresh);
        PosixFileAttributes made = view.readAttributes();
        try {
            if (!made.group().equals(before.group())) {
                view.setGroup(before.group());
            }
            if (!made.owner().equals(before.owner())) {
                view.setOwner(before.owner());
            }
        } catch (IOException notGiven) {
            // Only root gives a file away. Under the former mode alone, whoever read it before might not any more.
            return;
        }
        view.setPermissions(before.permissions());
    }

    private static PosixFileAttributeView attributes(Path file) {
        return Objects.requireNonNull(
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** Adds to the end of a file. When the disk refuses, what was added of it is taken back as far as the disk allows. */
    static void append(Path file, byte[] content) throws IOException {
        createFolder(folderOf(file));
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                FILE_MODE)) {
            long before = channel.size();
            try {
                write(channel, content);
                channel.force(true);
            } catch (IOException refused) {
                takeBack(channel, before, refused);
                throw refused;
            }
        }
        if (fresh) {
            syncFolder(folderOf(file));
        }
    }

    private static void takeBack(FileChannel channel, long size, IOException refused) {
        try {
            channel.truncate(size);
        } catch (IOException also) {
            refused.addSuppressed(also);
        }
    }

    /**
     * Gives a file a name nobody reads, durably, then writes zeros over it and removes it: a power cut in between leaves the whole file
     * or none under its name, never one of zeros, and {@link #destroyLeftovers} ends what was begun. A disk that writes
     * elsewhere each time may keep the content until it needs the room.
     */
    static void destroy(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path condemned = file.resolveSibling(file.toFile().getName() + CONDEMNED);
        Files.move(file, condemned, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folderOf(file));
        overwrite(condemned);
    }

    /** Ends what a power cut broke off, in one folder. */
    static void destroyLeftovers(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file ->
                            file.toString().endsWith(CONDEMNED) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path one : found) {
            overwrite(one);
        }
    }

    private static void overwrite(Path condemned) throws IOException {
        try (FileChannel channel = FileChannel.open(condemned, StandardOpenOption.WRITE)) {
            write(channel, new byte[Math.toIntExact(channel.size())]);
            channel.force(true);
        }
        Files.delete(condemned);
        syncFolder(folderOf(condemned));
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folderOf(folder);
        createFolder(parent);
        Files.createDirectory(folder, FOLDER_MODE);
        syncFolder(parent);
    }

    /** A new name in a folder survives a power cut only once the folder itself is on disk. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folderOf(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new NoSuchFileException(path.toString());
        }
        return parent;
    }
}
