package trimaran.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/** One process per party's folder: held until closed or until the process ends, however it ends. */
public final class HomeLock implements AutoCloseable {

    private static final String NAME = "lock";

    /** Folders locked by this process. Opening a lock file a second time would let go of the lock when it is closed. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private HomeLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes the folder, made if there is none, or is refused with {@link Code#HOME_IN_USE}. */
    public static Outcome<HomeLock> take(Path folder) {
        synchronized (HELD) {
            try {
                DurableFile.createFolder(folder.toAbsolutePath());
                Path real = folder.toRealPath();
                return HELD.contains(real) ? inUse(folder) : takeFree(real);
            } catch (IOException failure) {
                throw DiskFullException.of(failure);
            }
        }
    }

    private static Outcome<HomeLock> takeFree(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return inUse(folder);
        }
        HELD.add(folder);
        return Outcome.done(new HomeLock(folder, channel));
    }

    private static Outcome<HomeLock> inUse(Path folder) {
        return Outcome.refused(Code.HOME_IN_USE, "another process uses the folder " + folder);
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw DiskFullException.of(failure);
            } finally {
                HELD.remove(folder);
            }
        }
    }
}
