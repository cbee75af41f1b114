package trimaran.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;

/** One of a backup's two folders, opened to be read: its manifest, and whether its files are those the manifest names. */
public record BackupFolder(Path path, Manifest manifest) {

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Opens a folder by its manifest.
     *
     * @throws MalformedException with a sentence for people if there is none, or another kind's
     */
    public static BackupFolder open(Path path, Manifest.Kind kind) throws IOException, MalformedException {
        Path file = path.resolve(Manifest.NAME);
        if (!Files.isRegularFile(file)) {
            throw new MalformedException(path + " is no backup, or one that was broken off: it has no manifest");
        }
        if (Files.size(file) > Manifest.BYTES_MAX) {
            throw new MalformedException(path + ": its manifest is too large to be one");
        }
        Manifest manifest;
        try {
            manifest = Manifest.parse(Bytes.wrap(Files.readAllBytes(file)));
        } catch (MalformedException why) {
            throw new MalformedException(path + ": " + why.getMessage());
        }
        if (manifest.kind() != kind) {
            throw new MalformedException(
                    path + " holds a backup's " + manifest.kind().word() + ", not its " + kind.word());
        }
        return new BackupFolder(path, manifest);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The first file that is not as the manifest says, in a person's words; empty if all are. */
    public Optional<String> fault() throws IOException {
        for (Manifest.Named one : manifest.files()) {
            Path file = file(one.name());
            if (!Files.isRegularFile(file)) {
                return Optional.of("the file " + one.name() + " is missing");
            }
            long bytes = Files.size(file);
            if (bytes != one.bytes()) {
                return Optional.of(
                        "the file " + one.name() + " is " + (bytes < one.bytes() ? "cut short: " : "too long: ") + bytes
                                + " bytes instead of " + one.bytes());
            }
            if (!digest(file).equals(one.digest())) {
                return Optional.of("the file " + one.name() + " was altered");
            }
        }
        return Optional.empty();
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest hash = Digest.hash();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return Digest.of(hash.digest());
    }

    /** The files with entries, in their order. */
    List<String> entryFiles() {
        List<String> names = new ArrayList<>();
        for (Manifest.Named one : manifest.files()) {
            if (one.name().startsWith(RecordWriter.ENTRIES)) {
                names.add(one.name());
            }
        }
        return names;
    }
}
