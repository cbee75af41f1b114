package trimaran.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.Writer;

/** Small files in memory. What returned survives a crash; a derived file does not. */
final class SimulatedDisk implements Disk {

    private final Map<String, Bytes> files = new TreeMap<>();
    private final Map<String, Bytes> derived = new TreeMap<>();

    @Override
    public Optional<Bytes> read(String name) {
        return Optional.ofNullable(files.getOrDefault(name, derived.get(name)));
    }

    @Override
    public void replace(String name, Bytes content) {
        files.put(name, content);
    }

    @Override
    public void append(String name, Bytes content) {
        Bytes before = files.getOrDefault(name, Bytes.EMPTY);
        files.put(
                name,
                new Writer()
                        .raw(before.unsafeArray())
                        .raw(content.unsafeArray())
                        .toBytes());
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        derived.put(name, content);
    }

    @Override
    public List<String> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public void remove(String name) {
        files.remove(name);
        derived.remove(name);
    }

    /** The power goes. */
    void crash() {
        derived.clear();
    }
}
