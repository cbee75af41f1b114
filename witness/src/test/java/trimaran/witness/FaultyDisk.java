package trimaran.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/** A disk in memory that can be made to fail, and that says what was on it at any moment. */
final class FaultyDisk implements Disk {

    final Map<String, Bytes> files = new HashMap<>();
    boolean failing;
    int replaced;

    @Override
    public Optional<Bytes> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void replace(String name, Bytes content) {
        if (failing) {
            throw new UncheckedIOException(new IOException("no space left"));
        }
        replaced++;
        files.put(name, content);
    }

    @Override
    public void append(String name, Bytes content) {
        throw new AssertionError("the witness appends to nothing");
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        throw new AssertionError("a head is not derived");
    }

    @Override
    public List<String> list(String folder) {
        throw new AssertionError("the witness lists nothing");
    }

    @Override
    public void remove(String name) {
        files.remove(name);
    }
}
