package trimaran.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/**
 * A party's own folder on the real disk, readable by its account alone. Failures are
 * {@link java.io.UncheckedIOException}s, a full disk is a {@link DiskFullException}.
 */
public final class FileDisk implements Disk {

    /** Longest name, folders included: far below what file systems bear. */
    public static final int NAME_MAX = 200;

    /** One step of a name: no dot in front, so neither the folder above nor a hidden file can be named. */
    private static final Pattern STEP = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Path folder;

    private FileDisk(Path folder) {
        this.folder = folder;
    }

    /** The disk below this folder, which is made if there is none. */
    public static FileDisk in(Path folder) {
        try {
            DurableFile.createFolder(folder.toAbsolutePath());
            return new FileDisk(folder.toAbsolutePath());
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    @Override
    public Optional<Bytes> read(String name) {
        try {
            return Optional.of(Bytes.wrap(Files.readAllBytes(path(name))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    @Override
    public void replace(String name, Bytes content) {
        try {
            DurableFile.replace(path(name), content.unsafeArray(), true);
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    @Override
    public void append(String name, Bytes content) {
        try {
            DurableFile.append(path(name), content.unsafeArray());
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        try {
            DurableFile.replace(path(name), content.unsafeArray(), false);
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    @Override
    public List<String> list(String name) {
        List<String> names = new ArrayList<>();
        Path listed = name.isEmpty() ? folder : path(name);
        if (!Files.isDirectory(listed)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(listed)) {
            for (Path file : files) {
                String step = file.toFile().getName();
                if (STEP.matcher(step).matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(step);
                }
            }
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public void remove(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    /** Removes a file for good, as far as the disk allows: it is written over before it goes. Durable. */
    public void destroy(String name) {
        try {
            DurableFile.destroy(path(name));
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    /** Ends in a folder of this disk what a power cut broke off of {@link #destroy}. Durable. */
    public void destroyLeftovers(String name) {
        try {
            DurableFile.destroyLeftovers(path(name));
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    private Path path(String name) {
        if (name.length() > NAME_MAX) {
            throw new IllegalArgumentException("a name of " + name.length() + " characters");
        }
        Path path = folder;
        for (String step : name.split("/", -1)) {
            if (!STEP.matcher(step).matches()) {
                throw new IllegalArgumentException("not a name of a file below a folder: " + name);
            }
            path = path.resolve(step);
        }
        return path;
    }
}
