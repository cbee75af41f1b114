package trimaran.station;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.Writer;

/** A disk in memory that counts its syncs. */
final class MemoryDisk implements Disk {

    private final TreeMap<String, Bytes> files = new TreeMap<>();
    int syncs;
    /** It is nearly full: what is there can grow by a little, and nothing else. */
    boolean takesNoNewFile;

    @Override
    public Optional<Bytes> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void replace(String name, Bytes content) {
        if (takesNoNewFile) {
            throw new UncheckedIOException(new IOException("planted: no space left on device"));
        }
        syncs++;
        files.put(name, content);
    }

    @Override
    public void append(String name, Bytes content) {
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
    public void writeDerived(String name, Bytes content) {
        files.put(name, content);
    }

    @Override
    public List<String> list(String folder) {
        List<String> names = new ArrayList<>();
        files.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .forEach(name -> names.add(name.substring(folder.length() + 1)));
        return names;
    }

    @Override
    public void remove(String name) {
        files.remove(name);
    }
}
