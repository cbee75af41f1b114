package trimaran.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;

/** A file of a backup being written, for its owner alone: counted, hashed, and synced before it is named in a manifest. */
final class HashedFile {

    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final FileChannel channel;
    private final OutputStream out;
    private final MessageDigest hash = Digest.hash();
    private long bytes;

    HashedFile(Path folder, String name) throws IOException {
        this.name = name;
        this.channel = FileChannel.open(
                folder.resolve(name),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    void add(Bytes content) throws IOException {
        out.write(content.unsafeArray());
        hash.update(content.unsafeArray());
        bytes += content.size();
    }

    long bytes() {
        return bytes;
    }

    Manifest.Named close() throws IOException {
        try (channel) {
            out.flush();
            channel.force(true);
        }
        return new Manifest.Named(name, bytes, Digest.of(hash.digest()));
    }

    /** Lets go of a file that is not to be finished. */
    void abandon() throws IOException {
        channel.close();
    }

    static Manifest.Named whole(Path folder, String name, Bytes content) throws IOException {
        HashedFile file = new HashedFile(folder, name);
        file.add(content);
        return file.close();
    }

    /** Names in a folder survive a power cut once the folder itself is on disk. */
    static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
