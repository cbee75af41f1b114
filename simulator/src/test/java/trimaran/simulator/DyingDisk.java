package trimaran.simulator;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/** The small files of a process, whose failure is its death. */
record DyingDisk(Dying.Mortal who, Disk disk) implements Disk {

    @Override
    public Optional<Bytes> read(String name) {
        return disk.read(name);
    }

    @Override
    public void replace(String name, Bytes content) {
        orDie(() -> disk.replace(name, content));
    }

    @Override
    public void append(String name, Bytes content) {
        orDie(() -> disk.append(name, content));
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        orDie(() -> disk.writeDerived(name, content));
    }

    @Override
    public List<String> list(String folder) {
        return disk.list(folder);
    }

    @Override
    public void remove(String name) {
        disk.remove(name);
    }

    private void orDie(Runnable write) {
        try {
            write.run();
        } catch (UncheckedIOException failure) {
            throw new Dying.Died(who, failure);
        }
    }
}
