package trimaran.ledger;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/** A disk in memory that counts what is written. */
final class MemoryDisk implements Disk {

    final TreeMap<String, Bytes> files = new TreeMap<>();
    int derived;

    @Override
    public Optional<Bytes> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void replace(String name, Bytes content) {
        throw new AssertionError("derived files are not synced");
    }

    @Override
    public void append(String name, Bytes content) {
        throw new AssertionError("derived files are not appended to");
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        derived++;
        files.put(name, content);
    }

    @Override
    public List<String> list(String folder) {
        TreeSet<String> names = new TreeSet<>();
        String start = folder + "/";
        for (String name : files.keySet()) {
            if (name.startsWith(start) && name.indexOf('/', start.length()) < 0) {
                names.add(name.substring(start.length()));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public void remove(String name) {
        files.remove(name);
    }
}
