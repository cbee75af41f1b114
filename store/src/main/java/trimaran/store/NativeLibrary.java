package trimaran.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import trimaran.keeper.spi.Store.StoreFailure;

/**
 * The native half of RocksDB, laid down once in a folder named by its version. Left to itself RocksDB writes 17 MB into
 * the folder for temporary files at each start and leaves them there when the process is killed; and processes that map
 * one file share its memory.
 */
final class NativeLibrary {

    /** The version in the root pom; loading checks that the library says the same of itself. */
    static final String VERSION = "11.8.1";

    private static final String PART = ".part";

    private NativeLibrary() {}

    /** Loads the library from below the folder, extracting it first if no whole copy is there. */
    static synchronized void load(Path folder) {
        try {
            extracted(folder);
            RocksDB.loadLibrary(List.of(versioned(folder).toAbsolutePath().toString()));
        } catch (IOException | UnsatisfiedLinkError broken) {
            throw new StoreFailure("the native library of RocksDB could not be loaded from " + folder, broken);
        }
        String loaded = RocksDB.rocksdbVersion().toString();
        if (!loaded.equals(VERSION)) {
            String message = "RocksDB " + loaded + " was loaded where " + VERSION + " belongs";
            throw new StoreFailure(message, new IOException(message));
        }
    }

    /** Where a whole copy of the library lies, after it was made if needed. */
    static Path extracted(Path folder) throws IOException {
        Path versioned = versioned(folder);
        // The archive calls it one thing, and the call that loads from a folder looks for another.
        Path file = versioned.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        URLConnection source =
                resource(Environment.getJniLibraryFileName("rocksdb")).openConnection();
        long checksum = checksumOf(source);
        if (!Files.exists(file) || checksumOf(file) != checksum) {
            Files.createDirectories(versioned);
            removeLeftovers(versioned);
            extract(source, versioned, file);
        }
        return file;
    }

    private static Path versioned(Path folder) {
        return folder.resolve("rocksdb-" + VERSION);
    }

    private static URL resource(String name) throws IOException {
        URL url = RocksDB.class.getResource("/" + name);
        if (url == null) {
            throw new IOException("RocksDB has no library for this machine: " + name);
        }
        return url;
    }

    /** Several processes may do this at once: each writes its own file, and the last rename stands for all. */
    private static void extract(URLConnection source, Path versioned, Path file) throws IOException {
        Path part = versioned.resolve(ProcessHandle.current().pid() + PART);
        try (InputStream in = source.getInputStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        sync(part, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(versioned, StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /** Removes what processes that died in the middle left behind. */
    private static void removeLeftovers(Path versioned) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(versioned, "*" + PART)) {
            for (Path part : parts) {
                String name = part.toFile().getName();
                String pid = name.substring(0, name.length() - PART.length());
                if (pid.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** The archive names the checksum of what it carries, so nothing is unpacked to compare. */
    private static long checksumOf(URLConnection source) throws IOException {
        if (source instanceof JarURLConnection archive) {
            JarEntry entry = archive.getJarEntry();
            if (entry != null) {
                return entry.getCrc();
            }
        }
        throw new IOException("RocksDB does not come from an archive: " + source.getURL());
    }

    private static long checksumOf(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return checksum.getValue();
    }
}
