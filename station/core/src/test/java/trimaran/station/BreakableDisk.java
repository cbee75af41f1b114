package trimaran.station;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;

/** A disk that answers nothing while it is broken. */
final class BreakableDisk implements Disk {

    private final Disk disk;
    boolean broken;

    BreakableDisk(Disk disk) {
        this.disk = disk;
    }

    private Disk whole() {
        if (broken) {
            throw new UncheckedIOException(new IOException("the disk answers nothing"));
        }
        return disk;
    }

    @Override
    public Optional<Bytes> read(String name) {
        return whole().read(name);
    }

    @Override
    public void replace(String name, Bytes content) {
        whole().replace(name, content);
    }

    @Override
    public void append(String name, Bytes content) {
        whole().append(name, content);
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        whole().writeDerived(name, content);
    }

    @Override
    public List<String> list(String folder) {
        return whole().list(folder);
    }

    @Override
    public void remove(String name) {
        whole().remove(name);
    }
}
