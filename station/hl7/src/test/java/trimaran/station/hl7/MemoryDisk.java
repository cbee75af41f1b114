package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.Writer;

/** A disk in memory that counts its syncs. */
final class MemoryDisk implements Disk {

    private final TreeMap<String, Bytes> files = new TreeMap<>();
    int syncs;
    /** Takes everything and keeps nothing. */
    boolean swallows;
    /** Told before a file is read. */
    volatile @Nullable Consumer<String> reading;

    @Override
    public Optional<Bytes> read(String name) {
        Consumer<String> told = reading;
        if (told != null) {
            told.accept(name);
        }
        synchronized (this) {
            return Optional.ofNullable(files.get(name));
        }
    }

    @Override
    public synchronized void replace(String name, Bytes content) {
        syncs++;
        files.put(name, content);
    }

    @Override
    public synchronized void append(String name, Bytes content) {
        if (swallows) {
            return;
        }
        syncs++;
        Bytes old = files.getOrDefault(name, Bytes.EMPTY);
        files.put(
                name,
                new Writer(old.size() + content.size())
                        .raw(old.unsafeArray())
                        .raw(content.unsafeArray())
                        .toBytes());
    }

    @Override
    public synchronized void writeDerived(String name, Bytes content) {
        files.put(name, content);
    }

    @Override
    public synchronized List<String> list(String folder) {
        List<String> names = new ArrayList<>();
        files.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .map(name -> name.substring(folder.length() + 1))
                .forEach(names::add);
        return names;
    }

    @Override
    public synchronized void remove(String name) {
        files.remove(name);
    }
}
