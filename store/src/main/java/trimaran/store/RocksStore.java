package trimaran.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;

/**
 * A keeper's store on RocksDB, in one folder: a column family for each {@link Space}, named as the space in lower case.
 * One batch is one synced write. Errors of the disk, and bytes whose checksum is wrong, are {@link Store.StoreFailure}s;
 * a call after {@link #close} is an {@link IllegalStateException}, where the native library would fall over.
 */
public final class RocksStore implements Store {

    /** The file that names what the store consists of: without it RocksDB takes tables for what is left of none. */
    private static final String CURRENT = "CURRENT";

    /** What is made only after {@link #CURRENT}: tables and logs. */
    private static final String CONTENT = "*.{sst,log}";

    private final Path folder;
    private final Settings settings;
    private final RocksDB database;
    private final Map<Space, ColumnFamilyHandle> families = new EnumMap<>(Space.class);
    private final ColumnFamilyHandle unused;

    /** Readers and the writer hold it shared, closing holds it alone: nobody is inside the library when it goes. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;

    private RocksStore(Path folder, Settings settings, RocksDB database, List<ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.settings = settings;
        this.database = database;
        this.unused = handles.getFirst();
        int next = 1;
        for (Space space : Space.values()) {
            families.put(space, handles.get(next++));
        }
    }

    /** Whether there is a store in this folder to go on with, whole or not. */
    public static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(CURRENT));
    }

    /**
     * Opens the store in this folder, or a new one if there is none.
     *
     * @param libraries where the native library is laid down once, for all processes that may read it
     * @throws StoreFailure if another process has it open, it is damaged, of another version, or the disk fails
     */
    public static RocksStore open(Path folder, Path libraries) {
        NativeLibrary.load(libraries);
        Settings settings = new Settings();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            requireAllOrNothing(folder);
            LogEnd.requireUndamaged(folder);
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, settings.plain()));
            for (Space space : Space.values()) {
                descriptors.add(new ColumnFamilyDescriptor(name(space), settings.of(space)));
            }
            RocksDB database = RocksDB.open(settings.database, folder.toString(), descriptors, handles);
            return new RocksStore(folder, settings, database, handles);
        } catch (StoreFailure damaged) {
            settings.close();
            throw damaged;
        } catch (RocksDBException broken) {
            settings.close();
            throw Failures.of(folder, Failures.OPENED, broken);
        } catch (IOException broken) {
            settings.close();
            throw new StoreFailure("the store in " + folder + " could not be made or read", broken);
        }
    }

    /** @throws StoreFailure if something is stored here and what names it is gone */
    private static void requireAllOrNothing(Path folder) throws IOException {
        if (isThere(folder)) {
            return;
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder, CONTENT)) {
            if (content.iterator().hasNext()) {
                String how = "its file " + CURRENT + " is missing";
                throw new StoreFailure(Failures.damaged(folder, how), new IOException(how));
            }
        }
    }

    @Override
    public Optional<Bytes> get(Space space, Bytes key) {
        enter();
        try {
            byte[] value = database.get(family(space), key.unsafeArray());
            return value == null ? Optional.empty() : Optional.of(Bytes.wrap(value));
        } catch (RocksDBException broken) {
            throw Failures.of(folder, "read", broken);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
        enter();
        try {
            if (from.compareTo(to) < 0) {
                scanOpen(space, from, to, visitor);
            }
        } catch (RocksDBException broken) {
            throw Failures.of(folder, "read", broken);
        } finally {
            life.readLock().unlock();
        }
    }

    /** An iterator sees the moment at which it was made; the bound spares it the removed keys behind the range. */
    private void scanOpen(Space space, Bytes from, Bytes to, Visitor visitor) throws RocksDBException {
        try (Slice bound = new Slice(to.unsafeArray());
                ReadOptions options = new ReadOptions().setIterateUpperBound(bound);
                RocksIterator pairs = database.newIterator(family(space), options)) {
            pairs.seek(from.unsafeArray());
            while (pairs.isValid()) {
                if (!visitor.visit(Bytes.wrap(pairs.key()), Bytes.wrap(pairs.value()))) {
                    return;
                }
                pairs.next();
            }
            pairs.status();
        }
    }

    @Override
    public void write(List<Change> batch) {
        batch.forEach(Change::requireAllowed);
        enter();
        try (WriteBatch changes = new WriteBatch()) {
            for (Change change : batch) {
                switch (change) {
                    case Change.Put(Space space, Bytes key, Bytes value) ->
                        changes.put(family(space), key.unsafeArray(), value.unsafeArray());
                    case Change.Remove(Space space, Bytes key) -> changes.delete(family(space), key.unsafeArray());
                    case Change.Erase(Space space, Bytes key) -> changes.delete(family(space), key.unsafeArray());
                    case Change.TakeBack(Space space, Bytes key) -> changes.delete(family(space), key.unsafeArray());
                }
            }
            if (!batch.isEmpty()) {
                database.write(settings.synced, changes);
            }
        } catch (RocksDBException broken) {
            throw Failures.of(folder, "written", broken);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public long sizeOnDisk() {
        enter();
        try {
            return sizeOf(folder);
        } catch (IOException broken) {
            throw new StoreFailure("the size of the store in " + folder + " could not be read", broken);
        } finally {
            life.readLock().unlock();
        }
    }

    /** Writes what is buffered into tables, so that the next start has no log to read, and lets go of the folder. */
    @Override
    public void close() {
        if (life.getReadHoldCount() > 0) {
            throw new IllegalStateException("a scan may not close the store it runs over");
        }
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeOpen();
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    private void closeOpen() {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            database.flush(wait, List.copyOf(families.values()));
        } catch (RocksDBException broken) {
            // What is buffered is in the log, too: closing goes on, and the next start reads the log.
            throw Failures.of(folder, "flushed", broken);
        } finally {
            families.values().forEach(ColumnFamilyHandle::close);
            unused.close();
            database.close();
            settings.close();
        }
    }

    private void enter() {
        life.readLock().lock();
        if (closed) {
            life.readLock().unlock();
            throw new IllegalStateException("the store in " + folder + " is closed");
        }
    }

    private ColumnFamilyHandle family(Space space) {
        ColumnFamilyHandle handle = families.get(space);
        if (handle == null) {
            throw new IllegalStateException("no column family for " + space);
        }
        return handle;
    }

    private static byte[] name(Space space) {
        return space.name().toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    private static long sizeOf(Path folder) throws IOException {
        long[] bytes = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Tables vanish when they are merged; whatever else is unreadable is found by reading the store.
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }
}
