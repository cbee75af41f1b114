package trimaran.drills;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.store.RocksStore;

/**
 * Looks for canaries in files, in folders, in the values of a store whose engine may have compressed them, and in heap dumps.
 * MUST be used by one thread.
 */
final class CanaryScanner implements AutoCloseable {

    /** Read at once; pieces overlap by the longest form and by what a small compressed piece takes. */
    private static final int PIECE_BYTES = 4 << 20;

    private static final int OVERLAP_BYTES = 64 << 10;

    /** Where a bare deflate stream may begin in a value or array: after a head of some counters, nonces or digests. */
    private static final int BARE_PLACES = 48;

    /** In a small file at any place. */
    private static final int SMALL_FILE_BYTES = 64 << 10;

    private final CanarySearch search;
    private long scannedBytes;

    CanaryScanner(List<Canary> canaries) {
        this.search = new CanarySearch(canaries);
    }

    /** A canary where it must not be, or, in a positive control, where it must. */
    record Finding(String where, String form) {
        @Override
        public String toString() {
            return form + " in " + where;
        }
    }

    long scannedBytes() {
        return scannedBytes;
    }

    /** Every regular file below this folder; one that vanishes meanwhile was scanned before or is gone. */
    List<Finding> folder(Path folder) {
        List<Finding> findings = new ArrayList<>();
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path file : inside.filter(Files::isRegularFile).sorted().toList()) {
                findings.addAll(file(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return findings;
    }

    List<Finding> file(Path file) {
        Set<String> found = new TreeSet<>();
        byte[] piece = new byte[PIECE_BYTES + OVERLAP_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            boolean first = true;
            for (int read = in.readNBytes(piece, 0, PIECE_BYTES);
                    read > 0;
                    read = in.readNBytes(piece, kept, PIECE_BYTES)) {
                int length = kept + read;
                scannedBytes += read;
                found.addAll(search.plain(piece, length));
                found.addAll(search.wrapped(piece, length));
                if (first) {
                    found.addAll(search.bare(piece, length, SMALL_FILE_BYTES));
                    first = false;
                }
                kept = Math.min(OVERLAP_BYTES, length);
                System.arraycopy(piece, length - kept, piece, 0, kept);
            }
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return named(file.toString(), found);
    }

    /** A heap dump: as a file, and each byte array as something that may have been compressed. */
    List<Finding> heap(String whose, Path dump) {
        Set<String> found = new TreeSet<>();
        byte[] piece = new byte[PIECE_BYTES + OVERLAP_BYTES];
        try (InputStream in = Files.newInputStream(dump)) {
            int kept = 0;
            for (int read = in.readNBytes(piece, 0, PIECE_BYTES);
                    read > 0;
                    read = in.readNBytes(piece, kept, PIECE_BYTES)) {
                scannedBytes += read;
                found.addAll(search.plain(piece, kept + read));
                int length = kept + read;
                kept = Math.min(search.longestBytes(), length);
                System.arraycopy(piece, length - kept, piece, 0, kept);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        HeapDump.byteArrays(dump, array -> {
            // Of what was compressed hardly ever all bytes are such as stand in text, and most arrays are text.
            if (!isText(array)) {
                found.addAll(search.wrapped(array, array.length));
                found.addAll(search.bare(array, array.length, BARE_PLACES));
            }
        });
        return named("the heap of " + whose, found);
    }

    /** Whether all bytes are below 128. */
    static boolean isText(byte[] array) {
        for (byte one : array) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the engine gives back of a store. It compresses blocks of some spaces in a way of its own, so it opens them itself, in
     * a copy of the folder: the store itself belongs to its process.
     */
    List<Finding> store(Path store, Path scratch) {
        Set<String> found = new TreeSet<>();
        copy(store, scratch.resolve("store"));
        try (RocksStore opened = RocksStore.open(scratch.resolve("store"), scratch.resolve("native"))) {
            byte[] last = new byte[64];
            java.util.Arrays.fill(last, (byte) 0xff);
            for (Space space : Space.values()) {
                opened.scan(space, Bytes.EMPTY, Bytes.wrap(last), (key, value) -> {
                    for (byte[] bytes : new byte[][] {key.toArray(), value.toArray()}) {
                        scannedBytes += bytes.length;
                        found.addAll(search.plain(bytes, bytes.length));
                        found.addAll(search.wrapped(bytes, bytes.length));
                        found.addAll(search.bare(bytes, bytes.length, BARE_PLACES));
                    }
                    return true;
                });
            }
        }
        return named("the values of " + store, found);
    }

    /** Only what the engine needs; a log that grows meanwhile ends torn, as after a crash. */
    private static void copy(Path from, Path to) {
        try (Stream<Path> inside = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("LOCK") && !name.startsWith("LOG")) {
                    Files.copy(file, to.resolve(name));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Finding> named(String where, Set<String> forms) {
        return forms.stream().map(form -> new Finding(where, form)).toList();
    }

    @Override
    public void close() {
        search.close();
    }
}
